// The digest of a run whose trace nobody writes: the same as TraceWriter's.
#pragma once

#include <cstdint>
#include <string>

#include "base/observer.hpp"
#include "sim/trace/digest.hpp"
#include "sim/trace/event_line.hpp"

namespace escrowstorm::sim {

class DigestObserver final : public Observer {
 public:
  void on(const Event& event) override {
    line_.clear();
    append_event_line(line_, events_++, event);
    digest_.add_line(line_);
    calls_ += event.kind == EventKind::rpc ? 1 : 0;
  }

  const Digest& digest() const { return digest_; }
  std::uint64_t calls() const { return calls_; }

 private:
  std::string line_;
  std::uint64_t events_ = 0;
  std::uint64_t calls_ = 0;
  Digest digest_;
};

}  // namespace escrowstorm::sim
