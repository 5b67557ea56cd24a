#include "tests/sim/noted_reader.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

void append(std::string_view text, const ScenarioOrErrors& read,
            const std::filesystem::path& notes) {
  nlohmann::ordered_json line;
  line["text"] = text;
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  line["errors"] = errors ? *errors : std::vector<std::string>();
  constexpr auto replace = nlohmann::ordered_json::error_handler_t::replace;
  std::ofstream(notes, std::ios::app) << line.dump(-1, ' ', false, replace) << '\n';
}

}  // namespace

ScenarioOrErrors read_noted(std::string_view text, const std::filesystem::path& file) {
  auto read = parse_scenario(text, file);
  if (const char* notes = std::getenv(notes_variable)) append(text, read, notes);
  return read;
}

void note_scenario(std::string_view text, const std::filesystem::path& notes) {
  append(text, parse_scenario(text, "x.json"), notes);
}

}  // namespace escrowstorm::sim
