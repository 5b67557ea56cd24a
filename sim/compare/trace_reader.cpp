#include "sim/compare/trace_reader.hpp"

#include <optional>
#include <utility>

#include "sim/compare/trace_lines.hpp"
#include "sim/report/wording.hpp"
#include "sim/storm/storm.hpp"
#include "sim/thresholds/gauges.hpp"
#include "sim/trace/digest.hpp"
#include "sim/trace/event_line.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t lines_between_looks = 10'000;

// Counts a trace's events into the groups of their escrows.
class EventSorter {
 public:
  // False: it has more methods than a wallet RPC.
  bool take(const Event& event) {
    if (event.escrow) last_ = *event.escrow;
    EscrowGroup& group = groups_.of(last_);
    if (event.kind == EventKind::rpc) return take_call(event, group);
    if (event.kind == EventKind::escrow && event.escrow) take_escrow(event, group);
    return true;
  }

  EscrowGroups groups() && { return std::move(groups_); }

 private:
  static bool take_call(const Event& event, EscrowGroup& group) {
    constexpr std::size_t methods_max = 1000;
    auto at = group.rpc.find(event.method);
    if (at == group.rpc.end()) {
      if (group.rpc.size() >= methods_max) return false;
      at = group.rpc.emplace(std::string(event.method), MethodCalls()).first;
    }
    at->second.took.record(event.duration);
    at->second.errors += event.ok ? 0 : 1;
    return true;
  }

  void take_escrow(const Event& event, EscrowGroup& group) {
    if (first_ready_.is(event)) {
      ++group.ready;
      group.setup.record(event.duration);
    }
    if (event.phase == storm_phase::answered) group.calls.record(event.duration);
    if (event.phase == storm_phase::ended) {
      groups_.ended();
      ++(event.ok ? group.completed : group.failed);
    }
    if (event.phase != storm_phase::requested) return;
    groups_.began();
    ++group.started;
    if (event.message.empty()) return;  // a closed storm's: nothing was due
    group.lateness.record(event.duration);
    group.late += event.message == storm_start::late ? 1 : 0;
  }

  EscrowGroups groups_;
  FirstReady first_ready_;
  EscrowId last_ = 0;  // calls for no escrow go with the one told of last
};

}  // namespace

std::variant<EscrowGroups, std::string, TraceInterrupted> read_trace(
    const std::filesystem::path& file, const std::string& digest, const TraceProgress& go_on) {
  TraceLines lines(file);
  EventSorter sorter;
  std::optional<EventLineReader> reader;
  Digest seen;
  while (lines.next()) {
    if (lines.number() % lines_between_looks == 1) {
      reader.emplace();  // it keeps every name that it has met
      if (!go_on(lines.bytes())) return TraceInterrupted{};
    }
    const auto read = reader->read(lines.line());
    if (const auto* why = std::get_if<std::string>(&read)) return lines.complaint(*why);
    if (!sorter.take(std::get<TracedEvent>(read).event))
      return lines.complaint("more methods than any wallet RPC has");
    seen.add_line(lines.line_with_end());
  }
  if (lines.failure()) return *lines.failure();
  if (seen.hex() != digest)
    return printable(file.string(), 1000) +
           ": is not the trace that the summary.json beside it was made with (its digest is " +
           seen.hex() + ", not " + printable(digest, 40) +
           "): it was cut short or changed, or another run writes there: run it again";
  return std::move(sorter).groups();
}

}  // namespace escrowstorm::sim
