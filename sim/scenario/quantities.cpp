#include "sim/scenario/quantities.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace escrowstorm::sim {
namespace {

constexpr std::string_view duration_expected = R"(a duration such as "250ms", "10s", "2m" or "1h")";
constexpr std::string_view probability_expected = R"(a probability such as "5%" or "0.1%")";
constexpr std::string_view amount_expected = R"(an amount such as "0.003 XMR")";
constexpr std::string_view rate_expected =
    R"(a rate such as "5/s", "30/min" or "120/h", a whole number from 1 to 1000000)";
constexpr std::size_t digits_max = 18;  // so that 64 bits hold them

struct Unit {
  std::string_view name;
  std::int64_t ns;
};

// From large to small; of two names for one length the one to write comes first.
constexpr std::array units{Unit{"h", 3'600'000'000'000},
                           Unit{"m", 60'000'000'000},
                           Unit{"min", 60'000'000'000},
                           Unit{"s", 1'000'000'000},
                           Unit{"ms", 1'000'000},
                           Unit{"us", 1'000},
                           Unit{"ns", 1}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits that `text` begins with. Nothing when there are none or too many.
std::optional<std::string_view> take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  if (count == 0 || count > digits_max) return std::nullopt;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

std::int64_t whole_of(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// Takes a number such as "1.5" and gives it in `parts` of one: with 1000, 1500. Nothing when it is
// none, has more places than there are parts, or is more than `max` parts.
std::optional<std::int64_t> take_number(std::string_view& text, std::int64_t parts,
                                        std::int64_t max) {
  const auto digits = take_digits(text);
  if (!digits || whole_of(*digits) > max / parts) return std::nullopt;
  std::int64_t value = whole_of(*digits) * parts;
  if (!text.starts_with('.')) return value;
  text.remove_prefix(1);
  const auto places = take_digits(text);
  if (!places) return std::nullopt;
  for (const char c : *places) {
    const bool too_fine = parts == 0 || parts % 10 != 0;
    if (too_fine && c != '0') return std::nullopt;
    parts /= 10;
    value += (c - '0') * parts;
  }
  return value > max ? std::nullopt : std::optional(value);
}

// The unit begins behind digits and point.
std::optional<Unit> unit_of(std::string_view text) {
  const auto begin =
      std::find_if_not(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
  const std::string_view name(begin, text.end());
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const Unit& each) { return each.name == name; });
  return unit == units.end() ? std::nullopt : std::optional(*unit);
}

// "h|m|min": of the units that are no shorter than `least`.
std::string unit_names(std::int64_t least) {
  std::string names;
  for (const Unit& unit : units)
    if (unit.ns >= least) names.append(names.empty() ? "" : "|").append(unit.name);
  return names;
}

// Before a number that is not nothing.
constexpr std::string_view some = "(?=[0-9.]*[1-9])";

}  // namespace

std::variant<Duration, std::string> parse_duration(std::string_view text) {
  const auto unit = unit_of(text);
  if (!unit) return std::string(duration_expected);
  const std::size_t unit_length = unit->name.size();
  std::string_view number = text.substr(0, text.size() - unit_length);
  const auto ns = take_number(number, unit->ns, duration_max.count());
  if (!ns || !number.empty())
    return std::string(duration_expected) + ", of whole nanoseconds and at most 10000h";
  return Duration(*ns);
}

std::string duration_key_text(Duration d) {
  if (d == Duration::zero()) return "0s";
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [&](const Unit& each) { return d.count() % each.ns == 0; });
  return std::to_string(d.count() / unit->ns).append(unit->name);
}

std::variant<Rate, std::string> parse_rate(std::string_view text) {
  constexpr std::int64_t rate_max = 1'000'000;
  const auto count = take_number(text, 1, rate_max);
  if (!count || *count == 0 || !text.starts_with('/')) return std::string(rate_expected);
  text.remove_prefix(1);
  for (const Unit& unit : units) {
    const Duration per(unit.ns);
    if (unit.name == text && per >= std::chrono::seconds(1))
      return Rate{static_cast<std::uint32_t>(*count), per};
  }
  return std::string(rate_expected);
}

std::string rate_text(Rate rate) {
  const bool per_minute = rate.per == std::chrono::minutes(1);
  const std::string_view unit = rate.per == std::chrono::seconds(1) ? "s"
                                : per_minute                        ? "min"
                                                                    : "h";
  return std::to_string(rate.count) + "/" + std::string(unit);
}

std::variant<std::uint32_t, std::string> parse_probability(std::string_view text) {
  constexpr std::int64_t ppm_per_percent = ppm_whole / 100;
  std::string_view rest = text;
  const auto ppm = take_number(rest, ppm_per_percent, ppm_whole);
  if (!ppm || rest != "%" || *ppm == 0)
    return std::string(probability_expected) + ", from \"0.0001%\" to \"100%\"";
  return static_cast<std::uint32_t>(*ppm);
}

std::string probability_text(std::uint32_t ppm) {
  constexpr std::uint32_t ppm_per_percent = ppm_whole / 100;
  std::string text = std::to_string(ppm / ppm_per_percent);
  std::uint32_t rest = ppm % ppm_per_percent;
  if (rest > 0) text += '.';
  for (std::uint32_t place = ppm_per_percent / 10; rest > 0; place /= 10) {
    text += static_cast<char>('0' + rest / place);
    rest %= place;
  }
  return text + "%";
}

std::variant<Amount, std::string> parse_amount(std::string_view text) {
  constexpr std::int64_t per_xmr = Amount::per_xmr;
  constexpr std::int64_t xmr_max = 1'000'000;
  const auto units = take_number(text, per_xmr, per_xmr * xmr_max);
  if (!units || text != " XMR" || *units == 0)
    return std::string(amount_expected) + ", of whole atomic units (12 places)";
  return Amount::from_atomic(static_cast<std::uint64_t>(*units));
}

TextForm duration_form(Duration min) {
  const std::string not_nothing(min > Duration::zero() ? some : "");
  return {"^" + not_nothing + "[0-9]+([.][0-9]+)?(" + unit_names(1) + ")$",
          std::string(duration_expected)};
}

TextForm rate_form() {
  constexpr std::int64_t second = 1'000'000'000;
  return {"^0*([1-9][0-9]{0,5}|1000000)([.]0+)?/(" + unit_names(second) + ")$",
          std::string(rate_expected)};
}

TextForm probability_form() {
  return {"^" + std::string(some) + "0*(100([.]0+)?|[0-9]{1,2}([.][0-9]{1,4}0*)?)%$",
          std::string(probability_expected)};
}

TextForm amount_form() {
  return {"^" + std::string(some) + "0*([0-9]{1,6}|1000000)([.][0-9]{1,12}0*)? XMR$",
          std::string(amount_expected)};
}

std::string amount_text(Amount amount) {
  std::string text = std::to_string(amount.atomic() / Amount::per_xmr);
  std::uint64_t rest = amount.atomic() % Amount::per_xmr;
  if (rest > 0) text += '.';
  for (std::uint64_t place = Amount::per_xmr / 10; rest > 0; place /= 10) {
    text += static_cast<char>('0' + rest / place);
    rest %= place;
  }
  return text + " XMR";
}

}  // namespace escrowstorm::sim
