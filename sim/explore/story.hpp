// The story of a failure: the last things that happened to an escrow and on the instances that it
// used, with whose wallet lay in the slot. Listens to a run as ledger and observer.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/observer.hpp"
#include "mockrpc/fleet/ledger.hpp"
#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class Story final : public mockrpc::Ledger, public Observer {
 public:
  void executed(const mockrpc::LedgerEntry& entry) override;
  void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
               const walletrpc::Request& request) override;
  void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) override;
  void on(const Event& event) override;

  // The first of each invariant is where its story ends.
  void violated(const Violation& violation);

  // Lines for people, the violation last. Empty when that invariant was not violated.
  std::vector<std::string> lines(std::string_view invariant) const;

  // Likewise, of the first escrow that failed. Empty when none did.
  std::vector<std::string> lines_of_failure() const;

 private:
  struct Happening {
    TimePoint at{};
    std::optional<EscrowId> escrow;
    std::optional<std::uint32_t> instance;
    std::string what;
  };

  struct Ending {
    Violation violation;       // of a failure: without an invariant, what: why
    std::uint64_t happenings;  // before it
  };

  void add(Happening happening);
  std::vector<std::string> lines_until(const Ending& ending) const;

  std::deque<Happening> happenings_;  // the last ones
  std::uint64_t forgotten_ = 0;       // before those
  std::vector<Ending> endings_;
  std::optional<Ending> failure_;
};

}  // namespace escrowstorm::sim
