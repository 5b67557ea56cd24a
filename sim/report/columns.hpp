// Text in columns, two blanks between them.
#pragma once

#include <string>
#include <vector>

namespace escrowstorm::sim {

enum class Align : unsigned char { left, right };

// A row has at most as many texts as there are columns; no line ends in blanks.
std::string columns(const std::vector<std::vector<std::string>>& rows,
                    const std::vector<Align>& aligned);

}  // namespace escrowstorm::sim
