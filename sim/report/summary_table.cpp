#include "sim/report/summary_table.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/report/columns.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t table_label_width = 11;
constexpr std::size_t indent = 2;

void pad_to(std::string& line, std::size_t width) {
  if (line.size() < width) line.append(width - line.size(), ' ');
}

// The first column left-aligned, the others right-aligned.
std::string aligned(const std::vector<Row>& rows) {
  std::vector<Align> alignment(rows.empty() ? 0 : rows.front().size(), Align::right);
  if (!alignment.empty()) alignment.front() = Align::left;
  return columns(rows, alignment);
}

std::string labelled_row(std::string label, const std::string& text) {
  pad_to(label, table_label_width);
  return label + text + "\n";
}

std::string escrows_lines(const Summary& summary) {
  const EscrowCounts& n = summary.escrows;
  std::string text = std::to_string(n.ready) + " ready, ";
  if (summary.calls.count > 0) text += std::to_string(summary.calls.count) + " answered, ";
  text += std::to_string(n.failed) + " failed";
  if (n.unfinished() > 0) text += ", " + std::to_string(n.unfinished()) + " unfinished";
  text += " of " + std::to_string(n.started);
  if (n.started < summary.run.planned)
    text += " started (" + std::to_string(summary.run.planned) + " planned)";
  return labelled_row("escrows", text) + labelled_row("took", duration_text(summary.makespan));
}

// Marked when so few have been measured that the greatest of them is all it says.
std::string percentile_text(const Distribution& d, Duration value, unsigned percent) {
  const bool too_few = d.count * (100 - percent) < 100;
  return duration_text(value) + (too_few ? "*" : "");
}

std::string times_text(const Distribution& d) {
  return "min " + duration_text(d.min) + "   p50 " + duration_text(d.p50) + "   p90 " +
         percentile_text(d, d.p90, 90) + "   p99 " + percentile_text(d, d.p99, 99) + "   max " +
         duration_text(d.max) + "   of " + std::to_string(d.count);
}

std::string setup_line(const Distribution& d) {
  return labelled_row("set-up", d.count == 0 ? "none became ready" : times_text(d));
}

// Of a storm whose journeys, or some of them, are one call.
std::string calls_line(const Summary& summary) {
  if (summary.calls.count == 0) return "";
  return labelled_row("answered", times_text(summary.calls));
}

// Of an open storm.
std::string lateness_lines(const Summary& summary) {
  if (summary.lateness.count == 0) return "";
  return labelled_row("late", std::to_string(summary.escrows.late) + " of " +
                                  std::to_string(summary.lateness.count)) +
         labelled_row("lateness", times_text(summary.lateness));
}

std::string rpc_lines(const Summary& summary) {
  if (summary.rpc.empty()) return labelled_row("calls", "none ended");
  std::vector<Row> rows{{"call", "count", "errors", "p50", "p90", "p99", "max"}};
  std::uint64_t count = 0;
  std::uint64_t errors = 0;
  bool few = summary.setup.count > 0 && summary.setup.count < 100;
  for (const MethodSummary& method : summary.rpc) {
    const Distribution& d = method.took;
    rows.push_back(Row{method.method, std::to_string(d.count), std::to_string(method.errors),
                       duration_text(d.p50), percentile_text(d, d.p90, 90),
                       percentile_text(d, d.p99, 99), duration_text(d.max)});
    few = few || d.count < 100;
    count += d.count;
    errors += method.errors;
  }
  rows.push_back(Row{"all", std::to_string(count), std::to_string(errors)});
  return aligned(rows) + (few ? "* of too few: p99 of less than 100, p90 of less than 10\n" : "");
}

// One that never fired says nothing about who withstood it.
std::string faults_lines(const std::vector<FaultResult>& faults) {
  if (faults.empty()) return "";
  std::vector<Row> rows{{"fault", "fired"}};
  for (const FaultResult& one : faults)
    rows.push_back(Row{one.fault, one.fired == 0 ? "NEVER" : std::to_string(one.fired)});
  std::string text = "\n" + aligned(rows);
  const auto never = std::count_if(faults.begin(), faults.end(),
                                   [](const FaultResult& one) { return one.fired == 0; });
  if (never > 0)
    text += labelled_row("WARNING", std::to_string(never) + " of " + std::to_string(faults.size()) +
                                        " faults never fired: the run says nothing about who "
                                        "withstands them; look at their triggers");
  return text;
}

// Those that hold in one line, the others with how often they did not.
std::string invariants_lines(const std::vector<InvariantResult>& invariants) {
  if (invariants.empty()) return "";
  std::vector<Row> rows{{"violated", "times"}};
  for (const InvariantResult& one : invariants)
    if (one.violations > 0) rows.push_back(Row{one.name, std::to_string(one.violations)});
  const std::size_t violated = rows.size() - 1;
  std::string text =
      "\n" + labelled_row("invariants", std::to_string(invariants.size() - violated) + " of " +
                                            std::to_string(invariants.size()) + " hold");
  if (violated > 0) text += aligned(rows);
  return text;
}

std::string thresholds_lines(const std::vector<ThresholdResult>& thresholds) {
  if (thresholds.empty()) return "";
  std::vector<Row> rows{{"threshold", "actual", "result"}};
  for (const ThresholdResult& threshold : thresholds)
    rows.push_back(
        Row{printable(threshold.text), actual_text(threshold), threshold.pass ? "pass" : "MISSED"});
  return "\n" + aligned(rows);
}

std::string abort_lines(const std::optional<Abort>& abort) {
  if (!abort) return "";
  return labelled_row("ABORTED", "after " + duration_text(abort->at.time_since_epoch()) +
                                     ", no further escrow started: \"" +
                                     printable(abort->threshold) + "\" could not hold any more");
}

// "   3 x text" for each; how many more there are when not all are shown.
template <class Counted, class Text>
std::string counted_lines(std::string_view title, const std::vector<Counted>& counted, Text text) {
  if (counted.empty()) return "";
  std::string out = "\n" + std::string(title) + "\n";
  const std::size_t width = std::to_string(counted.front().count).size();  // the most frequent one
  for (std::size_t i = 0; i < std::min(counted.size(), listed_max); ++i) {
    const std::string times = std::to_string(counted[i].count);
    out +=
        std::string(indent + width - times.size(), ' ') + times + " x " + text(counted[i]) + "\n";
  }
  if (counted.size() > listed_max)
    out += std::string(indent, ' ') + "and " + std::to_string(counted.size() - listed_max) +
           " other kinds\n";
  return out;
}

std::string error_text(const ErrorCount& error) {
  const std::string message = printable(error.message);
  return error.code == 0 ? message : std::to_string(error.code) + " " + message;
}

std::string expectation_lines(const Summary& summary) {
  if (!summary.as_expected) return "";
  if (*summary.as_expected)
    return labelled_row("expected", "yes, it came out as the scenario says");
  std::string out;
  for (const std::string& deviation : summary.unexpected)
    out += labelled_row(out.empty() ? "expected" : "", "no: " + deviation);
  return out;
}

}  // namespace

std::string summary_table(const Summary& summary, const std::string& about) {
  const RunFacts& run = summary.run;
  std::string out = run.scenario + " on " + run.world + ", seed " + std::to_string(run.seed);
  if (summary.interrupted) out += ", INTERRUPTED";
  out += "\n";
  if (!about.empty()) out += printable(about, 1000) + "\n";
  out += "\n" + escrows_lines(summary) + setup_line(summary.setup) + calls_line(summary) +
         lateness_lines(summary) + "\n" + rpc_lines(summary);
  out += faults_lines(summary.faults);
  out += invariants_lines(summary.invariants);
  out += thresholds_lines(summary.thresholds);
  out += abort_lines(summary.abort);
  out += counted_lines("errors of calls", summary.errors, error_text);
  out += counted_lines("failures of escrows", summary.failures,
                       [](const ReasonCount& failure) { return printable(failure.reason, 300); });
  out += "\n" + labelled_row("verdict", summary.passed() ? "pass" : "FAIL") +
         expectation_lines(summary);
  return out;
}

}  // namespace escrowstorm::sim
