#include "bench/setup_calls.hpp"

#include <algorithm>
#include <stdexcept>

namespace escrowstorm::bench {
namespace {

using namespace walletrpc;

bool makes_message(std::string_view method) {
  return method == PrepareMultisig::method || method == MakeMultisig::method ||
         method == ExchangeMultisigKeys::method;
}

bool opens(std::string_view method) {
  return method == CreateWallet::method || method == OpenWallet::method;
}

}  // namespace

void EscrowCalls::add(const SetupCall& call) {
  const std::size_t role = index_of(call.role);
  const std::size_t number = calls_.size();
  std::vector<std::size_t> follows;
  if (!of_role_[role].empty()) follows.push_back(of_role_[role].back());
  if (makes_message(call.method)) {
    const std::size_t round = messages_[role].size();
    for (const auto& made : messages_) {
      if (made.size() < round) throw std::logic_error("a round before its messages");
      if (round > 0) follows.push_back(made[round - 1]);
    }
    messages_[role].push_back(number);
  }
  calls_.push_back(call);
  follows_.push_back(std::move(follows));
  of_role_[role].push_back(number);
}

std::vector<Duration> EscrowCalls::tails() const {
  std::vector<Duration> tails(calls_.size());
  for (std::size_t call = calls_.size(); call-- > 0;)
    for (const std::size_t before : follows_[call])
      tails[before] = std::max(tails[before], calls_[call].cost.total() + tails[call]);
  return tails;
}

std::vector<std::size_t> EscrowCalls::longest_chain() const {
  const std::vector<Duration> tails = this->tails();
  const auto whole = [&](std::size_t call) { return calls_[call].cost.total() + tails[call]; };
  std::vector<std::size_t> chain;
  std::size_t begin = 0;
  for (const auto& of_role : of_role_)
    if (whole(of_role.front()) > whole(begin)) begin = of_role.front();
  chain.push_back(begin);
  while (true) {
    const auto next = std::find_if(follows_.begin(), follows_.end(), [&](const auto& follows) {
      const auto call = static_cast<std::size_t>(&follows - follows_.data());
      const bool is_after =
          std::find(follows.begin(), follows.end(), chain.back()) != follows.end();
      return is_after && whole(call) == tails[chain.back()];
    });
    if (next == follows_.end()) return chain;
    chain.push_back(static_cast<std::size_t>(next - follows_.begin()));
  }
}

Duration EscrowCalls::length(const std::vector<std::size_t>& chain) const {
  Duration length{};
  for (const std::size_t call : chain) length += calls_[call].cost.total();
  return length;
}

std::vector<std::optional<Duration>> EscrowCalls::chains_from(std::size_t first) const {
  std::vector<std::optional<Duration>> chains(calls_.size());
  chains[first] = calls_[first].cost.total();
  for (std::size_t call = first + 1; call < calls_.size(); ++call)
    for (const std::size_t before : follows_[call])
      if (chains[before])
        chains[call] = std::max(chains[call].value_or(Duration()),
                                *chains[before] + calls_[call].cost.total());
  return chains;
}

std::vector<EscrowCalls::Stay> EscrowCalls::stays() const {
  const std::vector<Duration> tails = this->tails();
  std::vector<Stay> stays;
  for (const auto& of_role : of_role_) {
    std::size_t opened = 0;
    for (const std::size_t call : of_role) {
      if (opens(calls_[call].method)) opened = call;
      if (calls_[call].method != CloseWallet::method) continue;
      stays.push_back({chains_from(opened)[call].value(), tails[call]});
    }
  }
  return stays;
}

void CallLedger::executed(const mockrpc::LedgerEntry& entry) {
  if (!entry.whom) return;
  escrows_[entry.whom->escrow].add({entry.whom->role, method_of(*entry.request), entry.cost});
}

}  // namespace escrowstorm::bench
