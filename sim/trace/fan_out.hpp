// One Observer in front of several: the trace, the metrics, the progress line.
#pragma once

#include <utility>
#include <vector>

#include "base/observer.hpp"

namespace escrowstorm::sim {

class FanOut final : public Observer {
 public:
  // All of them outlive it; each event reaches them in this order.
  explicit FanOut(std::vector<Observer*> observers) : observers_(std::move(observers)) {}

  void on(const Event& event) override {
    for (Observer* observer : observers_) observer->on(event);
  }

 private:
  std::vector<Observer*> observers_;
};

}  // namespace escrowstorm::sim
