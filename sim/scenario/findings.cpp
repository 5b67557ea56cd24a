#include "sim/scenario/findings.hpp"

#include <algorithm>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

Findings::Findings(std::string file, std::vector<std::string> options)
    : file_(std::move(file)), options_(std::move(options)) {}

void Findings::add(const Place& place, std::string_view path, std::string_view what) {
  std::string text = path.empty() ? std::string() : printable(path) + ": ";
  found_.push_back(Finding{place, text.append(what)});
}

std::vector<std::string> Findings::lines() const {
  constexpr std::size_t lines_max = 100;
  std::vector<const Finding*> sorted;
  for (const Finding& finding : found_) sorted.push_back(&finding);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Finding* a, const Finding* b) { return a->place < b->place; });

  std::vector<std::string> lines;
  for (const Finding* finding : sorted) {
    if (lines.size() == lines_max) {
      lines.push_back(file_ + ": and " + std::to_string(sorted.size() - lines_max) + " more");
      break;
    }
    const Place& at = finding->place;
    const std::string where = at.option > 0 ? printable(options_[at.option - 1])
                                            : printable(file_) + ":" + std::to_string(at.line) +
                                                  ":" + std::to_string(at.column);
    lines.push_back(where + ": " + finding->text);
  }
  return lines;
}

}  // namespace escrowstorm::sim
