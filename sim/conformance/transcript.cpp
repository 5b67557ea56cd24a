#include "sim/conformance/transcript.hpp"

#include <algorithm>
#include <climits>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/conformance/bounded_json.hpp"
#include "sim/conformance/matcher.hpp"
#include "sim/conformance/variables.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

constexpr std::size_t instances_max = 100;

// Reads one file and collects what is wrong with it.
class Reader {
 public:
  explicit Reader(std::string_view origin) : origin_(origin), place_(origin) {}

  Transcript read(const json& file);
  TranscriptErrors take_errors() { return std::move(errors_); }

  void complain(const std::string& what) { errors_.push_back(place_ + ": " + what); }

 private:
  bool only_keys(const json& object, std::initializer_list<std::string_view> allowed);
  std::string text(const json& object, const char* key, bool required);
  std::size_t count(const json& object, const char* key, std::size_t least, std::size_t most);
  void check_variables(const json& value);
  JsonValue read_params(const json& step);

  TranscriptStep read_step(const json& step);
  CallStep read_call(const json& step);
  void read_expect(const json& expect, CallStep& call);
  void read_save(const json& save, CallStep& call);
  DaemonStep read_daemon(const json& step);
  CompareStep read_compare(const json& step, const char* key);

  std::string origin_;
  std::string place_;
  std::size_t instances_ = 1;
  std::set<std::string> known_{std::string(run_variable), std::string(wallet_dir_variable)};
  TranscriptErrors errors_;
};

bool Reader::only_keys(const json& object, std::initializer_list<std::string_view> allowed) {
  if (!object.is_object()) {
    complain("is " + std::string(object.type_name()) + " where an object was expected");
    return false;
  }
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(allowed, key) == allowed.end()) complain("unknown key \"" + key + "\"");
  }
  return true;
}

std::string Reader::text(const json& object, const char* key, bool required) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_string()) return found->get<std::string>();
  if (found != object.end()) complain('"' + std::string(key) + "\" must be a text");
  if (found == object.end() && required) complain('"' + std::string(key) + "\" is missing");
  return {};
}

// `least` to `most`; a number of instances or of one of them.
std::size_t Reader::count(const json& object, const char* key, std::size_t least,
                          std::size_t most) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_number_unsigned()) {
    const auto value = found->get<std::uint64_t>();
    if (value >= least && value <= most) return static_cast<std::size_t>(value);
  }
  complain('"' + std::string(key) + "\" must be an integer from " + std::to_string(least) + " to " +
           std::to_string(most));
  return least;
}

void Reader::check_variables(const json& value) {
  for_each_variable(value, [this](const std::string& name) {
    if (!known_.contains(name)) complain("${" + name + "} is saved by no earlier step");
  });
}

JsonValue Reader::read_params(const json& step) {
  const auto params = std::make_shared<const json>(step.value("params", json::object()));
  check_variables(*params);
  return params;
}

void Reader::read_expect(const json& expect, CallStep& call) {
  if (!only_keys(expect, {"error", "result"})) return;
  if (expect.contains("error") == expect.contains("result")) {
    complain("\"expect\" needs either \"error\" or \"result\"");
    return;
  }
  if (const auto result = expect.find("result"); result != expect.end()) {
    if (!result->is_object()) complain("\"result\" must be an object");
    for (const std::string& wrong : matcher_errors(*result)) complain(wrong);
    check_variables(*result);
    call.result = std::make_shared<json>(*result);
    return;
  }
  const json& error = expect["error"];
  if (!only_keys(error, {"code", "message"})) return;
  const auto code = error.find("code");
  if (code == error.end() || !code->is_number_integer() || code->get<std::int64_t>() < INT_MIN ||
      code->get<std::int64_t>() > INT_MAX) {
    complain("\"code\" must be an integer");
    return;
  }
  call.error = walletrpc::RpcError{code->get<int>(), text(error, "message", true)};
  check_variables(call.error->message);
}

void Reader::read_save(const json& save, CallStep& call) {
  if (!save.is_object()) return complain("\"save\" must be an object");
  if (!call.result) complain("\"save\" needs an expected result");
  for (const auto& [name, key] : save.items()) {
    if (!is_variable_name(name) || !key.is_string()) {
      complain("\"save\" must name variables (letters, digits, _) and keys of the result");
      continue;
    }
    if (name == run_variable || name == wallet_dir_variable) {
      complain("${" + name + "} can't be saved, it is given");
    }
    call.save[name] = key.get<std::string>();
    known_.insert(name);
  }
}

CallStep Reader::read_call(const json& step) {
  only_keys(step, {"at", "call", "params", "expect", "save", "note", "recorded_ms"});
  CallStep call;
  call.at = count(step, "at", 0, instances_ - 1);
  call.method = text(step, "call", true);
  call.params = read_params(step);
  if (const auto expect = step.find("expect"); expect != step.end()) {
    read_expect(*expect, call);
  } else {
    complain("\"expect\" is missing");
  }
  if (const auto save = step.find("save"); save != step.end()) read_save(*save, call);
  return call;
}

DaemonStep Reader::read_daemon(const json& step) {
  only_keys(step, {"daemon", "params", "note", "recorded_ms"});
  return DaemonStep{text(step, "daemon", true), read_params(step)};
}

CompareStep Reader::read_compare(const json& step, const char* key) {
  only_keys(step, {key, "note"});
  CompareStep compare;
  compare.same = std::string_view(key) == "same";
  const json& values = step[key];
  if (!values.is_array() || values.size() < 2 ||
      !std::ranges::all_of(values, [](const json& v) { return v.is_string(); })) {
    complain('"' + std::string(key) + "\" must be an array of two or more texts");
    return compare;
  }
  check_variables(values);
  compare.values = values.get<std::vector<std::string>>();
  return compare;
}

TranscriptStep Reader::read_step(const json& step) {
  if (!step.is_object()) {
    complain("must be an object");
    return CallStep();
  }
  text(step, "note", false);  // for people
  if (step.contains("same")) return read_compare(step, "same");
  if (step.contains("differ")) return read_compare(step, "differ");
  if (step.contains("daemon")) return read_daemon(step);
  return read_call(step);
}

Transcript Reader::read(const json& file) {
  Transcript transcript;
  if (!only_keys(file, {"name", "about", "recorded_from", "instances", "steps"})) return transcript;
  transcript.name = text(file, "name", true);
  transcript.about = text(file, "about", false);
  transcript.recorded_from = text(file, "recorded_from", false);
  instances_ = transcript.instances = count(file, "instances", 1, instances_max);
  const auto steps = file.find("steps");
  if (steps == file.end() || !steps->is_array() || steps->empty()) {
    complain("\"steps\" must be an array of at least one step");
    return transcript;
  }
  for (std::size_t i = 0; i < steps->size(); ++i) {
    place_ = origin_ + ": step " + std::to_string(i + 1);
    transcript.steps.push_back(read_step((*steps)[i]));
  }
  return transcript;
}

}  // namespace

bool makes_blocks(const Transcript& transcript) {
  return std::ranges::any_of(transcript.steps, [](const TranscriptStep& step) {
    return std::holds_alternative<DaemonStep>(step);
  });
}

bool uses_variable(const CallStep& call, std::string_view name) {
  bool found = false;
  const auto look = [&](const std::string& used) { found = found || used == name; };
  for_each_variable(*call.params, look);
  if (call.result) for_each_variable(*call.result, look);
  if (call.error) for_each_variable(call.error->message, look);
  return found;
}

std::variant<Transcript, TranscriptErrors> read_transcript(std::string_view text,
                                                           std::string_view origin) {
  Reader reader(origin);
  const auto parsed = parse_bounded_json(text);
  Transcript transcript;
  if (const auto* why = std::get_if<std::string>(&parsed)) {
    reader.complain(*why);
  } else {
    transcript = reader.read(std::get<json>(parsed));
  }
  TranscriptErrors errors = reader.take_errors();
  if (!errors.empty()) return errors;
  return transcript;
}

}  // namespace escrowstorm::sim
