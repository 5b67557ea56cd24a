// The calls that the set-ups of a run really made, what each takes alone, and which of an escrow's
// must follow which: a ledger that keeps them, and their longest chains.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/role.hpp"
#include "mockrpc/fleet/ledger.hpp"

namespace escrowstorm::bench {

struct SetupCall {
  Role role{};
  std::string_view method;  // a literal of walletrpc
  mockrpc::CallCost cost;
};

// The calls of one escrow, in the order in which they began. Each follows the one that its role
// made before; one that takes a round's messages (make_multisig, exchange_multisig_keys) also
// follows the calls of all three roles that made them. Nothing else has to wait.
class EscrowCalls {
 public:
  void add(const SetupCall& call);

  const std::vector<SetupCall>& calls() const { return calls_; }

  // By call: the longest chain of calls that follow it, its own time not counted.
  std::vector<Duration> tails() const;
  // The longest chain, in its order.
  std::vector<std::size_t> longest_chain() const;
  // What calls take that follow each other.
  Duration length(const std::vector<std::size_t>& chain) const;

  // A wallet's time in an instance, from the call that opens it to the one that closes it: the
  // longest chain from one to the other, and the longest that follows.
  struct Stay {
    Duration least{};
    Duration tail{};
  };
  std::vector<Stay> stays() const;

 private:
  // By call: the longest chain from the beginning of `first` to its end; none: it need not follow.
  std::vector<std::optional<Duration>> chains_from(std::size_t first) const;

  std::vector<SetupCall> calls_;
  std::vector<std::vector<std::size_t>> follows_;  // by call, earlier ones
  std::array<std::vector<std::size_t>, role_count> of_role_;
  std::array<std::vector<std::size_t>, role_count> messages_;  // by role, the calls that made one
};

// Keeps the calls of each escrow.
class CallLedger final : public mockrpc::Ledger {
 public:
  const std::map<EscrowId, EscrowCalls>& escrows() const { return escrows_; }

  void executed(const mockrpc::LedgerEntry& entry) override;
  // Without faults there are none.
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

 private:
  std::map<EscrowId, EscrowCalls> escrows_;
};

}  // namespace escrowstorm::bench
