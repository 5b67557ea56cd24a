#include "sim/report/junit.hpp"

#include <algorithm>
#include <cstdio>

#include "sim/report/verdicts.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t xml_text_bytes_max = 4000;

// As the value of an attribute.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text, xml_text_bytes_max)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string seconds(Duration d) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3f", to_ms(d) / 1000);
  return text;
}

std::string test_case(const Verdict& verdict, const std::string& suite) {
  const std::string head = "  <testcase" + attribute("classname", suite + "." + verdict.kind) +
                           attribute("name", verdict.name);
  if (verdict.failure.empty()) return head + "/>\n";
  return head + ">\n    <failure" + attribute("message", verdict.failure) + "/>\n  </testcase>\n";
}

}  // namespace

std::string junit_xml(const Summary& summary) {
  const std::vector<Verdict> all = verdicts(summary);
  const auto failed = std::count_if(all.begin(), all.end(),
                                    [](const Verdict& one) { return !one.failure.empty(); });
  const std::string suite = "escrowstorm." + summary.run.scenario + "." + summary.run.world;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite" +
                    attribute("name", suite) + attribute("tests", std::to_string(all.size())) +
                    attribute("failures", std::to_string(failed)) + attribute("errors", "0") +
                    attribute("time", seconds(summary.makespan)) + ">\n";
  for (const Verdict& verdict : all) out += test_case(verdict, suite);
  return out + "</testsuite>\n";
}

}  // namespace escrowstorm::sim
