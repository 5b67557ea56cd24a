// The transcripts that a command line names: files, folders of them, and folders of versions
// (DIR/0.18.5.1/*.json), of which those that fit the fleet are taken.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "sim/conformance/transcript.hpp"

namespace escrowstorm::sim {

struct TranscriptFile {
  std::filesystem::path path;
  std::optional<std::string> version;  // the folder of versions that it lies in
  Transcript transcript;
};

// In the order of `paths` and, inside a folder, of names. What is wrong comes all at once, a line
// each with file, place and remedy.
std::variant<std::vector<TranscriptFile>, std::vector<std::string>> read_transcript_files(
    std::span<const std::filesystem::path> paths);

// Without those of other versions than the fleet's get_version says; or why nothing is left of a
// folder, in a line with the remedy.
std::variant<std::vector<TranscriptFile>, std::string> for_version(
    std::vector<TranscriptFile> files, std::uint32_t rpc_version);

}  // namespace escrowstorm::sim
