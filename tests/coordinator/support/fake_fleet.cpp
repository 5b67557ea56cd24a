#include "tests/coordinator/support/fake_fleet.hpp"

#include <algorithm>
#include <sstream>

#include "base/walletrpc/error_code.hpp"
#include "base/walletrpc/visit.hpp"

namespace escrowstorm::test {
namespace {

using namespace walletrpc;
using Result = CallResult<Answer>;

template <class Method>
Result answer(typename Method::Answer value) {
  return Answer(AnswerTo<Method>{std::move(value)});
}

Result rpc_error(int code, std::string message) {
  CallError error;
  error.kind = CallError::Kind::rpc_error;
  error.sent = true;
  error.code = code;
  error.message = std::move(message);
  return error;
}

// "<round>:<key>:<signer>,<signer>,..."
struct Message {
  int round = -1;
  int key = 0;
  std::set<int> signers;
};

std::string write(const Message& message) {
  std::string text = std::to_string(message.round) + ':' + std::to_string(message.key) + ':';
  for (const int signer : message.signers) text += std::to_string(signer) + ',';
  return text;
}

Message read(const std::string& text) {
  Message message;
  std::istringstream in(text);
  char colon;
  in >> message.round >> colon >> message.key >> colon;
  int signer;
  char comma;
  while (in >> signer >> comma) message.signers.insert(signer);
  return message;
}

// The state of the wallet that a call finds open, and what it answers.
struct Caller {
  const FakeFleet& fleet;
  const std::string& name;
  FakeFleet::Wallet& wallet;

  Result operator()(const Store&) { return answer<Store>({}); }
  Result operator()(const SetAttribute& request) {
    wallet.attributes[request.key] = request.value;
    return answer<SetAttribute>({});
  }
  Result operator()(const GetAttribute& request) {
    const auto found = wallet.attributes.find(request.key);
    if (found == wallet.attributes.end())
      return rpc_error(error_code::attribute_not_found, "Attribute not found.");
    return answer<GetAttribute>({found->second});
  }
  Result operator()(const PrepareMultisig&) {
    if (wallet.round > 0)
      return rpc_error(error_code::already_multisig, "This wallet is already multisig");
    return answer<PrepareMultisig>({write({0, wallet.key, {}})});
  }
  Result operator()(const MakeMultisig& request) {
    if (wallet.round > 0)
      return rpc_error(error_code::already_multisig, "This wallet is already multisig");
    std::set<int> signers{wallet.key};
    for (const std::string& info : request.multisig_info) signers.insert(read(info).key);
    if (signers.size() != request.multisig_info.size() + 1)
      return rpc_error(error_code::unknown_error, "Duplicate signers not allowed");
    wallet.signers = signers;
    wallet.round = 1;
    wallet.password = request.password;
    return answer<MakeMultisig>({"41fJjQDhryD1111", write({1, wallet.key, wallet.signers})});
  }
  Result operator()(const ExchangeMultisigKeys& request) {
    if (wallet.round == 0)
      return rpc_error(error_code::not_multisig, "This wallet is not multisig");
    for (const std::string& info : request.multisig_info) {
      const Message message = read(info);
      if (message.round != wallet.round || message.signers != wallet.signers)
        return rpc_error(error_code::unknown_error,
                         "A pubkey recommended by multisig kex messages");
    }
    ++wallet.round;
    wallet.password = request.password;
    return answer<ExchangeMultisigKeys>({wallet.round == 3 ? fleet.address_of(name) : "",
                                         write({wallet.round, wallet.key, wallet.signers})});
  }
  Result operator()(const IsMultisig&) {
    return answer<IsMultisig>({wallet.round > 0, wallet.round == 3, wallet.round > 0 ? 2u : 0u,
                               static_cast<std::uint32_t>(wallet.signers.size())});
  }
  Result operator()(const Refresh&) { return answer<Refresh>({}); }
  Result operator()(const GetBalance&) {
    GetBalance::Answer held;
    held.balance = held.unlocked_balance = fleet.held;
    return answer<GetBalance>(std::move(held));
  }
  Result operator()(const GetAddress&) { return answer<GetAddress>({fleet.address_of(name), {}}); }
  template <class Method>
  Result operator()(const Method&) {
    return rpc_error(error_code::method_not_found, "Method not found");
  }
};

}  // namespace

Awaitable<CallResult<Answer>> FakeFleet::call(InstanceId instance, Request request,
                                              std::optional<CallFor>, TimePoint deadline) {
  std::optional<Fault> fault;
  if (on_call) fault = on_call(instance, request);
  if (fault && fault->error.kind == CallError::Kind::refused) co_return fault->error;

  // One thread, first come first served: what a call does can be done as it arrives, and its
  // answer comes when its turn is over.
  Result result = fault && !fault->runs ? Result(fault->error) : run(instance, request);
  if (fault) result = fault->error;
  busy_until[instance] =
      std::max(clock.now(), busy_until[instance]) + draw_latency(method_of(request));
  const bool late =
      busy_until[instance] > deadline || (fault && fault->error.kind == CallError::Kind::deadline);
  if (late) {
    CallError error;
    error.kind = CallError::Kind::deadline;
    error.sent = true;
    error.message = "no answer in time";
    result = error;
  }

  const auto timer = timers.insert(timers.end(), clock.make_timer());
  const TimePoint until = late ? deadline : busy_until[instance];
  co_await (*timer)->wait_until(until);
  timers.erase(timer);
  co_return result;
}

CallResult<Answer> FakeFleet::run(InstanceId instance, const Request& request) {
  std::string& in_slot = open[instance];
  if (const auto* create = get_if<CreateWallet>(&request)) {
    if (files.contains(create->filename))
      return rpc_error(error_code::wallet_already_exists, "Cannot create wallet. Already exists.");
    in_slot = create->filename;
    files[in_slot].key = next_key++;
    files[in_slot].password = create->password;
  }
  if (const auto* opened = get_if<OpenWallet>(&request)) {
    const auto file = files.find(opened->filename);
    if (file == files.end() || file->second.password != opened->password)
      return rpc_error(error_code::unknown_error, "Failed to open wallet");
    in_slot = opened->filename;
  }
  calls.push_back({clock.now(), instance, method_of(request), in_slot});
  if (holds_alternative<CreateWallet>(request)) return answer<CreateWallet>({});
  if (holds_alternative<OpenWallet>(request)) return answer<OpenWallet>({});
  if (in_slot.empty()) return rpc_error(error_code::no_wallet_file, "No wallet file");
  if (holds_alternative<CloseWallet>(request)) {
    in_slot.clear();
    return answer<CloseWallet>({});
  }
  Caller caller{*this, in_slot, files.at(in_slot)};
  return visit(caller, request);
}

std::string FakeFleet::address_of(const std::string& name) const {
  const Wallet& wallet = files.at(name);
  if (wallet.round == 1 || wallet.round == 2) return "41fJjQDhryD1111";
  std::string address = wallet.round == 0 ? "4alone" : "4shared";
  address += write({0, wallet.round == 0 ? wallet.key : 0, wallet.signers});
  return address + std::string(95 - address.size(), 'x');
}

Duration FakeFleet::draw_latency(std::string_view method) {
  const auto found = latency.find(method);
  if (found == latency.end()) return Duration::zero();
  const auto middle = static_cast<std::uint64_t>(found->second.count());
  return Duration(static_cast<Duration::rep>(middle / 2 + random.below(middle)));
}

}  // namespace escrowstorm::test
