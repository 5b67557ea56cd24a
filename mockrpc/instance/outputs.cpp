// The outputs that the open wallet has.
#include <algorithm>
#include <variant>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/balance.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

bool contains(const std::vector<std::uint32_t>& indices, std::uint32_t index) {
  return std::find(indices.begin(), indices.end(), index) != indices.end();
}

bool is_asked_for(const IncomingTransfers& request, const OwnedOutput& output) {
  if (request.transfer_type != "all" && output.spent == (request.transfer_type == "available"))
    return false;
  return request.account_index == output.subaddress.account &&
         (request.subaddr_indices.empty() ||
          contains(request.subaddr_indices, output.subaddress.address));
}

IncomingTransfers::Output describe(const Slot& slot, const OwnedOutput& output) {
  IncomingTransfers::Output entry;
  entry.amount = output.amount;
  entry.block_height = output.height;
  entry.frozen = output.frozen;
  entry.global_index = output.global_index;
  if (!output.key_image_partial) entry.key_image = to_hex(view_of(output.key_image));
  entry.pubkey = to_hex(view_of(output.key));
  entry.spent = output.spent;
  entry.subaddr_index = shown(output.subaddress);
  entry.tx_hash = to_hex(view_of(output.tx_hash));
  entry.unlocked =
      is_unlocked(slot.wallet->money(), output.height, output.unlock_time, unix_time(slot));
  return entry;
}

// The output with that key image, or why there is none; `purpose` as the real one words it.
std::variant<OwnedOutput*, Execution> find_output(Slot& slot, const std::string& hex,
                                                  const std::string& purpose) {
  if (!slot.wallet) return no_wallet_open();
  if (hex.empty()) return failed(error_code::unknown_error, "Must specify key image to " + purpose);
  const std::optional<Bytes32> image = parse_hash(hex);
  if (!image) return failed(error_code::wrong_key_image, "failed to parse key image");
  auto& outputs = slot.wallet->money().outputs;
  const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const OwnedOutput& output) {
    return !output.key_image_partial && output.key_image == *image;
  });
  if (found == outputs.end()) return failed(error_code::unknown_error, "Key image not found");
  return &*found;
}

}  // namespace

Execution run(Slot& slot, const IncomingTransfers& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::string& type = request.transfer_type;
  if (type != "all" && type != "available" && type != "unavailable")
    return failed(error_code::transfer_type,
                  "Transfer type must be one of: all, available, or unavailable");
  IncomingTransfers::Answer answer;
  for (const OwnedOutput& output : slot.wallet->money().outputs)
    if (is_asked_for(request, output)) answer.transfers.push_back(describe(slot, output));
  return answered<IncomingTransfers>(std::move(answer));
}

Execution run(Slot& slot, const Freeze& request) {
  auto found = find_output(slot, request.key_image, "freeze");
  if (auto* refused = std::get_if<Execution>(&found)) return std::move(*refused);
  std::get<OwnedOutput*>(found)->frozen = true;
  return answered<Freeze>({});
}

Execution run(Slot& slot, const Thaw& request) {
  auto found = find_output(slot, request.key_image, "thaw");
  if (auto* refused = std::get_if<Execution>(&found)) return std::move(*refused);
  std::get<OwnedOutput*>(found)->frozen = false;
  return answered<Thaw>({});
}

Execution run(Slot& slot, const Frozen& request) {
  auto found = find_output(slot, request.key_image, "check if frozen");
  if (auto* refused = std::get_if<Execution>(&found)) return std::move(*refused);
  Frozen::Answer answer;
  answer.frozen = std::get<OwnedOutput*>(found)->frozen;
  return answered<Frozen>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
