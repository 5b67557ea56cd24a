// Payments to the open wallet by their payment id.
#include <algorithm>

#include "mockrpc/answer_room.hpp"
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/balance.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

constexpr std::size_t entry_bytes = 500;
constexpr std::size_t long_size = 32;
constexpr std::size_t short_size = 8;

Execution wrong_id(const std::string& text) { return failed(error_code::wrong_payment_id, text); }

// Of 8 bytes, or of 32 with no more than 8 in use. Nothing for one that no payment can have.
std::optional<PaymentId> usable_id(std::string_view bytes) {
  PaymentId id{};
  if (bytes.substr(short_size).find_first_not_of('\0') != bytes.npos) return std::nullopt;
  std::copy_n(bytes.begin(), id.size(), id.begin());
  return id;
}

PaymentDetails describe(Slot& slot, const IncomingPayment& payment, std::string payment_id) {
  PaymentDetails entry;
  entry.payment_id = std::move(payment_id);
  entry.tx_hash = to_hex(view_of(payment.tx_hash));
  entry.amount = payment.amount;
  entry.block_height = payment.height;
  entry.unlock_time = payment.unlock_time;
  entry.locked =
      !is_unlocked(slot.wallet->money(), payment.height, payment.unlock_time, unix_time(slot));
  entry.subaddr_index = shown(payment.subaddress);
  entry.address = slot.wallet->addresses().text(payment.subaddress);
  return entry;
}

void add_payments(Slot& slot, std::string_view id_bytes, const std::string& shown_id,
                  std::uint64_t above_height, std::vector<PaymentDetails>& out) {
  const std::optional<PaymentId> id = usable_id(id_bytes);
  for (const IncomingPayment& payment : slot.wallet->money().payments)
    if (id == payment.payment_id && payment.height > above_height)
      out.push_back(describe(slot, payment, shown_id));
}

std::string whole_id(const PaymentId& id) {
  std::string bytes(view_of(id));
  bytes.resize(long_size);
  return to_hex(bytes);
}

}  // namespace

Execution run(Slot& slot, const GetPayments& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::optional<std::string> id = from_hex(request.payment_id);
  if (!id) return wrong_id("Payment ID has invalid format");
  if (id->size() != long_size && id->size() != short_size)
    return wrong_id("Payment ID has invalid size: " + request.payment_id);
  GetPayments::Answer answer;
  add_payments(slot, *id, request.payment_id, 0, answer.payments);
  return answered<GetPayments>(std::move(answer));
}

Execution run(Slot& slot, const GetBulkPayments& request) {
  if (!slot.wallet) return no_wallet_open();
  AnswerRoom room;
  GetBulkPayments::Answer answer;
  if (request.payment_ids.empty())
    for (const IncomingPayment& payment : slot.wallet->money().payments)
      if (payment.height > request.min_block_height)
        answer.payments.push_back(describe(slot, payment, whole_id(payment.payment_id)));
  for (const std::string& text : request.payment_ids) {
    if (text.size() != 2 * long_size && text.size() != 2 * short_size)
      return wrong_id("Payment ID has invalid size: " + text);
    const std::optional<std::string> id = from_hex(text);
    if (!id) return wrong_id("Payment ID has invalid format: " + text);
    const std::size_t before = answer.payments.size();
    add_payments(slot, *id, text, request.min_block_height, answer.payments);
    if (!room.take(entry_bytes * (answer.payments.size() - before))) return answer_too_long();
  }
  return answered<GetBulkPayments>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
