#include "sim/world/rpc_urls.hpp"

#include <algorithm>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t instances_min = 3;

// Without a login, which is nobody's business but its owner's.
std::string shown(const std::string& url) {
  const std::size_t at = url.rfind('@');
  if (at == std::string::npos) return url;
  const std::size_t scheme = url.find("://");
  return url.substr(0, scheme == std::string::npos ? 0 : scheme + 3) + url.substr(at + 1);
}

// With the complaints so far in front.
std::variant<std::vector<http::Endpoint>, std::vector<std::string>> read_urls(
    const std::vector<std::string>& urls, std::vector<std::string> complaints) {
  std::vector<http::Endpoint> endpoints;
  for (const std::string& url : urls) {
    auto parsed = http::parse_endpoint(url);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) {
      complaints.push_back(printable(shown(url)) + " " + *wrong);
      continue;
    }
    auto& endpoint = std::get<http::Endpoint>(parsed);
    if (std::ranges::find(endpoints, endpoint.authority(), &http::Endpoint::authority) !=
        endpoints.end()) {
      complaints.push_back(printable(shown(url)) +
                           " was given twice; an instance holds one wallet at a time");
      continue;
    }
    endpoints.push_back(std::move(endpoint));
  }
  if (!complaints.empty()) return complaints;
  return endpoints;
}

}  // namespace

std::variant<std::vector<http::Endpoint>, std::vector<std::string>> read_different_urls(
    const std::vector<std::string>& urls) {
  return read_urls(urls, {});
}

std::variant<std::vector<http::Endpoint>, std::vector<std::string>> read_rpc_urls(
    const std::vector<std::string>& urls) {
  std::vector<std::string> complaints;
  if (urls.size() < instances_min) {
    complaints.push_back("an escrow needs at least three instances; --rpc URL was given " +
                         std::to_string(urls.size()) + " times");
  }
  return read_urls(urls, std::move(complaints));
}

}  // namespace escrowstorm::sim
