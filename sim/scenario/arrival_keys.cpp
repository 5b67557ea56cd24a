#include "sim/scenario/arrival_keys.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/report/wording.hpp"
#include "sim/scenario/arrival_times.hpp"
#include "sim/scenario/choice.hpp"
#include "sim/scenario/named_path.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/storm/arrivals/table.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr Duration shortest = std::chrono::milliseconds(1);

std::string_view what_is(std::string_view key) {
  if (key == "size") return "how many come at once";
  if (key == "file") return "the path of a file of times";
  if (key == "every" || key == "over") return "a duration such as \"10m\"";
  return "a rate such as \"30/min\"";
}

void read_file(SectionReader& section, const fs::path& folder, ArrivalSpec& spec) {
  section.read("file", spec.file);
  const JsonNode* node = section.find("file");
  if (!node || spec.file.empty()) return;
  spec.file = path_in(folder, spec.file, *node);
  auto times = load_arrival_times(spec.file);
  if (const auto* wrong = std::get_if<std::string>(&times))
    section.complain("file", *wrong);
  else
    spec.times = std::get<std::vector<Duration>>(std::move(times));
}

void read_key(SectionReader& section, std::string_view key, const fs::path& folder,
              ArrivalSpec& spec) {
  if (key == "think_time") section.read(key, spec.think_time);
  if (key == "rate") section.read(key, spec.rate);
  if (key == "from") section.read(key, spec.from);
  if (key == "to") section.read(key, spec.to);
  if (key == "over") section.read(key, spec.over, shortest);
  if (key == "size") section.read(key, spec.size, 1, escrows_max);
  if (key == "every") section.read(key, spec.every, shortest);
  if (key == "file") read_file(section, folder, spec);
}

Json key_json(const ArrivalSpec& spec, std::string_view key) {
  if (key == "think_time") return duration_key_text(spec.think_time);
  if (key == "rate") return rate_text(spec.rate);
  if (key == "from") return rate_text(spec.from);
  if (key == "to") return rate_text(spec.to);
  if (key == "over") return duration_key_text(spec.over);
  if (key == "size") return spec.size;
  if (key == "every") return duration_key_text(spec.every);
  return spec.file;
}

// Nothing when something was wrong, which is said then.
const ArrivalKind* read_kind(SectionReader& section, const fs::path& folder, Findings& findings,
                             ArrivalSpec& spec) {
  const std::size_t wrong_before = findings.size();
  section.read("kind", spec.kind);
  section.note_names("kind", names_in(arrival_kinds()));
  section.note_decider("kind");
  const ArrivalKind* kind = find_arrival_kind(spec.kind);
  if (!kind) {
    section.complain("kind", no_such("kind of arrivals", spec.kind, names_in(arrival_kinds())));
    return nullptr;
  }
  for (const std::string_view key : kind->required) section.require(key, what_is(key));
  for (const std::string_view key : kind->keys) read_key(section, key, folder, spec);
  section.finish();
  return findings.size() == wrong_before ? kind : nullptr;
}

// Where a rate says how many come, exactly one of "escrows" and "duration" says when it is over;
// elsewhere no duration does.
void note_rules(SectionReader& section) {
  std::vector<std::string> paced, others;
  for (const ArrivalKind& kind : arrival_kinds())
    (kind.pace ? paced : others).emplace_back(kind.name);
  section.note_rule(
      {"arrivals.kind", paced, false, KeyRule::Count::exactly_one, {"duration", "escrows"}});
  section.note_rule({"arrivals.kind", others, true, KeyRule::Count::none, {"duration"}});
}

// How many escrows there are: said by "escrows", or followed from a rate and "duration".
class EscrowsReader {
 public:
  EscrowsReader(SectionReader& section, Findings& findings, StormSection& storm)
      : section_(section), findings_(findings), storm_(storm) {}

  Duration read(const ArrivalKind* kind) {
    const std::size_t wrong_before = findings_.size();
    section_.read("escrows", storm_.escrows, 1, escrows_max);
    section_.read("duration", duration_, shortest);
    note_rules(section_);
    if (kind && findings_.size() == wrong_before) settle(*kind);
    return duration_.value_or(Duration::zero());
  }

 private:
  void settle(const ArrivalKind& kind) {
    const bool is_said = section_.has("escrows");
    if (kind.pace) {
      settle_paced(is_said);
    } else if (duration_) {
      section_.complain("duration", "no number of escrows follows from it: \"" +
                                        storm_.arrivals.kind + "\" arrivals have no rate");
    } else if (kind.is_open()) {
      settle_replayed(is_said);
    }
  }

  void settle_paced(bool is_said) {
    if (!is_said && !duration_) {
      section_.complain("arrivals", "missing beside it: \"duration\" or \"escrows\"");
    } else if (duration_ && is_said && !said_by_option()) {
      section_.complain("duration", "give this or \"escrows\": either says how many there are");
    } else if (!is_said) {
      const std::uint64_t due = arrivals_within(storm_.arrivals, *duration_, escrows_max);
      if (due > escrows_max)
        section_.complain(
            "duration", "makes more than " + std::to_string(escrows_max) + " escrows at this rate");
      storm_.escrows = static_cast<std::uint32_t>(due);
    } else if (arrivals_within(storm_.arrivals, duration_max, storm_.escrows) < storm_.escrows) {
      section_.complain("escrows",
                        "the last would come after more than " + duration_key_text(duration_max));
    }
  }

  // All of the file's, or the first so many.
  void settle_replayed(bool is_said) {
    const std::size_t count = storm_.arrivals.times.size();
    if (!is_said) {
      storm_.escrows = static_cast<std::uint32_t>(count);
    } else if (storm_.escrows > count) {
      section_.complain("escrows", "the file of times has only " + std::to_string(count));
    }
  }

  // On the command line it wins.
  bool said_by_option() const { return section_.find("escrows")->place.option != 0; }

  SectionReader& section_;
  Findings& findings_;
  StormSection& storm_;
  std::optional<Duration> duration_;
};

}  // namespace

Duration read_arrivals(SectionReader& storm_section, const fs::path& folder, Findings& findings,
                       StormSection& storm) {
  SectionReader section = storm_section.section("arrivals");
  const ArrivalKind* kind = read_kind(section, folder, findings, storm.arrivals);
  return EscrowsReader(storm_section, findings, storm).read(kind);
}

Json arrivals_json(const ArrivalSpec& spec) {
  Json out;
  out["kind"] = spec.kind;
  for (const std::string_view key : find_arrival_kind(spec.kind)->keys)
    out[std::string(key)] = key_json(spec, key);
  return out;
}

}  // namespace escrowstorm::sim
