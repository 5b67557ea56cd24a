#include "sim/thresholds/metric.hpp"

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "base/walletrpc/request.hpp"
#include "sim/report/wording.hpp"
#include "sim/thresholds/threshold_form.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::array<std::string_view, 5> times{"min", "p50", "p90", "p99", "max"};
constexpr std::array<std::string_view, 7> escrow_counts{
    "planned", "started", "ready", "completed", "failed", "unfinished", "late"};

constexpr std::array<std::string_view, 3> distributions{"setup_ms", "call_ms", "lateness_ms"};

std::vector<Metric> make_table() {
  std::vector<Metric> all;
  for (const std::string_view name : escrow_counts)
    all.push_back(Metric{"escrows." + std::string(name), false, "escrows.started"});
  all.push_back(Metric{"makespan_ms", true, ""});
  for (const std::string_view name : distributions) {
    const std::string prefix = std::string(name) + ".";
    all.push_back(Metric{prefix + "count", false, ""});
    for (const std::string_view time : times)
      all.push_back(Metric{prefix + std::string(time), true, ""});
  }

  for (const std::string_view method : walletrpc::method_names()) {
    const std::string prefix = "rpc." + std::string(method) + ".";
    all.push_back(Metric{prefix + "count", false, ""});
    all.push_back(Metric{prefix + "errors", false, prefix + "count"});
    for (const std::string_view time : times)
      all.push_back(Metric{prefix + std::string(time), true, ""});
  }
  return all;
}

const std::vector<Metric>& all_metrics() {
  static const std::vector<Metric> all = make_table();
  return all;
}

// "(a|b)"
std::string any_of(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text.append(text.empty() ? "(" : "|").append(name);
  return text + ")";
}

}  // namespace

std::string metric_pattern() {
  const std::string measured = "(count|" + any_of(times) + ")";
  return "(escrows[.]" + any_of(escrow_counts) + "|makespan_ms|" + any_of(distributions) + "[.]" +
         measured + "|rpc[.]" + any_of(walletrpc::method_names()) + "[.](errors|" + measured + "))";
}

std::variant<Metric, std::string> find_metric(std::string_view path) {
  std::vector<std::string_view> names;
  names.reserve(all_metrics().size());
  for (const Metric& metric : all_metrics()) {
    if (metric.path == path) return metric;
    names.push_back(metric.path);
  }
  const auto near = closest(path, names);
  return "names no metric of summary.json: " + in_quotes(path) +
         (near ? ", did you mean " + in_quotes(*near) + "?"
               : ", expected one such as \"escrows.failed\", \"setup_ms.p99\" or "
                 "\"rpc.open_wallet.p90\"");
}

}  // namespace escrowstorm::sim
