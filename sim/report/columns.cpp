#include "sim/report/columns.hpp"

#include <algorithm>

namespace escrowstorm::sim {

std::string columns(const std::vector<std::vector<std::string>>& rows,
                    const std::vector<Align>& aligned) {
  std::vector<std::size_t> widths(aligned.size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - row[i].size(), ' ');
      if (i > 0) line += "  ";
      line += aligned[i] == Align::left ? row[i] + gap : gap + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace escrowstorm::sim
