#include "mockrpc/cli/texts.hpp"

namespace escrowstorm::mockrpc {

std::string describe(const std::vector<http::Endpoint>& endpoints) {
  std::string text = endpoints.front().to_string();
  for (std::size_t i = 1, begin = 0; i <= endpoints.size(); ++i) {
    const bool consecutive = i < endpoints.size() && endpoints[i].port == endpoints[i - 1].port + 1;
    if (consecutive) continue;
    if (i - begin > 1) text.append("-").append(std::to_string(endpoints[i - 1].port));
    if (i < endpoints.size()) text.append(",").append(std::to_string(endpoints[i].port));
    begin = i;
  }
  return text;
}

std::string remedy_for(const std::error_code& error, std::string_view flag) {
  const std::string port_flag(flag);
  if (error == std::errc::address_in_use)
    return "end what listens there, or choose other ports with " + port_flag;
  if (error == std::errc::permission_denied) return "choose a " + port_flag + " of 1024 or above";
  if (error == std::errc::address_not_available)
    return "--rpc-bind-ip must be an address of this machine";
  if (error == std::errc::too_many_files_open || error == std::errc::too_many_files_open_in_system)
    return "allow more descriptors (ulimit -n) or take fewer --instances";
  return "choose another --rpc-bind-ip or " + port_flag;
}

}  // namespace escrowstorm::mockrpc
