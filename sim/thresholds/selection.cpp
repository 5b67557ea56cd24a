#include "sim/thresholds/selection.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "coordinator/setup/phase.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/thresholds/threshold_form.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

constexpr std::array keywords{"role"sv, "phase"sv, "from"sv, "until"sv};

// Of the coordinator's calls.
using coordinator::name_of;
using coordinator::Phase;
constexpr std::array phases{name_of(Phase::create),
                            name_of(Phase::label),
                            name_of(Phase::verify),
                            name_of(Phase::prepare),
                            name_of(Phase::make),
                            name_of(Phase::exchange_1),
                            name_of(Phase::exchange_2),
                            name_of(Phase::check),
                            name_of(Phase::reopen),
                            name_of(Phase::close),
                            "open"sv,
                            "balance"sv,
                            "payout"sv,
                            "confirm"sv,
                            "drain"sv,
                            "call"sv};
constexpr std::string_view blanks = " \t\r\n";

struct Word {
  std::string_view text;
  std::size_t at = 0;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = text.find_first_not_of(blanks); at != text.npos;
       at = text.find_first_not_of(blanks, at)) {
    const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
    words.push_back({text.substr(at, end - at), at});
    at = end;
  }
  return words;
}

bool is_keyword(std::string_view word) {
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

std::string wrong_name(std::string_view what, std::string_view value,
                       std::span<const std::string_view> known) {
  return "names no " + std::string(what) + ": " + in_quotes(value) + ", " +
         did_you_mean(value, known);
}

// Takes one key with its value; what is wrong with it otherwise.
std::optional<std::string> read_pair(std::string_view key, std::string_view value,
                                     Selection& selection) {
  if (key == "role") {
    for (const Role role : all_roles)
      if (name_of(role) == value) selection.role = role;
    constexpr std::array names{name_of(Role::buyer), name_of(Role::vendor), name_of(Role::arbiter)};
    return selection.role ? std::nullopt : std::optional(wrong_name(key, value, names));
  }
  if (key == "phase") {
    if (std::find(phases.begin(), phases.end(), value) == phases.end())
      return wrong_name("phase of calls", value, phases);
    selection.phase = value;
    return std::nullopt;
  }
  const auto time = parse_duration(value);
  if (const auto* what = std::get_if<std::string>(&time))
    return "has a wrong \"" + std::string(key) + "\": expected " + *what + ", found " +
           in_quotes(value);
  if (key == "from")
    selection.from = std::get<Duration>(time);
  else
    selection.until = std::get<Duration>(time);
  return std::nullopt;
}

}  // namespace

std::size_t Selection::begin_in(std::string_view text) {
  for (const Word& word : words_of(text))
    if (is_keyword(word.text)) return word.at;
  return text.npos;
}

std::variant<Selection, std::string> Selection::parse(std::string_view text) {
  Selection selection;
  std::vector<std::string_view> seen;
  const std::vector<Word> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string_view key = words[i].text;
    if (!is_keyword(key))
      return "has " + in_quotes(key) + " where one of role, phase, from or until was expected";
    if (std::find(seen.begin(), seen.end(), key) != seen.end())
      return "has " + in_quotes(key) + " twice";
    seen.push_back(key);
    if (i + 1 == words.size()) return "has nothing behind " + in_quotes(key);
    if (auto wrong = read_pair(key, words[i + 1].text, selection)) return std::move(*wrong);
  }
  if (selection.until && *selection.until <= selection.from)
    return "ends before it begins: \"until\" is to be later than \"from\"";
  return selection;
}

std::string selection_pattern() {
  std::string roles, phase_names;
  for (const Role role : all_roles) roles.append(roles.empty() ? "" : "|").append(name_of(role));
  for (const std::string_view phase : phases)
    phase_names.append(phase_names.empty() ? "" : "|").append(phase);
  std::string time = duration_form().pattern;
  time = time.substr(1, time.size() - 2);  // without its ^ and $
  return "(\\s+(role\\s+(" + roles + ")|phase\\s+(" + phase_names + ")|(from|until)\\s+" + time +
         "))*";
}

std::string Selection::text() const {
  std::string text;
  if (role) text.append(" role ").append(name_of(*role));
  if (!phase.empty()) text += " phase " + phase;
  if (from > Duration::zero()) text += " from " + duration_key_text(from);
  if (until) text += " until " + duration_key_text(*until);
  return text;
}

bool Selection::takes(const Event& event) const {
  const Duration at = event.at.time_since_epoch();
  return at >= from && (!until || at < *until) && (!role || event.role == role) &&
         (phase.empty() || event.phase == phase);
}

}  // namespace escrowstorm::sim
