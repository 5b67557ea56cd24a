// The probes of one run, and what they counted. Only those listen whose situation can come up in
// its scenario.
#pragma once

#include <optional>
#include <vector>

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

// How often each was met, by the order of the table; nothing: it could not be.
using ProbeCounts = std::vector<std::optional<std::uint64_t>>;

class ProbeBoard final : public mockrpc::Ledger, public Observer {
 public:
  explicit ProbeBoard(const Scenario& scenario);

  void executed(const mockrpc::LedgerEntry& entry) override;
  void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
               const walletrpc::Request& request) override;
  void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) override;
  void on(const Event& event) override;
  void durable(const coordinator::EscrowRecord& record);

  ProbeCounts counts() const;

 private:
  struct Listening {
    std::size_t place;  // in the table
    std::unique_ptr<Probe> probe;
  };
  std::vector<Listening> listening_;
};

}  // namespace escrowstorm::sim
