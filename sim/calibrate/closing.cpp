#include "sim/calibrate/closing.hpp"

#include "coordinator/setup/wallet_name.hpp"
#include "sim/world/inquiry.hpp"

namespace escrowstorm::sim {
namespace {

Awaitable<CallResult<walletrpc::Answer>> ask_in_time(Transport& transport, Clock& clock,
                                                     InstanceId instance,
                                                     walletrpc::Request request) {
  const TimePoint deadline = clock.now() + answer_time_max;
  co_return co_await transport.call(instance, std::move(request), std::nullopt, deadline);
}

bool is_labelled(const CallResult<walletrpc::Answer>& answer, const std::string& label) {
  return answer && get<walletrpc::AnswerTo<walletrpc::GetAttribute>>(*answer).value.value == label;
}

}  // namespace

Awaitable<std::optional<std::string>> close_ours(Transport& transport, Clock& clock,
                                                 InstanceId instance, std::string label) {
  if (!label.empty()) {
    walletrpc::GetAttribute whose;
    whose.key = std::string(coordinator::wallet_label_key);
    walletrpc::Request request = std::move(whose);
    const auto met = co_await ask_in_time(transport, clock, instance, std::move(request));
    const bool answered = met || met.error().kind == CallError::Kind::rpc_error;
    if (!answered) co_return "get_attribute: " + in_words(met.error());
    if (!is_labelled(met, label)) co_return std::nullopt;
  }
  walletrpc::CloseWallet as_it_is;
  as_it_is.autosave_current = !label.empty();  // else there is nothing in it, or it has no file
  walletrpc::Request close = as_it_is;
  const auto closed = co_await ask_in_time(transport, clock, instance, std::move(close));
  if (!closed && !no_wallet_open(closed.error()))
    co_return "close_wallet: " + in_words(closed.error());
  co_return std::nullopt;
}

}  // namespace escrowstorm::sim
