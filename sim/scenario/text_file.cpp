#include "sim/scenario/text_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace escrowstorm::sim {

std::optional<std::string> read_text_file(const std::filesystem::path& file, std::size_t kib_max,
                                          std::string& text) {
  std::error_code failed;
  if (std::filesystem::is_directory(file, failed)) return "is a folder";
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return "cannot be read: " + std::generic_category().message(errno);
  text.resize(kib_max * 1024 + 1);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return "cannot be read";
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kib_max * 1024) return "is larger than " + std::to_string(kib_max) + " KiB";
  return std::nullopt;
}

}  // namespace escrowstorm::sim
