#include "base/http/session.hpp"

namespace escrowstorm::http {
namespace {

namespace ip = boost::asio::ip;
using ip::address;

// As Epee tells them apart: this machine and private networks. Who comes by IPv4 to a port of both
// kinds is seen as ::ffff:1.2.3.4.
bool is_private(const address& from) {
  if (from.is_v6() && from.to_v6().is_v4_mapped())
    return is_private(ip::make_address_v4(ip::v4_mapped, from.to_v6()));
  if (from.is_loopback()) return true;
  if (from.is_v6()) return from.to_v6().is_link_local() || from.to_v6().is_site_local();
  const auto bytes = from.to_v4().to_bytes();
  return bytes[0] == 10 || (bytes[0] == 192 && bytes[1] == 168) ||
         (bytes[0] == 172 && bytes[1] >= 16 && bytes[1] <= 31);
}

bool exceeds(std::size_t count, std::size_t most) { return most > 0 && count >= most; }

}  // namespace

bool SessionPort::admit(const ServerLimits& limits, const address& from) {
  if (exceeds(connections_, limits.connections_max)) return false;
  const auto known = connections_from_.find(from);
  const std::size_t most = is_private(from) ? limits.connections_per_private_ip_max
                                            : limits.connections_per_public_ip_max;
  if (known != connections_from_.end() && exceeds(known->second, most)) return false;
  ++connections_;
  ++connections_from_[from];
  return true;
}

void SessionPort::leave(const address& from) {
  --connections_;
  const auto known = connections_from_.find(from);
  if (--known->second == 0) connections_from_.erase(known);
}

}  // namespace escrowstorm::http
