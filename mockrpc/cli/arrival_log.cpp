#include "mockrpc/cli/arrival_log.hpp"

#include "base/walletrpc/request.hpp"

namespace escrowstorm::mockrpc {

Verdict ArrivalLog::arriving(const CallAtSeat& call) {
  out_ << call.at.time_since_epoch().count() << ' ' << call.instance << ' '
       << walletrpc::method_of(*call.request) << '\n';
  return {};
}

}  // namespace escrowstorm::mockrpc
