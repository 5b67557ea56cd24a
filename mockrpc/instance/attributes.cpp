// Labels of the open wallet.
#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution run(Slot& slot, const SetAttribute& request) {
  if (!slot.wallet) return no_wallet_open();
  slot.wallet->set_attribute(request.key, request.value);
  return answered<SetAttribute>({});
}

Execution run(Slot& slot, const GetAttribute& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::string* value = slot.wallet->attribute(request.key);
  if (value == nullptr) return failed(error_code::attribute_not_found, "Attribute not found.");
  GetAttribute::Answer answer;
  answer.value = *value;
  return answered<GetAttribute>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
