#include "sim/run/run_files.hpp"

#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

namespace escrowstorm::sim {

namespace fs = std::filesystem;

fs::path default_folder(const Scenario& scenario) {
  return fs::path("runs") /
         (scenario.name + "-" + scenario.world + "-" + std::to_string(scenario.seed));
}

std::optional<std::string> prepare(const RunFiles& files) {
  std::error_code failed;
  fs::create_directories(files.folder, failed);
  if (failed) return files.folder.string() + ": cannot be made: " + failed.message();
  for (const fs::path& file : {files.summary(), files.junit()}) {
    fs::remove(file, failed);
    if (failed) return file.string() + ": cannot be replaced: " + failed.message();
  }
  return std::nullopt;
}

std::optional<std::string> write_json(const fs::path& file, const nlohmann::ordered_json& value) {
  return write_text(
      file, value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

std::optional<std::string> write_text(const fs::path& file, std::string_view text) {
  errno = 0;
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (out) return std::nullopt;
  const std::string why = std::generic_category().message(errno);
  // A part of it would only mislead; a device or a link stays.
  std::error_code ignored;
  if (fs::is_regular_file(fs::symlink_status(file, ignored))) fs::remove(file, ignored);
  return file.string() + ": cannot be written: " + why;
}

}  // namespace escrowstorm::sim
