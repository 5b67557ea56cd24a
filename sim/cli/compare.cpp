#include "sim/cli/compare.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include "sim/cli/complain.hpp"
#include "sim/cli/search_status.hpp"
#include "sim/compare/comparison.hpp"
#include "sim/compare/likeness.hpp"
#include "sim/compare/run_set.hpp"
#include "sim/compare/trace_divergence.hpp"
#include "sim/compare/trace_reader.hpp"
#include "sim/process/signal_watch.hpp"
#include "sim/report/compare_json.hpp"
#include "sim/report/compare_markdown.hpp"
#include "sim/report/compare_text.hpp"
#include "sim/run/run_files.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

class Comparing {
 public:
  Comparing(const CompareCommand& command, std::ostream& out, std::ostream& err)
      : command_(command), out_(out), err_(err), status_(err, command.quiet) {}

  ExitStatus run() {
    auto a = take(read_run_set(command_.a));
    if (!a) return *ended_;
    auto b = take(read_run_set(command_.b));
    if (!b) return *ended_;
    if (const auto unknown = command_.allowances.unknown_among(metric_names(*a, *b)))
      return complained(*unknown);
    auto comparison = compared(std::move(*a), std::move(*b));
    status_.clear();
    if (!comparison) return *ended_;
    if (signals_.asked_to_end()) return ExitStatus::interrupted;
    print(*comparison);
    return comparison->is_worse() ? ExitStatus::threshold_missed : ExitStatus::pass;
  }

 private:
  ExitStatus complained(const std::string& what) {
    status_.clear();
    complain(err_, what);
    ended_ = ExitStatus::bad_usage;
    return *ended_;
  }

  // What was read; or nothing, and ended_ says how this ends.
  template <class Value, class... Others>
  std::optional<Value> take(std::variant<Value, std::string, Others...> read) {
    if (auto* value = std::get_if<Value>(&read)) return std::move(*value);
    if (const auto* wrong = std::get_if<std::string>(&read))
      complained(*wrong);
    else
      ended_ = ExitStatus::interrupted;
    return std::nullopt;
  }

  std::optional<Comparison> compared(RunSet a, RunSet b) {
    if (!a.is_single || !b.is_single) {
      const SideMetrics of_a = estimates_of_runs(a, "A");
      const SideMetrics of_b = estimates_of_runs(b, "B");
      return compare(std::move(a), std::move(b), Resampled::runs, of_a, of_b, command_.allowances);
    }
    const auto of_a = of_trace(a, "A");
    if (!of_a) return std::nullopt;
    const auto of_b = of_trace(b, "B");
    if (!of_b) return std::nullopt;
    std::optional<Divergence> divergence = Divergence();
    if (are_repeats(a, b) && !have_same_events(a, b))
      divergence = take(first_divergence(RunFiles{a.path}.events(), RunFiles{b.path}.events(),
                                         progress("the first event that differs")));
    if (!divergence) return std::nullopt;
    Comparison comparison =
        compare(std::move(a), std::move(b), Resampled::escrows, *of_a, *of_b, command_.allowances);
    comparison.divergence = std::move(*divergence);
    return comparison;
  }

  std::optional<SideMetrics> of_trace(const RunSet& set, const std::string& side) {
    const auto trace = take(
        read_trace(RunFiles{set.path}.events(), set.runs[0].digest, progress("trace of " + side)));
    if (!trace) return std::nullopt;
    return estimates_of_run(set.runs[0], *trace, side);
  }

  TraceProgress progress(const std::string& what) {
    return [this, what](std::uint64_t bytes) {
      constexpr std::uint64_t mb = 1'000'000;
      if (bytes >= mb) status_.show(what + ": " + std::to_string(bytes / mb) + " MB read");
      return !signals_.asked_to_end();
    };
  }

  void print(const Comparison& comparison) {
    if (command_.json)
      out_ << to_json(comparison)
                  .dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
           << '\n';
    else if (command_.markdown)
      out_ << compare_markdown(comparison, command_.all);
    else
      out_ << compare_table(comparison, command_.all);
    out_ << std::flush;
  }

  const CompareCommand& command_;
  std::ostream& out_;
  std::ostream& err_;
  SearchStatus status_;
  SignalWatch signals_;
  std::optional<ExitStatus> ended_;
};

}  // namespace

ExitStatus run_compare(const CompareCommand& command, std::ostream& out, std::ostream& err) {
  return Comparing(command, out, err).run();
}

}  // namespace escrowstorm::sim
