#include "sim/probes/probe_board.hpp"

namespace escrowstorm::sim {

ProbeBoard::ProbeBoard(const Scenario& scenario) {
  const std::span<const ProbeKind> kinds = probe_kinds();
  for (std::size_t place = 0; place < kinds.size(); ++place)
    if (kinds[place].needs.is_met_by(scenario)) listening_.push_back({place, kinds[place].make()});
}

void ProbeBoard::executed(const mockrpc::LedgerEntry& entry) {
  for (const Listening& one : listening_) one.probe->executed(entry);
}

void ProbeBoard::dropped(TimePoint, std::uint32_t, std::optional<CallFor> whom,
                         const walletrpc::Request&) {
  for (const Listening& one : listening_) one.probe->dropped(whom);
}

void ProbeBoard::killed(TimePoint, std::uint32_t instance, std::string_view wallet) {
  for (const Listening& one : listening_) one.probe->killed(instance, wallet);
}

void ProbeBoard::on(const Event& event) {
  for (const Listening& one : listening_) one.probe->told(event);
}

void ProbeBoard::durable(const coordinator::EscrowRecord& record) {
  for (const Listening& one : listening_) one.probe->durable(record);
}

ProbeCounts ProbeBoard::counts() const {
  ProbeCounts counts(probe_kinds().size());
  for (const Listening& one : listening_) counts[one.place] = one.probe->met();
  return counts;
}

}  // namespace escrowstorm::sim
