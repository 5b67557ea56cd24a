#include "sim/scenario/fault_reader.hpp"

#include <algorithm>
#include <variant>

#include "base/walletrpc/request.hpp"
#include "sim/faults/delay_spread.hpp"
#include "sim/faults/table.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/choice.hpp"
#include "sim/scenario/quantities.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t instance_max = 99'999;  // of the largest fleet
constexpr std::size_t wallet_bytes_max = 200;
constexpr std::uint64_t depth_max = 100;
constexpr std::uint64_t blocks_behind_max = 1'000;
constexpr Duration duration_min = std::chrono::milliseconds(1);
constexpr std::uint64_t bytes_max = 1'000'000;
constexpr std::uint64_t bandwidth_min = 100;
constexpr std::uint64_t bandwidth_max = 1'000'000'000;
constexpr unsigned status_min = 400;
constexpr unsigned status_max = 599;

constexpr std::string_view trigger_keys[] = {"method", "role",  "escrow",      "instance",
                                             "phase",  "nth",   "every_nth",   "first",
                                             "from",   "until", "probability", "at_most"};
// Those of a trigger that picks calls.
constexpr std::string_view call_keys[] = {"method", "role",      "escrow", "phase",
                                          "nth",    "every_nth", "first",  "probability"};

constexpr auto all_phases = [] {
  std::array<coordinator::Phase, coordinator::phase_count> phases{};
  for (std::size_t i = 0; i < phases.size(); ++i) phases[i] = static_cast<coordinator::Phase>(i);
  return phases;
}();

bool contains(std::span<const std::string_view> keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string listed(std::span<const std::string_view> keys) {
  std::string text;
  for (const std::string_view key : keys) text.append(text.empty() ? "" : ", ").append(key);
  return text;
}

std::string any_of_call_keys() {
  std::string text = listed(call_keys);
  text.replace(text.rfind(", "), 2, " or ");
  return text;
}

class FaultReader {
 public:
  FaultReader(const JsonNode& item, const std::string& path, Findings& findings)
      : item_(item), path_(path), section_(&item, path, findings), findings_(findings) {}

  // Without a fault's name nothing can be said of the other keys.
  FaultSpec read() {
    if (!std::holds_alternative<JsonNode::Object>(item_.value)) return std::move(spec_);
    section_.require("fault", "a fault's name such as \"slow_reply\"");
    section_.read("fault", spec_.fault);
    section_.note_names("fault", names_in(fault_kinds()));
    section_.note_decider("fault");
    kind_ = find_fault_kind(spec_.fault);
    if (kind_) {
      spec_.parameters = kind_->defaults();
      read_parameters();
      read_trigger();
      check_together();
      refuse_keys_of_others();
      section_.finish();
    } else if (const JsonNode* name = section_.find("fault");
               name && std::holds_alternative<std::string>(name->value)) {
      section_.complain("fault", no_such("fault", spec_.fault, names_in(fault_kinds())));
    }
    return std::move(spec_);
  }

 private:
  bool has_key(std::string_view key) const { return contains(kind_->keys, key); }

  void read_parameters() {
    FaultParameters& p = spec_.parameters;
    for (const std::string_view key : kind_->required) section_.require(key, what_is(key));
    if (has_key("delay")) section_.read("delay", p.delay);
    if (has_key("spread")) read_spread();
    if (has_key("bytes")) section_.read("bytes", p.bytes, 1, bytes_max);
    if (has_key("pause")) section_.read("pause", p.pause, duration_min);
    if (has_key("bytes_per_second"))
      section_.read("bytes_per_second", p.bytes_per_second, bandwidth_min, bandwidth_max);
    if (has_key("then")) read_choice(section_, "then", "end of a lost call", all_lost_by, p.then);
    if (has_key("code")) section_.read_code("code", p.code);
    if (has_key("status")) section_.read("status", p.status, status_min, status_max);
    if (has_key("message")) section_.read("message", p.message);
    if (has_key("when")) read_choice(section_, "when", "moment", kind_->moments, p.when);
    if (has_key("restart_after")) section_.read("restart_after", p.restart_after);
    if (has_key("resume_after")) section_.read("resume_after", p.resume_after);
    if (has_key("wallet")) read_wallet();
    if (has_key("lasts")) section_.read("lasts", p.lasts, duration_min);
    if (has_key("by")) section_.read("by", p.lasts, duration_min);
    if (has_key("depth")) section_.read("depth", p.depth, 1, depth_max);
    if (has_key("blocks")) section_.read("blocks", p.blocks, 1, blocks_behind_max);
    if (has_key("file")) read_choice(section_, "file", "file", faulty_files, p.file);
  }

  static std::string_view what_is(std::string_view key) {
    if (key == "delay") return "a duration such as \"2s\"";
    if (key == "by") return "a duration such as \"90s\"";
    if (key == "bytes_per_second") return "a whole number such as 1000";
    if (key == "code") return "an error code, such as -1";
    if (key == "message") return "the error's text";
    if (key == "status") return "an HTTP status of an error, such as 502";
    return "the name of a wallet file";
  }

  void read_spread() {
    FaultParameters& p = spec_.parameters;
    read_choice(section_, "spread", "spread", all_spreads, p.spread);
    std::optional<Duration> up_to;
    section_.read("up_to", up_to);
    p.up_to = up_to.value_or(p.up_to);
    note_spread();
    if (p.spread == Spread::fixed) {
      if (section_.has("up_to"))
        section_.complain("up_to", "is for a spread of uniform, lognormal or spike");
      return;
    }
    section_.require("up_to", "a duration such as \"10s\"");
    if (!section_.has("up_to")) return;
    if (p.up_to < p.delay)
      section_.complain("up_to", "expected at least \"delay\", " + duration_key_text(p.delay));
    if (p.spread == Spread::lognormal && p.up_to / lognormal_ratio_max > p.delay)
      section_.complain("up_to", "expected no more than " + std::to_string(lognormal_ratio_max) +
                                     " times \"delay\"");
  }

  void note_spread() {
    std::vector<std::string> spread;
    for (const Spread each : all_spreads)
      if (each != Spread::fixed) spread.emplace_back(name_of(each));
    section_.note_rule(
        {"spread", {std::string(name_of(Spread::fixed))}, true, KeyRule::Count::none, {"up_to"}});
    section_.note_rule({"spread", spread, false, KeyRule::Count::exactly_one, {"up_to"}});
  }

  void read_wallet() {
    std::string& wallet = spec_.parameters.wallet;
    section_.read("wallet", wallet);
    section_.note_form(
        "wallet", {"^(?![.]{1,2}$)[^/\\x00-\\x1f]{1," + std::to_string(wallet_bytes_max) + "}$",
                   "the name of a wallet file"});
    const JsonNode* node = section_.find("wallet");
    const auto* text = node ? std::get_if<std::string>(&node->value) : nullptr;
    if (!text) return;
    const bool plain = std::none_of(text->begin(), text->end(), [](char c) {
      return c == '/' || static_cast<unsigned char>(c) < ' ';
    });
    const bool is_name = !text->empty() && *text != "." && *text != "..";
    if (!is_name || !plain || text->size() > wallet_bytes_max)
      section_.complain("wallet", "expected the name of a wallet file, found " + in_quotes(*text));
  }

  void read_trigger() {
    FaultTrigger& t = spec_.trigger;
    const auto known = walletrpc::method_names();
    each_text("method", "method", known, [&](const std::string& text) {
      if (!contains(known, text)) return no_such("method", text, known);
      t.methods.push_back(text);
      return std::string();
    });
    each_text("role", "role", names_of(all_roles), [&](const std::string& text) {
      const auto role = value_named(text, all_roles);
      if (!role) return no_such("role", text, names_of(all_roles));
      t.roles.push_back(*role);
      return std::string();
    });
    each_number("escrow", UINT64_MAX, [&](std::uint64_t n) { t.escrows.push_back(n); });
    each_number("instance", instance_max,
                [&](std::uint64_t n) { t.instances.push_back(static_cast<std::uint32_t>(n)); });
    each_text("phase", "phase", names_of(all_phases), [&](const std::string& text) {
      const auto phase = value_named(text, all_phases);
      if (!phase) return no_such("phase of an escrow", text, names_of(all_phases));
      t.phases.push_back(*phase);
      return std::string();
    });
    read_optional("nth", t.nth);
    read_optional("every_nth", t.every_nth);
    read_optional("first", t.first);
    read_optional("at_most", t.at_most);
    section_.read("from", t.from);
    section_.read("until", t.until);
    if (kind_->acts_on_world()) section_.read("every", t.every, duration_min);
    section_.read_probability("probability", t.probability_ppm);
  }

  // What is wrong only beside another key.
  void check_together() {
    const FaultTrigger& t = spec_.trigger;
    if (t.until && *t.until <= t.from)
      section_.complain("until", "expected later than \"from\", " + duration_key_text(t.from));
    if (kind_->target == FaultTarget::commit) refuse_calls();
    if (!kind_->acts_on_world()) return;
    const std::string at_a_time =
        "is for what acts at a time; with " + any_of_call_keys() + " it acts on calls";
    if (!kind_->only_method.empty()) {
      section_.refuse("method", "is always " + std::string(kind_->only_method) + " here");
      section_.refuse("every", at_a_time);
      return;
    }
    section_.refuse_beside("every", call_keys, at_a_time);
    if (has_key("when"))
      section_.refuse_without("when", call_keys,
                              "is for what acts on a call, which " + any_of_call_keys() + " picks");
    if (kind_->target != FaultTarget::instance)
      section_.refuse_without("instance", call_keys,
                              "picks calls, together with " + any_of_call_keys() + ": " +
                                  std::string(without_instance()));
  }

  std::string_view without_instance() const {
    if (kind_->target == FaultTarget::coordinator) return "the coordinator has no instance";
    if (kind_->target == FaultTarget::wallet) return "a wallet file is in no instance";
    return "all instances have one daemon and one chain";
  }

  void refuse_calls() {
    for (const std::string_view key : {"method", "role", "instance", "phase"})
      section_.refuse(key, "picks calls; " + spec_.fault +
                               " acts on commits, which escrow, nth, every_nth, first and "
                               "probability pick");
  }

  // Close to a key that this fault has they would read as a misspelling of it.
  void refuse_keys_of_others() {
    for (const JsonMember& member : std::get<JsonNode::Object>(item_.value)) {
      const std::string_view key = member.key;
      if (contains(kind_->keys, key) || !is_key_of_any(key)) continue;
      if (key == "every" && kind_->acts_on_world()) continue;
      section_.find(key);
      const std::string_view every = kind_->acts_on_world() ? ", every" : "";
      findings_.add(member.place, path_ + "." + member.key,
                    "is no key of " + spec_.fault + ", which has " + own_keys() +
                        "; and of its trigger " + listed(trigger_keys).append(every));
    }
  }

  std::string own_keys() const {
    return kind_->keys.empty() ? "none of its own" : listed(kind_->keys);
  }

  static bool is_key_of_any(std::string_view key) {
    const auto has = [key](const FaultKind& kind) { return contains(kind.keys, key); };
    return key == "every" || std::any_of(fault_kinds().begin(), fault_kinds().end(), has);
  }

  // `take` says what is wrong with a text, or nothing.
  void each_text(std::string_view key, const std::string& what,
                 std::span<const std::string_view> known,
                 const std::function<std::string(const std::string&)>& take) {
    section_.note_names(key, known);
    section_.read_one_or_list(key, [&](const JsonNode& item, const std::string& path) {
      const auto* text = std::get_if<std::string>(&item.value);
      if (!text) return section_.expected(item, path, "a " + what + "'s name");
      const std::string wrong = take(*text);
      if (!wrong.empty()) findings_.add(item.place, path, wrong);
    });
  }

  void each_number(std::string_view key, std::uint64_t max,
                   const std::function<void(std::uint64_t)>& take) {
    section_.note_whole(key, max);
    section_.read_one_or_list(key, [&](const JsonNode& item, const std::string& path) {
      const auto* number = std::get_if<std::uint64_t>(&item.value);
      if (number && *number <= max) return take(*number);
      section_.expected(item, path, "a whole number from 0 to " + std::to_string(max));
    });
  }

  void read_optional(std::string_view key, std::optional<std::uint64_t>& out) {
    section_.read(key, out, 1, UINT64_MAX, "they count from one");
  }

  const JsonNode& item_;
  const std::string& path_;
  SectionReader section_;
  Findings& findings_;
  const FaultKind* kind_ = nullptr;
  FaultSpec spec_;
};

}  // namespace

void read_faults(SectionReader& section, std::string_view key, Findings& findings,
                 std::vector<FaultSpec>& out) {
  section.read_list(key, [&](const JsonNode& item, const std::string& path) {
    out.push_back(FaultReader(item, path, findings).read());
  });
}

}  // namespace escrowstorm::sim
