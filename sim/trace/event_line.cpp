#include "sim/trace/event_line.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

// A line as it grows, in room that was made for all of it before: some thirty pieces a line, and
// there is one for every call of a storm.
class Line {
 public:
  explicit Line(char* begin) : end_(begin) {}

  const char* end() const { return end_; }

  void raw(std::string_view bytes) { end_ = std::copy(bytes.begin(), bytes.end(), end_); }

  void whole(std::int64_t value) { end_ = std::to_chars(end_, end_ + whole_chars, value).ptr; }

  // Nanoseconds as milliseconds with all their places, without needless zeros: "1234.5".
  void ms(Duration d) {
    constexpr std::int64_t ns_per_ms = 1'000'000;
    std::int64_t ns = d.count();
    if (ns < 0) {
      raw("-");
      ns = -ns;
    }
    whole(ns / ns_per_ms);
    std::int64_t rest = ns % ns_per_ms;
    if (rest == 0) return;
    raw(".");
    for (std::int64_t place = ns_per_ms / 10; rest > 0; place /= 10) {
      *end_++ = static_cast<char>('0' + rest / place);
      rest %= place;
    }
  }

  // Takes no more than text_chars(text).
  void text(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
      return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
    });
    if (plain) {
      raw("\"");
      raw(text);
      raw("\"");
    } else {
      raw(json(text).dump(-1, ' ', false, json::error_handler_t::replace));
    }
  }

  static std::size_t text_chars(std::string_view text) {
    constexpr std::size_t escaped = 6;  // "\u0000"
    return 2 + escaped * text.size();
  }

 private:
  static constexpr std::size_t whole_chars = 20;

  char* end_;
};

// Of all but the texts: keys, numbers and fixed words.
constexpr std::size_t rest_chars_max = 512;

std::size_t room_for(const Event& event) {
  return rest_chars_max + Line::text_chars(event.phase) + Line::text_chars(event.wallet) +
         Line::text_chars(event.method) + Line::text_chars(event.message);
}

std::optional<EventKind> kind_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(EventKind::fault); ++i)
    if (const auto kind = static_cast<EventKind>(i); name_of(kind) == name) return kind;
  return std::nullopt;
}

// The members of one line, each taken with the type it must have; remembers what was wrong.
class Members {
 public:
  explicit Members(const json& line) : line_(line) {}

  template <class Whole>
  void whole(std::string_view key, Whole& out) {
    take(key, &json::is_number_integer, "a whole number", [&](const json& value) {
      const bool fits = value.is_number_unsigned()
                            ? value.get<std::uint64_t>() <=
                                  static_cast<std::uint64_t>(std::numeric_limits<Whole>::max())
                            : value.get<std::int64_t>() >=
                                  static_cast<std::int64_t>(std::numeric_limits<Whole>::min());
      if (!fits) return wrong(key, "a number in range");
      out = value.get<Whole>();
    });
  }
  template <class Whole>
  void whole(std::string_view key, std::optional<Whole>& out) {
    if (!line_.contains(key)) return;
    Whole value{};
    whole(key, value);
    out = value;
  }
  void text(std::string_view key, std::string& out) {
    take(key, &json::is_string, "a string",
         [&](const json& value) { out = value.get_ref<const std::string&>(); });
  }
  void flag(std::string_view key, bool& out) {
    take(key, &json::is_boolean, "true or false", [&](const json& value) { out = value; });
  }
  void ms(std::string_view key, Duration& out) {
    constexpr double ns_max = 9e18;  // 285 years
    take(key, &json::is_number, "a number", [&](const json& value) {
      const double ns = value.get<double>() * 1e6;
      if (!(std::abs(ns) < ns_max)) return wrong(key, "a number in range");
      out = Duration(std::llround(ns));
    });
  }

  void wrong(std::string_view key, std::string_view expected) {
    if (error.empty()) error = std::string(key) + ": expected " + std::string(expected);
  }

  std::string error;

 private:
  template <class Use>
  void take(std::string_view key, bool (json::*is)() const noexcept, std::string_view expected,
            Use use) {
    const auto member = line_.find(key);
    if (member == line_.end()) return;
    if (((*member).*is)()) {
      use(*member);
    } else {
      wrong(key, expected);
    }
  }

  const json& line_;
};

}  // namespace

void append_event_line(std::string& out, std::uint64_t seq, const Event& event) {
  const std::size_t begin = out.size();
  out.resize(begin + room_for(event));
  Line line(out.data() + begin);
  line.raw("{\"seq\":");
  line.whole(static_cast<std::int64_t>(seq));
  line.raw(",\"t_ms\":");
  line.ms(event.at.time_since_epoch());
  line.raw(",\"kind\":");
  line.text(name_of(event.kind));
  line.raw(",\"phase\":");
  line.text(event.phase);
  if (event.escrow) {
    line.raw(",\"escrow\":");
    line.whole(static_cast<std::int64_t>(*event.escrow));
  }
  if (event.role) {
    line.raw(",\"role\":");
    line.text(name_of(*event.role));
  }
  if (event.instance) {
    line.raw(",\"instance\":");
    line.whole(*event.instance);
  }
  if (!event.wallet.empty()) {
    line.raw(",\"wallet\":");
    line.text(event.wallet);
  }
  if (!event.method.empty()) {
    line.raw(",\"method\":");
    line.text(event.method);
  }
  line.raw(event.ok ? ",\"ok\":true" : ",\"ok\":false");
  if (event.code != 0) {
    line.raw(",\"code\":");
    line.whole(event.code);
  }
  if (!event.message.empty()) {
    line.raw(",\"message\":");
    line.text(event.message);
  }
  if (event.injected) line.raw(",\"injected\":true");
  if (event.duration != Duration::zero() || event.kind == EventKind::rpc) {
    line.raw(",\"duration_ms\":");
    line.ms(event.duration);
  }
  line.raw("}\n");
  out.resize(static_cast<std::size_t>(line.end() - out.data()));
}

std::variant<TracedEvent, std::string> EventLineReader::read(std::string_view line) {
  const json parsed = json::parse(line, nullptr, false);
  if (!parsed.is_object()) return std::string("is no JSON object");

  TracedEvent traced;
  Event& event = traced.event;
  Members members(parsed);
  std::string kind, phase, role, method;
  Duration at{};
  members.whole("seq", traced.seq);
  members.ms("t_ms", at);
  members.text("kind", kind);
  members.text("phase", phase);
  members.whole("escrow", event.escrow);
  members.text("role", role);
  members.whole("instance", event.instance);
  members.text("wallet", event.wallet);
  members.text("method", method);
  members.flag("ok", event.ok);
  members.whole("code", event.code);
  members.text("message", event.message);
  members.flag("injected", event.injected);
  members.ms("duration_ms", event.duration);

  const auto known = kind_named(kind);
  if (!known) members.wrong("kind", "one of rpc, escrow, lease, chain, store, fault");
  for (const Role each : all_roles)
    if (name_of(each) == role) event.role = each;
  if (!role.empty() && !event.role) members.wrong("role", "buyer, vendor or arbiter");
  if (!members.error.empty()) return members.error;

  event.at = TimePoint(at);
  event.kind = *known;
  event.phase = *names_.insert(std::move(phase)).first;
  event.method = *names_.insert(std::move(method)).first;
  return traced;
}

}  // namespace escrowstorm::sim
