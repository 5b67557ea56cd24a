#include "mockrpc/latency/profile.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "mockrpc/latency/profile_file.hpp"
#include "mockrpc/latency/shipped_profiles.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::size_t file_bytes_max = 16 * 1024 * 1024;
constexpr std::uint32_t median_ppm = 500'000;

bool is_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".json");
}

const ShippedProfile* find_shipped(std::string_view file_name) {
  for (const ShippedProfile& profile : shipped_profiles())
    if (profile.name == file_name) return &profile;
  return nullptr;
}

// The shipped file behind a name. SSL was measured with one version only.
std::string shipped_name(std::string_view name, std::string_view version) {
  if (name == "measured") return std::string(version) + "-ssl-disabled";
  if (name == "measured-ssl") return "0.18.5.1-default-ssl";
  return std::string(name);
}

std::variant<std::string, ProfileError> read_file(std::string_view path) {
  const std::string name(path);
  std::ifstream in(name, std::ios::binary);
  if (!in)
    return ProfileError{"latency profile " + name + ": cannot be read, expected a JSON file"};
  std::string text;
  std::string block(64 * 1024, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    text.append(block, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > file_bytes_max)
      return ProfileError{"latency profile " + name + ": larger than 16 MiB, expected a JSON file"};
  }
  if (in.bad()) return ProfileError{"latency profile " + name + ": cannot be read"};
  return text;
}

}  // namespace

LatencyProfile::LatencyProfile(Methods methods) : methods_(std::move(methods)) {
  if (methods_.empty()) return;
  const auto cheapest =
      std::min_element(methods_.begin(), methods_.end(), [](const auto& a, const auto& b) {
        return a.second.quantile(median_ppm) < b.second.quantile(median_ppm);
      });
  cheapest_ = cheapest->first;
}

std::vector<std::string_view> LatencyProfile::names() {
  return {"none", "measured", "measured-ssl", "reported"};
}

std::variant<LatencyProfile, std::string> LatencyProfile::load(std::string_view name_or_path,
                                                               std::string_view version) {
  if (name_or_path == "none") return LatencyProfile();
  if (is_path(name_or_path)) {
    const auto text = read_file(name_or_path);
    if (const auto* error = std::get_if<ProfileError>(&text)) return error->line;
    return parse(std::get<std::string>(text), name_or_path, version);
  }
  const auto known = names();
  if (std::find(known.begin(), known.end(), name_or_path) == known.end())
    return "latency profile '" + std::string(name_or_path) +
           "': no such profile, expected none, measured, measured-ssl, reported or the path of a "
           ".json file";
  const ShippedProfile* shipped = find_shipped(shipped_name(name_or_path, version));
  if (!shipped)
    return "latency profile '" + std::string(name_or_path) + "': not measured for version " +
           std::string(version) + ", give the path of a profile file";
  return parse(shipped->json, name_or_path, version);
}

std::variant<LatencyProfile, std::string> LatencyProfile::parse(std::string_view json,
                                                                std::string_view origin,
                                                                std::string_view version) {
  auto read = read_profile(json, origin);
  if (auto* error = std::get_if<ProfileError>(&read)) return std::move(error->line);
  auto& file = std::get<ProfileFile>(read);

  Methods methods;
  if (!file.based_on.empty()) {
    auto base = load(file.based_on, version);
    if (auto* error = std::get_if<std::string>(&base)) return std::move(*error);
    methods = std::get<LatencyProfile>(base).methods();
  }
  for (auto& [method, entry] : file.methods) {
    const auto base = methods.find(method);
    if (!entry.computing_known && base != methods.end())
      entry.figures.computing_permille = base->second.computing_permille();
    methods.insert_or_assign(method, LatencyDistribution(std::move(entry.figures)));
  }
  return LatencyProfile(std::move(methods));
}

CallCost LatencyProfile::draw(std::string_view method, RandomStream& random) const {
  if (methods_.empty()) return CallCost{};
  return distribution_of(method).draw(random);
}

const LatencyDistribution& LatencyProfile::distribution_of(std::string_view method) const {
  const auto exact = methods_.find(method);
  if (exact != methods_.end()) return exact->second;
  // "exchange_multisig_keys#3": the last of that method's rounds.
  const auto rounds = method.find('#');
  if (rounds != method.npos) {
    const auto after = methods_.lower_bound(method);
    if (after != methods_.begin() && std::prev(after)->first.starts_with(method.substr(0, rounds)))
      return std::prev(after)->second;
  }
  return methods_.find(cheapest_)->second;
}

}  // namespace escrowstorm::mockrpc
