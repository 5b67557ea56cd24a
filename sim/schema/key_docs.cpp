#include "sim/schema/key_docs.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace escrowstorm::sim {
namespace {

// What the first column of a table is headed with, and below which path its keys are.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> tables{{
    {"key", ""},
    {"key of arrivals", "storm.arrivals."},
    {"key of a journey", "storm.journeys."},
    {"key of a fault", "faults."},
    {"key of a trigger", "faults."},
    {"key of a threshold", "thresholds."},
    {"key of an expected error", "expect.errors."},
}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// "| a | b |"; empty when the line is none of a table.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  if (!line.starts_with('|')) return cells;
  line.remove_prefix(1);
  for (auto bar = line.find('|'); bar != line.npos; bar = line.find('|')) {
    cells.push_back(trimmed(line.substr(0, bar)));
    line.remove_prefix(bar + 1);
  }
  return cells;
}

// Without the marks of Markdown: "`a`" is a, "[faults.md](faults.md)" is faults.md.
std::string plain(std::string_view cell) {
  std::string text;
  while (!cell.empty()) {
    const auto link = cell.find("](");
    if (cell.front() == '[' && link != cell.npos && cell[1] != '`' && cell[1] != '"') {
      text += cell.substr(1, link - 1);
      cell.remove_prefix(cell.find(')') + 1);
      continue;
    }
    if (cell.front() != '`') text += cell.front();
    cell.remove_prefix(1);
  }
  return text;
}

// What stands further down in the docs is not below a key in an editor.
std::string without_see_below(std::string text) {
  for (const std::string_view words : {", see below", " See below"})
    if (const auto at = text.find(words); at != text.npos) text.erase(at, words.size());
  return text;
}

class TableReader {
 public:
  explicit TableReader(KeyDocs& docs) : docs_(docs) {}

  void take(std::string_view line) {
    const auto cells = cells_of(line);
    if (cells.empty()) {
      within_ = false;
    } else if (!within_) {
      within_ = true;
      begin(cells);
    } else if (is_of_keys_ && !cells.front().starts_with("---")) {
      row(cells);
    }
  }

 private:
  void begin(const std::vector<std::string_view>& heads) {
    const auto at = std::find_if(tables.begin(), tables.end(),
                                 [&](const auto& table) { return table.first == heads.front(); });
    is_of_keys_ = at != tables.end();
    if (is_of_keys_) below_ = at->second;
    has_default_ = heads.size() > 2 && heads[1] == "default";
  }

  // "`a`, `b`" are two keys of which the same is said.
  void row(const std::vector<std::string_view>& cells) {
    std::string_view keys = cells.front();
    while (!keys.empty()) {
      const auto comma = keys.find(',');
      const std::string key = plain(trimmed(keys.substr(0, comma)));
      docs_[std::string(below_) + key] =
          KeyDoc{without_see_below(plain(cells.back())), has_default_ ? plain(cells[1]) : ""};
      keys = comma == keys.npos ? std::string_view() : keys.substr(comma + 1);
    }
  }

  KeyDocs& docs_;
  bool within_ = false;  // the lines of a table
  bool is_of_keys_ = false;
  bool has_default_ = false;
  std::string_view below_;
};

}  // namespace

KeyDocs key_docs_in(std::span<const std::string_view> markdown) {
  KeyDocs docs;
  for (std::string_view text : markdown) {
    TableReader table(docs);
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      table.take(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  return docs;
}

}  // namespace escrowstorm::sim
