#include "tests/differential/normalizer.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <regex>

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

// Seconds since 1970, of this century; heights and amounts under other keys are no times.
bool is_time(const std::string& key, const json& value) {
  constexpr std::uint64_t first = 1'600'000'000;
  constexpr std::uint64_t last = 4'000'000'000;
  return key.find("timestamp") != key.npos && value.is_number_unsigned() &&
         value.get<std::uint64_t>() >= first && value.get<std::uint64_t>() < last;
}

// 25 words of a seed.
bool is_seed(const std::string& text) {
  return std::ranges::count(text, ' ') == 24 &&
         std::ranges::all_of(text, [](char c) { return c == ' ' || (c >= 'a' && c <= 'z'); });
}

constexpr std::size_t blob_chars_min = 1000;

// The real one keeps what it sent in hash tables, and lists it in their order.
bool is_in_order_of_hashes(const std::string& key, const json& value) {
  return value.is_array() && (key == "out" || key == "pending" || key == "failed");
}

bool is_before(const json& a, const json& b) {
  const auto height_and_amount = [](const json& transfer) {
    return std::pair(transfer.value("height", json()), transfer.value("amount", json()));
  };
  return height_and_amount(a) < height_and_amount(b);
}

}  // namespace

std::string Normalizer::name_of(std::string_view kind, const std::string& text) {
  const auto known = names_.find(text);
  if (known != names_.end()) return known->second;
  const std::string base(kind);
  const std::string name = "<" + base + " " + std::to_string(++counts_[base]) + ">";
  names_.emplace(text, name);
  return name;
}

std::string Normalizer::text(const std::string& original) {
  if (is_seed(original)) return name_of("seed", original);
  // A key exchange message, an address, or what is written in hex.
  static const std::regex random_text(
      "MultisigxV[0-9]R[0-9n][0-9A-Za-z]{40,}|\\b[1-9A-HJ-NP-Za-km-z]{95,106}\\b|"
      "\\b[0-9a-f]{16,}\\b");
  std::string out;
  auto rest = original.cbegin();
  for (std::sregex_iterator at(original.begin(), original.end(), random_text), end; at != end;
       ++at) {
    const std::string found = at->str();
    if (found.find_first_not_of('0') == found.npos) continue;  // says that there is none
    out.append(rest, (*at)[0].first);
    rest = (*at)[0].second;
    const bool hex = found.find_first_not_of("0123456789abcdef") == found.npos;
    const bool message = found.starts_with("Multisigx");
    std::string kind = message ? found.substr(0, 13) : hex ? "hex" : found.substr(0, 1) + "address";
    // The length of what is as long as a transaction is chance itself.
    kind += found.size() < blob_chars_min ? std::to_string(found.size()) : "blob";
    out += name_of(kind, found);
  }
  out.append(rest, original.cend());
  for (std::size_t at = out.find(folder_); !folder_.empty() && at != out.npos;
       at = out.find(folder_))
    out.replace(at, folder_.size(), "<folder>");
  return out;
}

json Normalizer::normalized(const json& answer) {
  if (const auto* string = answer.get_ptr<const std::string*>()) return text(*string);
  json out = answer;
  if (out.is_array())
    for (json& element : out) element = normalized(element);
  if (!out.is_object()) return out;
  for (auto& [key, value] : out.items()) {
    if (is_in_order_of_hashes(key, value)) std::stable_sort(value.begin(), value.end(), is_before);
    value = is_time(key, value) ? "<time>" : normalized(value);
    if (key == "key_images" && value.is_array()) std::sort(value.begin(), value.end());  // chance
  }
  return out;
}

}  // namespace escrowstorm::differential
