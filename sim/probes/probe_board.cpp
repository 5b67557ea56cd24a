#include "sim/probes/probe_board.hpp"

namespace escrowstorm::sim {

ProbeBoard::ProbeBoard() {
  for (const ProbeKind& kind : probe_kinds()) probes_.push_back(kind.make());
}

void ProbeBoard::executed(const mockrpc::LedgerEntry& entry) {
  for (const auto& probe : probes_) probe->executed(entry);
}

void ProbeBoard::dropped(TimePoint, std::uint32_t, std::optional<CallFor> whom,
                         const walletrpc::Request&) {
  for (const auto& probe : probes_) probe->dropped(whom);
}

void ProbeBoard::killed(TimePoint, std::uint32_t instance, std::string_view wallet) {
  for (const auto& probe : probes_) probe->killed(instance, wallet);
}

void ProbeBoard::on(const Event& event) {
  for (const auto& probe : probes_) probe->told(event);
}

void ProbeBoard::durable(const coordinator::EscrowRecord& record) {
  for (const auto& probe : probes_) probe->durable(record);
}

ProbeCounts ProbeBoard::counts() const {
  ProbeCounts counts;
  for (const auto& probe : probes_) counts.push_back(probe->met());
  return counts;
}

}  // namespace escrowstorm::sim
