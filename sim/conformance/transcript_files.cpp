#include "sim/conformance/transcript_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>

#include "sim/report/wording.hpp"
#include "sim/world/wallet_rpc_versions.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_mib_max = 64;

bool is_version(const std::string& name) {
  return !name.empty() && name.front() >= '0' && name.front() <= '9' &&
         name.find_first_not_of("0123456789.") == name.npos;
}

// Reads up to the limit, since devices and pipes have no size; the error is one clause.
std::optional<std::string> read_bounded(const fs::path& file, std::string& text) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::array<char, 64 * 1024> piece{};
  while (in && text.size() <= file_mib_max * 1024 * 1024) {
    in.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in) return "is larger than " + std::to_string(file_mib_max) + " MiB, so no transcript";
  if (!in.is_open() || in.bad()) return "cannot be read: " + std::generic_category().message(errno);
  if (text.empty()) return "is empty";
  return std::nullopt;
}

// Collects the transcripts of one path after the other, and what is wrong with them.
class Finder {
 public:
  void take(const fs::path& path);

  std::vector<TranscriptFile> files;
  std::vector<std::string> errors;

 private:
  std::vector<fs::path> entries_of(const fs::path& folder);
  void take_folder(const fs::path& folder);
  bool take_json_in(const std::vector<fs::path>& entries, std::optional<std::string> version);
  void take_file(const fs::path& file, std::optional<std::string> version);
  void complain(const fs::path& at, const std::string& what) {
    errors.push_back(printable(at.string()) + ": " + what);
  }
};

std::vector<fs::path> Finder::entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    entries.push_back(at->path());
  if (failed) complain(folder, "cannot be read: " + failed.message());
  std::ranges::sort(entries);
  return entries;
}

// True when there were any.
bool Finder::take_json_in(const std::vector<fs::path>& entries,
                          std::optional<std::string> version) {
  bool any = false;
  for (const fs::path& entry : entries) {
    if (entry.extension() != ".json") continue;
    any = true;
    take_file(entry, version);
  }
  return any;
}

void Finder::take_folder(const fs::path& folder) {
  const std::size_t errors_before = errors.size();
  const auto entries = entries_of(folder);
  bool any = take_json_in(entries, std::nullopt);
  if (!any) {
    for (const fs::path& entry : entries) {
      const std::string name = entry.filename().string();
      std::error_code failed;
      if (!is_version(name) || !fs::is_directory(entry, failed)) continue;
      any = take_json_in(entries_of(entry), name) || any;
    }
  }
  if (!any && errors.size() == errors_before) {
    complain(folder,
             "no transcripts here: name a file, or a folder with *.json or <version>/*.json");
  }
}

void Finder::take_file(const fs::path& file, std::optional<std::string> version) {
  std::string text;
  if (const auto why = read_bounded(file, text)) return complain(file, *why);
  auto read = read_transcript(text, printable(file.string()));
  if (auto* wrong = std::get_if<TranscriptErrors>(&read)) {
    for (const std::string& error : *wrong) errors.push_back(printable(error, 1000));
    return;
  }
  files.push_back({file, std::move(version), std::get<Transcript>(std::move(read))});
}

void Finder::take(const fs::path& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    take_folder(path);
  } else {
    take_file(path, std::nullopt);
  }
}

// The folder of versions that a file came from.
fs::path folder_of(const TranscriptFile& file) { return file.path.parent_path().parent_path(); }

std::string nothing_fits(const std::vector<TranscriptFile>& files, const fs::path& folder,
                         std::uint32_t rpc_version) {
  std::set<std::string> versions;
  for (const TranscriptFile& file : files)
    if (file.version && folder_of(file) == folder) versions.insert(*file.version);
  std::string names;
  for (const std::string& version : versions) names += (names.empty() ? "" : ", ") + version;
  const std::string fleet(monero_releases(rpc_version).value_or("of an unknown version"));
  return printable(folder.string()) + ": has transcripts of " + names + ", the fleet is " + fleet +
         "; name the folder of the version that comes nearest";
}

}  // namespace

std::variant<std::vector<TranscriptFile>, std::vector<std::string>> read_transcript_files(
    std::span<const fs::path> paths) {
  Finder finder;
  for (const fs::path& path : paths) finder.take(path);
  if (!finder.errors.empty()) return std::move(finder.errors);
  return std::move(finder.files);
}

std::variant<std::vector<TranscriptFile>, std::string> for_version(
    std::vector<TranscriptFile> files, std::uint32_t rpc_version) {
  const auto fits = [rpc_version](const TranscriptFile& file) {
    return !file.version || is_release_of(*file.version, rpc_version);
  };
  std::set<fs::path> folders_that_fit;
  for (const TranscriptFile& file : files)
    if (file.version && fits(file)) folders_that_fit.insert(folder_of(file));
  for (const TranscriptFile& file : files) {
    if (file.version && !folders_that_fit.contains(folder_of(file)))
      return nothing_fits(files, folder_of(file), rpc_version);
  }
  std::erase_if(files, [&fits](const TranscriptFile& file) { return !fits(file); });
  return files;
}

}  // namespace escrowstorm::sim
