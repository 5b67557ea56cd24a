// All probes of one run, and what they counted.
#pragma once

#include <vector>

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

// How often each was met, by the order of the table.
using ProbeCounts = std::vector<std::uint64_t>;

class ProbeBoard final : public mockrpc::Ledger, public Observer {
 public:
  ProbeBoard();

  void executed(const mockrpc::LedgerEntry& entry) override;
  void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
               const walletrpc::Request& request) override;
  void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) override;
  void on(const Event& event) override;
  void durable(const coordinator::EscrowRecord& record);

  ProbeCounts counts() const;

 private:
  std::vector<std::unique_ptr<Probe>> probes_;
};

}  // namespace escrowstorm::sim
