#include "mockrpc/latency/profile_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>

namespace escrowstorm::mockrpc {
namespace {

using nlohmann::json;

constexpr double longest_ms = 3'600'000;
static_assert(std::chrono::duration<double, std::milli>(LatencyFigures::longest).count() ==
              longest_ms);

// The first fault found, as "place: what is wrong". One object reads one file.
class Reader {
 public:
  explicit Reader(std::string_view origin) : origin_(origin) {}

  std::variant<ProfileFile, ProfileError> read(const json& document) {
    ProfileFile file;
    if (!read_file(document, file))
      return ProfileError{"latency profile " + std::string(origin_) + ": " + fault_};
    return file;
  }

 private:
  bool read_file(const json& document, ProfileFile& file) {
    if (!document.is_object()) return fail("", "expected an object with \"unit\" and \"methods\"");
    if (!only_keys(document, "", {"label", "unit", "based_on", "methods", "startup_ms", "rss_kib"}))
      return false;
    const auto unit = document.find("unit");
    if (unit == document.end() || *unit != "ms") return fail("unit", "expected \"ms\"");
    if (!read_based_on(document, file)) return false;
    const auto methods = document.find("methods");
    if (methods == document.end() || !methods->is_object() || methods->empty())
      return fail("methods", "expected an object with at least one method");
    for (const auto& [method, entry] : methods->items())
      if (!read_entry(entry, "methods." + printable(method), file.methods[method])) return false;
    return true;
  }

  bool read_based_on(const json& document, ProfileFile& file) {
    const auto based_on = document.find("based_on");
    if (based_on == document.end()) return true;
    if (*based_on != "measured" && *based_on != "measured-ssl")
      return fail("based_on", "expected \"measured\" or \"measured-ssl\"");
    file.based_on = based_on->get<std::string>();
    return true;
  }

  bool read_entry(const json& entry, const std::string& place, ProfileEntry& out) {
    if (!entry.is_object()) return fail(place, "expected an object with at least \"p50\"");
    if (!only_keys(entry, place, {"n", "min", "p50", "p90", "p99", "max", "cpu_p50", "samples"}))
      return false;
    if (!entry.contains("p50")) return fail(place + ".p50", "is missing, expected milliseconds");
    LatencyFigures& f = out.figures;
    Duration computing{};
    // What is not said is what the next smaller percentile says; the least is the median.
    return read_ms(entry, "p50", place, Duration::zero(), f.p50) &&
           read_ms(entry, "min", place, f.p50, f.min) &&
           read_ms(entry, "p90", place, f.p50, f.p90) &&
           read_ms(entry, "p99", place, f.p90, f.p99) &&
           read_ms(entry, "max", place, f.p99, f.max) && check_order(f, place) &&
           read_ms(entry, "cpu_p50", place, f.p50, computing) && read_samples(entry, place, f) &&
           set_computing(entry, computing, out);
  }

  bool check_order(const LatencyFigures& f, const std::string& place) {
    const std::array<std::pair<const char*, Duration>, 5> figures{
        {{"min", f.min}, {"p50", f.p50}, {"p90", f.p90}, {"p99", f.p99}, {"max", f.max}}};
    for (std::size_t i = 1; i < figures.size(); ++i)
      if (figures[i].second < figures[i - 1].second)
        return fail(place + "." + figures[i].first,
                    std::string("is less than ") + figures[i - 1].first +
                        ", expected min <= p50 <= p90 <= p99 <= max");
    return true;
  }

  bool read_samples(const json& entry, const std::string& place, LatencyFigures& f) {
    const auto samples = entry.find("samples");
    if (samples != entry.end()) {
      if (!samples->is_array())
        return fail(place + ".samples", "expected an array of milliseconds");
      f.samples.reserve(samples->size());
      for (const json& sample : *samples) {
        const auto ms = to_duration(sample);
        if (!ms)
          return fail(place + ".samples[" + std::to_string(f.samples.size()) + "]",
                      number_expected());
        f.samples.push_back(*ms);
      }
    }
    const auto n = entry.find("n");
    if (n == entry.end()) return true;
    if (!n->is_number_unsigned() || *n == 0)
      return fail(place + ".n", "expected a whole number, at least 1");
    if (samples != entry.end() && *n != samples->size())
      return fail(place + ".n",
                  "is not the number of samples, expected " + std::to_string(samples->size()));
    return true;
  }

  bool set_computing(const json& entry, Duration computing, ProfileEntry& out) {
    out.computing_known = entry.contains("cpu_p50");
    const Duration median = out.figures.p50;
    if (median > Duration::zero())
      out.figures.computing_permille =
          static_cast<std::uint32_t>(std::min<std::int64_t>(computing * 1000 / median, 1000));
    return true;
  }

  bool read_ms(const json& entry, const char* key, const std::string& place, Duration otherwise,
               Duration& out) {
    const auto value = entry.find(key);
    if (value == entry.end()) {
      out = otherwise;
      return true;
    }
    const auto ms = to_duration(*value);
    if (!ms) return fail(place + "." + key, number_expected());
    out = *ms;
    return true;
  }

  static std::optional<Duration> to_duration(const json& value) {
    if (!value.is_number()) return std::nullopt;
    const double ms = value.get<double>();
    if (!(ms >= 0 && ms <= longest_ms)) return std::nullopt;
    return Duration(std::llround(ms * 1e6));
  }

  static std::string number_expected() { return "expected milliseconds, 0 to 3600000"; }

  bool only_keys(const json& object, const std::string& place,
                 std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.items()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      std::string expected;
      for (const auto name : known) expected.append(expected.empty() ? "" : ", ").append(name);
      return fail((place.empty() ? "" : place + ".") + printable(key),
                  "unknown key, expected one of " + expected);
    }
    return true;
  }

  // A key of the file, safe to print in one line.
  static std::string printable(std::string_view key) {
    constexpr std::size_t bytes_max = 60;
    std::size_t end = std::min(key.size(), bytes_max);
    while (end < key.size() && (key[end] & 0xc0) == 0x80) --end;  // not within a UTF-8 character
    std::string shown(key.substr(0, end));
    for (char& c : shown)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    return end < key.size() ? shown + "..." : shown;
  }

  bool fail(const std::string& place, const std::string& what) {
    fault_ = place.empty() ? what : place + ": " + what;
    return false;
  }

  std::string_view origin_;
  std::string fault_;
};

// nlohmann's "[json.exception.parse_error.101] parse error at line 1, column 2: ...", without its
// own name and with nothing that breaks the line.
std::string reason_of(const json::exception& error) {
  std::string text = error.what();
  const auto end = text.find("] ");
  if (end != text.npos) text.erase(0, end + 2);
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) c = ' ';
  return text;
}

}  // namespace

std::variant<ProfileFile, ProfileError> read_profile(std::string_view text,
                                                     std::string_view origin) {
  json document;
  try {
    document = json::parse(text);
  } catch (const json::exception& error) {
    return ProfileError{"latency profile " + std::string(origin) +
                        ": is no JSON: " + reason_of(error)};
  }
  return Reader(origin).read(document);
}

}  // namespace escrowstorm::mockrpc
