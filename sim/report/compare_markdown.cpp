#include "sim/report/compare_markdown.hpp"

#include <string_view>
#include <vector>

#include "sim/compare/likeness.hpp"
#include "sim/report/compared_values.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

// So that nothing in it is Markdown or HTML, or calls anybody by name.
std::string escaped(const std::string& text) {
  constexpr std::string_view special = "\\`*_[]#|~!>";
  std::string out;
  for (const char c : printable(text, 1000)) {
    if (special.find(c) != special.npos) out += '\\';
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '@')
      out += "&#64;";
    else
      out += c;
  }
  return out;
}

// In a span of code nothing but the backtick is special, and in a table the bar.
std::string code(const std::string& text) {
  std::string out;
  for (const char c : printable(text, 400)) {
    if (c == '|') out += '\\';
    out += c == '`' ? '\'' : c;
  }
  return "`" + out + "`";
}

std::string side_line(const std::string& side, const RunSet& set) {
  return "- **" + side + "** " + code(set.path.string()) + ": " + escaped(about_set(set)) + "\n";
}

std::string table_row(std::vector<std::string> cells, bool is_worse) {
  cells.front() = code(cells.front());
  if (is_worse) cells.back() = "**" + cells.back() + "**";
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + cell + " |";
  return row + "\n";
}

std::string markdown_table(const Comparison& comparison, bool all) {
  std::string rows;
  for (const ComparedMetric& metric : comparison.metrics)
    if (all || metric.more_than_noise || metric.is_new_failure)
      rows += table_row(compared_cells(metric), metric.is_worse);
  if (rows.empty()) return "";
  return "\n| metric | A | B | difference | | 95 % interval | |\n"
         "|---|---:|---:|---:|---:|---:|---|\n" +
         rows;
}

std::string markdown_texts(const std::string& title, const std::vector<ChangedText>& texts) {
  if (texts.empty()) return "";
  std::string out = "\n**" + title + "**\n\n";
  for (const ChangedText& one : texts)
    out += "- " + std::to_string(one.count) + " × " + one.what + ": " + code(one.text) + "\n";
  return out;
}

}  // namespace

std::string compare_markdown(const Comparison& comparison, bool all) {
  std::string text = std::string("### escrowstorm compare: ") +
                     (comparison.is_worse() ? "worse than allowed" : "no worse than allowed") +
                     "\n\n" + side_line("A", comparison.a) + side_line("B", comparison.b);
  for (const std::string& why : comparison.unlike)
    text += "- **Not like for like:** " + escaped(why) + "\n";
  for (const std::string& note : comparison.notes) text += "- Note: " + escaped(note) + "\n";
  if (comparison.is_identical) text += "- Identical: the same events in both\n";
  text += markdown_table(comparison, all);
  text += "\n" + escaped(compare_verdict_text(comparison)) + ".\n\n";
  for (const std::string& line : rest_lines(comparison)) text += "- " + escaped(line) + "\n";
  text += "- " + escaped(intervals_text(comparison)) + "\n";
  text += markdown_texts("New in B", comparison.new_texts);
  text += markdown_texts("Gone in B", comparison.gone_texts);
  if (comparison.divergence)
    text += "\nFirst event that differs: " + std::to_string(comparison.divergence->seq) +
            "\n\n- A " + code(comparison.divergence->first) + "\n- B " +
            code(comparison.divergence->second) + "\n";
  return text;
}

}  // namespace escrowstorm::sim
