// One Observer in front of several: the trace, the metrics, the progress line.
#pragma once

#include <initializer_list>
#include <vector>

#include "base/observer.hpp"

namespace escrowstorm::sim {

class FanOut final : public Observer {
 public:
  // All of them outlive it; each event reaches them in this order.
  FanOut(std::initializer_list<Observer*> observers) : observers_(observers) {}

  void on(const Event& event) override {
    for (Observer* observer : observers_) observer->on(event);
  }

 private:
  std::vector<Observer*> observers_;
};

}  // namespace escrowstorm::sim
