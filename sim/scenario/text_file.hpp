// Whole files of text that people write, up to a size.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace escrowstorm::sim {

// What is wrong with the file, a clause; nothing when `text` is what it has.
std::optional<std::string> read_text_file(const std::filesystem::path& file, std::size_t kib_max,
                                          std::string& text);

}  // namespace escrowstorm::sim
