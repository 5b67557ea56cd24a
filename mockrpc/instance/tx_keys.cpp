// Keys of transactions.
#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution run(Slot& slot, const GetTxKey& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::optional<Bytes32> hash = parse_hash(request.txid);
  if (!hash) return failed(error_code::wrong_txid, "TX ID has invalid format");
  const auto& keys = slot.wallet->money().tx_keys;
  const auto key = keys.find(*hash);
  if (key == keys.end())
    return failed(error_code::no_tx_key, "No tx secret key is stored for this tx");
  GetTxKey::Answer answer;
  answer.tx_key = key->second;
  return answered<GetTxKey>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
