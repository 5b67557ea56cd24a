#include "sim/report/calibration_text.hpp"

#include <nlohmann/json.hpp>

#include "sim/calibrate/profile_text.hpp"
#include "sim/report/columns.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t p90_samples_min = 10;
constexpr std::size_t p99_samples_min = 100;

std::string starred(Duration value, std::size_t samples, std::size_t samples_min) {
  return duration_text(value) + (samples < samples_min ? "*" : "");
}

std::string ratio_text(Duration mock, Duration fleet) {
  return formatted("%.2f", ratio_of(mock, fleet));
}

std::vector<std::string> method_row(const MethodSideBySide& method) {
  const LatencyPercentiles& fleet = method.fleet;
  const LatencyPercentiles& mock = method.mock;
  return {method.method,
          std::to_string(method.samples),
          duration_text(fleet.p50),
          starred(fleet.p90, method.samples, p90_samples_min),
          starred(fleet.p99, method.samples, p99_samples_min),
          duration_text(mock.p50),
          duration_text(mock.p90),
          duration_text(mock.p99),
          ratio_text(mock.p50, fleet.p50),
          ratio_text(mock.p90, fleet.p90),
          ratio_text(mock.p99, fleet.p99)};
}

// Methods one after another, as many to a line as fit.
std::string wrapped(const std::vector<std::string>& methods, std::size_t width,
                    const std::string& indent) {
  std::string text;
  std::size_t column = indent.size();
  for (const std::string& method : methods) {
    const bool first = text.empty();
    const bool fits = column + 2 + method.size() <= width;
    if (!first) text += fits ? ", " : ",\n" + indent;
    column = (first || fits ? column + (first ? 0 : 2) : indent.size()) + method.size();
    text += method;
  }
  return text;
}

std::string taken_over_lines(const CalibrationReport& report) {
  constexpr std::size_t width = 100;
  const std::string indent(11, ' ');
  std::string text = "computing  can't be seen from outside: shares are those of the profile " +
                     std::string(calibration_base) + "\n";
  if (report.both.taken_over.empty()) return text;
  text += "taken over from the profile " + std::string(calibration_base) + ", not measured";
  if (!report.with_money) text += " for want of money (--daemon of a regtest)";
  return text + ":\n" + indent + wrapped(report.both.taken_over, width, indent) + "\n";
}

Json percentiles_json(const LatencyPercentiles& figures) {
  Json json;
  json["p50"] = to_ms(figures.p50);
  json["p90"] = to_ms(figures.p90);
  json["p99"] = to_ms(figures.p99);
  return json;
}

Json method_json(const MethodSideBySide& method) {
  Json json;
  json["method"] = method.method;
  json["samples"] = method.samples;
  json["fleet"] = percentiles_json(method.fleet);
  json["mock"] = percentiles_json(method.mock);
  json["ratio"]["p50"] = ratio_of(method.mock.p50, method.fleet.p50);
  json["ratio"]["p90"] = ratio_of(method.mock.p90, method.fleet.p90);
  json["ratio"]["p99"] = ratio_of(method.mock.p99, method.fleet.p99);
  return json;
}

}  // namespace

std::string wallets_line(const std::string& prefix, std::uint64_t rounds) {
  if (rounds == 0) return "";
  return "wallets    of " + counted(rounds, "escrow") +
         " left behind, as the RPC can't delete; in the instances' wallet folder: rm " + prefix +
         "_*\n";
}

std::string calibration_table(const CalibrationReport& report) {
  std::vector<std::vector<std::string>> rows{{"call", "samples", "fleet p50", "p90", "p99",
                                              "mock p50", "p90", "p99", "ratio p50", "p90", "p99"}};
  bool few = false;
  for (const MethodSideBySide& method : report.both.methods) {
    rows.push_back(method_row(method));
    few = few || method.samples < p99_samples_min;
  }
  std::vector<Align> alignment(rows.front().size(), Align::right);
  alignment.front() = Align::left;
  return report.fleet + ", " + counted(report.rounds, "escrow") +
         (report.with_money ? " with money" : "") + "; the mock with this profile, " +
         counted(report.mock_rounds, "escrow") + "\n\n" + columns(rows, alignment) +
         (few ? "* of too few: p99 of less than 100, p90 of less than 10\n" : "") + "\n" +
         taken_over_lines(report) + wallets_line(report.wallet_prefix, report.rounds) +
         "profile    " + printable(report.profile) + "\n";
}

Json to_json(const CalibrationReport& report) {
  Json json;
  json["profile"] = printable(report.profile);
  json["fleet"] = report.fleet;
  json["rounds"] = report.rounds;
  json["mock_rounds"] = report.mock_rounds;
  json["with_money"] = report.with_money;
  json["methods"] = Json::array();
  for (const MethodSideBySide& method : report.both.methods)
    json["methods"].push_back(method_json(method));
  json["taken_over"] = report.both.taken_over;
  json["wallet_prefix"] = report.wallet_prefix;
  return json;
}

}  // namespace escrowstorm::sim
