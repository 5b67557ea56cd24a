#include "sim/report/compare_text.hpp"

#include <vector>

#include "sim/compare/likeness.hpp"
#include "sim/report/columns.hpp"
#include "sim/report/compared_values.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

std::string headed(const std::string& head, const std::string& text) {
  constexpr std::size_t head_width = 11;
  return head + std::string(head_width - std::min(head.size(), head_width - 1), ' ') + text + "\n";
}

std::string sides_lines(const Comparison& comparison) {
  std::string text =
      columns({{"A", printable(comparison.a.path.string()), about_set(comparison.a)},
               {"B", printable(comparison.b.path.string()), about_set(comparison.b)}},
              {Align::left, Align::left, Align::left});
  for (const std::string& why : comparison.unlike) text += "NOT LIKE FOR LIKE: " + why + "\n";
  for (const std::string& note : comparison.notes) text += "note: " + note + "\n";
  if (comparison.is_identical)
    text += "identical: the same events in both" +
            (comparison.a.is_single ? " (digest " + printable(comparison.a.runs[0].digest, 40) + ")"
                                    : std::string()) +
            "\n";
  return text;
}

std::string metrics_table(const Comparison& comparison, bool all) {
  std::vector<std::vector<std::string>> rows{
      {"metric", "A", "B", "difference", "", "95 % interval", ""}};
  for (const ComparedMetric& metric : comparison.metrics)
    if (all || metric.more_than_noise || metric.is_new_failure)
      rows.push_back(compared_cells(metric));
  if (rows.size() == 1) return "";
  return "\n" + columns(rows, {Align::left, Align::right, Align::right, Align::right, Align::right,
                               Align::right, Align::left});
}

std::string texts_lines(const std::string& title, const std::vector<ChangedText>& texts) {
  if (texts.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const ChangedText& one : texts)
    rows.push_back({" ", std::to_string(one.count) + " x", one.what, printable(one.text)});
  return "\n" + title + "\n" + columns(rows, {Align::left, Align::right, Align::left, Align::left});
}

std::string divergence_lines(const Comparison& comparison) {
  if (!comparison.divergence) return "";
  constexpr std::size_t line_chars_max = 400;
  const TraceDifference& found = *comparison.divergence;
  const auto line = [](const std::string& text) {
    return text.empty() ? std::string("(it had ended)") : printable(text, line_chars_max);
  };
  return "\nfirst event that differs: " + std::to_string(found.seq) + "\n  A  " +
         line(found.first) + "\n  B  " + line(found.second) + "\n";
}

}  // namespace

std::string compare_table(const Comparison& comparison, bool all) {
  std::string text = sides_lines(comparison) + metrics_table(comparison, all) + "\n";
  std::string head = "rest";
  for (const std::string& line : rest_lines(comparison)) {
    text += headed(head, line);
    head.clear();
  }
  text += headed("intervals", intervals_text(comparison));
  text += texts_lines("new in B", comparison.new_texts);
  text += texts_lines("gone in B", comparison.gone_texts);
  text += divergence_lines(comparison);
  return text + "\n" + headed("verdict", compare_verdict_text(comparison));
}

}  // namespace escrowstorm::sim
