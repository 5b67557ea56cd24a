#include "sim/report/annotations.hpp"

#include "sim/report/verdicts.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t text_bytes_max = 4000;

// As the runner takes it back: %25 for '%', and in a property also for what ends one. There are no
// line ends in what is printable.
std::string escaped(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : printable(text, text_bytes_max)) {
    if (c == '%')
      out += "%25";
    else if (is_property && c == ':')
      out += "%3A";
    else if (is_property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string github_annotations(const Summary& summary, const std::string& file) {
  std::string out;
  for (const Verdict& verdict : verdicts(summary)) {
    if (verdict.failure.empty()) continue;
    const std::string title = summary.run.scenario + " on " + summary.run.world;
    out += "::error file=" + escaped(file, true) + ",title=" + escaped(title, true) +
           "::" + escaped(verdict.kind + ": " + verdict.name + ": " + verdict.failure, false) +
           "\n";
  }
  return out;
}

}  // namespace escrowstorm::sim
