// Requests for payment as texts.
#include "mockrpc/wallet/payment_uri.hpp"

#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution run(Slot& slot, const MakeUri& request) {
  if (!slot.wallet) return no_wallet_open();
  auto uri = make_uri(request, slot.host.network);
  if (!uri)
    return failed(error_code::wrong_uri,
                  "Cannot make URI from supplied parameters: " + uri.error().text);
  return answered<MakeUri>({std::move(*uri)});
}

Execution run(Slot& slot, const ParseUri& request) {
  if (!slot.wallet) return no_wallet_open();
  auto parsed = parse_uri(request.uri, slot.host.network);
  if (!parsed) return failed(error_code::wrong_uri, "Error parsing URI: " + parsed.error().text);
  return answered<ParseUri>(std::move(*parsed));
}

}  // namespace escrowstorm::mockrpc
