#include "base/http/url.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>

namespace escrowstorm::http {
namespace {

// Where a text is split into host and port, or why it can't be.
struct HostAndPort {
  std::string_view host;
  std::string_view port;
  std::string problem;
};

HostAndPort split_bracketed(std::string_view text) {
  const auto end = text.find(']');
  if (end == text.npos) return {{}, {}, "has a '[' without its ']'"};
  const std::string_view host = text.substr(1, end - 1);
  boost::system::error_code failed;
  boost::asio::ip::make_address_v6(host, failed);
  if (failed) return {{}, {}, "has no IPv6 address between its brackets"};
  const std::string_view rest = text.substr(end + 1);
  if (!rest.starts_with(':')) return {{}, {}, "has no port"};
  return {host, rest.substr(1), {}};
}

bool host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

HostAndPort split(std::string_view text) {
  if (text.starts_with('[')) return split_bracketed(text);
  const auto colon = text.find(':');
  if (colon == text.npos) return {{}, {}, "has no port"};
  if (text.find(':', colon + 1) != text.npos)
    return {{}, {}, "has more than one ':' (an IPv6 address stands in brackets)"};
  const std::string_view host = text.substr(0, colon);
  if (host.empty()) return {{}, {}, "has no host"};
  if (!std::all_of(host.begin(), host.end(), host_character))
    return {{}, {}, "has a host that is no name and no address"};
  return {host, text.substr(colon + 1), {}};
}

}  // namespace

std::string Endpoint::to_string() const { return (tls ? "https://" : "") + authority(); }

std::string Endpoint::authority() const {
  const bool bracketed = host.find(':') != host.npos;
  std::string text;
  if (bracketed) text += '[';
  text += host;
  text += bracketed ? "]:" : ":";
  text += std::to_string(port);
  return text;
}

std::variant<Endpoint, std::string> parse_endpoint(std::string_view text) {
  constexpr std::string_view scheme_end = "://";
  bool tls = false;
  if (const auto scheme = text.find(scheme_end); scheme != text.npos) {
    tls = text.substr(0, scheme) == "https";
    if (!tls && text.substr(0, scheme) != "http") return "has a scheme other than http and https";
    text.remove_prefix(scheme + scheme_end.size());
  }
  const auto slash = text.find('/');
  const std::string_view path = slash == text.npos ? "" : text.substr(slash);
  if (path != "" && path != "/" && path != "/json_rpc") return "has a path other than /json_rpc";
  text = text.substr(0, slash);
  if (text.find('@') != text.npos)
    return "has a login, which belongs into a file: --rpc-login-file";

  HostAndPort parts = split(text);
  if (!parts.problem.empty()) return std::move(parts.problem);
  Endpoint endpoint{std::string(parts.host), 0, tls};
  const char* const end = parts.port.data() + parts.port.size();
  const auto [read_to, failed] = std::from_chars(parts.port.data(), end, endpoint.port);
  if (parts.port.empty()) return "has no port";
  if (failed != std::errc() || read_to != end || endpoint.port == 0)
    return "has a port that is no number from 1 to 65535";
  return endpoint;
}

}  // namespace escrowstorm::http
