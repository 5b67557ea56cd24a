// Calls of a calibration: each is timed, and it is known on which instances a wallet of ours may be
// open, so that none is left open whatever happens. One at a time. Lives on the world's executor.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/transport.hpp"
#include "sim/calibrate/latency_samples.hpp"

namespace escrowstorm::sim {

// Instances on which a wallet of a calibration's own may be open, with the label that is in it;
// empty: none yet.
using OpenWalletLabels = std::map<InstanceId, std::string>;

// What a call counts for that is no sample of anything.
inline constexpr std::string_view not_counted;

class TimedCalls {
 public:
  // Both outlive it.
  TimedCalls(Transport& transport, Clock& clock) : transport_(transport), clock_(clock) {}

  // An answer that is no error becomes a sample of `counts_for`, which is a literal; such a call
  // begins when the instance is idle.
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::string_view counts_for);

  // The same of one method.
  template <class Method>
  Awaitable<CallResult<typename Method::Answer>> ask(InstanceId instance, Method method,
                                                     std::string_view counts_for) {
    walletrpc::Request request = std::move(method);
    CallResult<walletrpc::Answer> result = co_await call(instance, std::move(request), counts_for);
    if (!result) co_return std::move(result).error();
    co_return std::move(get<walletrpc::AnswerTo<Method>>(*result).value);
  }

  InstanceId instances() const { return transport_.instances(); }
  const LatencySamples& samples() const { return samples_; }

  // The method that was called last, or is under way.
  std::string_view method() const { return method_; }

  // Where close_wallet is still owed.
  const OpenWalletLabels& open_on() const { return open_on_; }
  // Another's wallet was met there, which is not ours to close.
  void leave(InstanceId instance) { open_on_.erase(instance); }

 private:
  Awaitable<void> wait_out(InstanceId instance);

  Transport& transport_;
  Clock& clock_;
  LatencySamples samples_;
  std::string_view method_;
  OpenWalletLabels open_on_;
};

}  // namespace escrowstorm::sim
