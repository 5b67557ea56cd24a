#include "sim/run/replaced_file.hpp"

#include <system_error>

#include "sim/process/entropy.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"

namespace escrowstorm::sim {

namespace fs = std::filesystem;

ReplacedFile::ReplacedFile(const fs::path& file) : file_(file) {
  std::error_code failed;  // shows when it is written
  target_ = fs::weakly_canonical(fs::absolute(file, failed), failed);
  if (failed) target_ = file;
  draft_ = target_.parent_path() / ("." + target_.filename().string() + "." + unique_id());
}

ReplacedFile::~ReplacedFile() {
  std::error_code ignored;
  fs::remove(draft_, ignored);
}

std::optional<std::string> ReplacedFile::unfit() const {
  const std::string name = printable(file_.string());
  std::error_code failed;
  const fs::file_status there = fs::status(target_, failed);
  if (fs::exists(there) && !fs::is_regular_file(there))
    return name + ": is there and is no file that can be replaced; name another";
  if (!fs::is_directory(target_.parent_path(), failed))
    return name + ": there is no folder " + printable(target_.parent_path().string()) +
           "; make it, or name another";
  const auto failure = write(" ");
  fs::remove(draft_, failed);
  return failure;
}

// The draft's name is nobody's business.
std::optional<std::string> ReplacedFile::write(std::string_view text) const {
  const auto failure = write_text(draft_, text);
  if (!failure) return std::nullopt;
  return printable(file_.string()) + failure->substr(draft_.string().size());
}

std::optional<std::string> ReplacedFile::put_in_place() {
  std::error_code failed;
  fs::rename(draft_, target_, failed);
  if (!failed) return std::nullopt;
  return printable(file_.string()) + ": cannot be written: " + failed.message();
}

}  // namespace escrowstorm::sim
