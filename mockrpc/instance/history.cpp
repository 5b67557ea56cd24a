// What came to the open wallet and what left it.
#include <algorithm>
#include <optional>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/balance.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

constexpr std::uint64_t heights_end = 500'000'000;  // monero's CRYPTONOTE_MAX_BLOCK_NUMBER
constexpr std::uint64_t block_seconds = 120;

// Which of them are asked for.
struct Filter {
  std::uint64_t above = 0;
  std::uint64_t up_to = heights_end;
  std::optional<std::uint32_t> account;
  std::vector<std::uint32_t> addresses;  // none: all

  bool takes_height(std::uint64_t height) const { return height > above && height <= up_to; }
  bool takes(const IncomingPayment& payment) const {
    return takes_account(payment.subaddress.account) && takes_any({payment.subaddress.address});
  }
  bool takes(const OutgoingTx& tx) const {
    return takes_account(tx.account) && takes_any(tx.addresses);
  }

 private:
  bool takes_account(std::uint32_t index) const { return !account || *account == index; }
  bool takes_any(const std::vector<std::uint32_t>& of) const {
    return addresses.empty() ||
           std::find_first_of(of.begin(), of.end(), addresses.begin(), addresses.end()) != of.end();
  }
};

std::uint64_t quotient_up(std::uint64_t of, std::uint64_t by) { return of / by + (of % by != 0); }

void set_confirmations(const Slot& slot, TransferEntry& entry) {
  const WalletMoney& money = slot.wallet->money();
  const bool waits = entry.height == 0 && (entry.type == "pending" || entry.type == "pool");
  if (entry.height < money.height && !waits)
    entry.confirmations.value = money.height - entry.height;
  std::uint64_t& suggested = entry.suggested_confirmations_threshold.value;
  if (money.last_block_reward != Amount())
    suggested = quotient_up(entry.amount.atomic(), money.last_block_reward.atomic());
  const std::uint64_t unlock = entry.unlock_time;
  const std::uint64_t now = unix_time(slot);
  if (unlock < heights_end) {
    if (unlock > money.height) suggested = std::max(suggested, unlock - money.height);
  } else if (unlock > now) {
    suggested = std::max(suggested, quotient_up(unlock - now, block_seconds));
  }
}

TransferEntry entry_for(Slot& slot, const Bytes32& hash, const PaymentId& payment_id,
                        mockrpc::SubaddressIndex index) {
  const auto& notes = slot.wallet->money().notes;
  const auto note = notes.find(hash);
  TransferEntry entry;
  entry.txid = to_hex(view_of(hash));
  entry.payment_id = to_hex(view_of(payment_id));
  if (note != notes.end()) entry.note = note->second;
  entry.subaddr_index = shown(index);
  entry.address = slot.wallet->addresses().text(index);
  entry.locked = true;
  return entry;
}

TransferEntry describe(Slot& slot, const IncomingPayment& payment, bool in_pool) {
  TransferEntry entry = entry_for(slot, payment.tx_hash, payment.payment_id, payment.subaddress);
  entry.type = in_pool ? "pool" : payment.coinbase ? "block" : "in";
  entry.amount = payment.amount;
  entry.amounts = payment.amounts;
  entry.fee = payment.fee;
  entry.height = payment.height;
  entry.timestamp = payment.timestamp;
  entry.unlock_time = payment.unlock_time;
  entry.double_spend_seen = payment.double_spend_seen;
  entry.subaddr_indices.push_back(entry.subaddr_index);
  if (!in_pool)
    entry.locked =
        !is_unlocked(slot.wallet->money(), payment.height, payment.unlock_time, unix_time(slot));
  set_confirmations(slot, entry);
  return entry;
}

TransferEntry describe(Slot& slot, const OutgoingTx& tx, bool pending) {
  TransferEntry entry = entry_for(slot, tx.tx_hash, tx.payment_id, {tx.account, 0});
  entry.type = !pending ? "out" : tx.failed ? "failed" : "pending";
  entry.fee = tx.fee;
  entry.amount = tx.amount_in.minus(sum(tx.change, tx.fee)).value_or(Amount());
  entry.height = pending ? 0 : tx.height;
  entry.timestamp = tx.timestamp;
  entry.unlock_time = tx.unlock_time;
  for (const Destination& to : tx.destinations) {
    TransferDestination destination;
    destination.address = to.address;
    destination.amount = to.amount;
    entry.destinations.push_back(std::move(destination));
  }
  for (const std::uint32_t address : tx.addresses)
    entry.subaddr_indices.push_back(shown({tx.account, address}));
  if (!pending)
    entry.locked = !is_unlocked(slot.wallet->money(), tx.height, tx.unlock_time, unix_time(slot));
  set_confirmations(slot, entry);
  return entry;
}

using Entries = std::vector<TransferEntry>;

Entries received(Slot& slot, const Filter& filter) {
  Entries entries;
  for (const IncomingPayment& payment : slot.wallet->money().payments)
    if (filter.takes(payment) && filter.takes_height(payment.height))
      entries.push_back(describe(slot, payment, false));
  return entries;
}

Entries in_pool(Slot& slot, const Filter& filter) {
  Entries entries;
  for (const IncomingPayment& payment : slot.wallet->money().pool_payments)
    if (filter.takes(payment)) entries.push_back(describe(slot, payment, true));
  return entries;
}

// The last one first.
void order(Entries& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::pair(a.height, a.timestamp) > std::pair(b.height, b.timestamp);
  });
}

Entries sent(Slot& slot, const Filter& filter) {
  Entries entries;
  for (const auto& [hash, tx] : slot.wallet->money().outgoing)
    if (filter.takes(tx) && filter.takes_height(tx.height))
      entries.push_back(describe(slot, tx, false));
  order(entries);
  return entries;
}

Entries pending(Slot& slot, const Filter& filter) {
  Entries entries;
  for (const auto& [hash, tx] : slot.wallet->money().pending)
    if (filter.takes(tx)) entries.push_back(describe(slot, tx, true));
  order(entries);
  return entries;
}

void append(Entries& to, Entries from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

Filter filter_of(const GetTransfers& request) {
  Filter filter;
  if (request.filter_by_height) {
    filter.above = request.min_height;
    filter.up_to = std::min(request.max_height, heights_end);
  }
  if (!request.all_accounts) {
    filter.account = request.account_index;
    filter.addresses = request.subaddr_indices;
  }
  return filter;
}

// Without a daemon the real one forgets to say why.
Execution pool_unknown() { return failed(error_code::none, ""); }

}  // namespace

Execution run(Slot& slot, const GetTransfers& request) {
  if (!slot.wallet) return no_wallet_open();
  const Filter filter = filter_of(request);
  GetTransfers::Answer answer;
  if (request.in) answer.in = received(slot, filter);
  if (request.out) answer.out = sent(slot, filter);
  if (request.pending || request.failed)
    for (TransferEntry& entry : pending(slot, filter)) {
      const bool is_failed = entry.type == "failed";
      if (is_failed ? request.failed : request.pending)
        (is_failed ? answer.failed : answer.pending).push_back(std::move(entry));
    }
  if (request.pool) {
    if (slot.wallet->chain() == nullptr) return pool_unknown();
    slot.wallet->refresh_pool();
    answer.pool = in_pool(slot, filter);
  }
  return answered<GetTransfers>(std::move(answer));
}

Execution run(Slot& slot, const GetTransferByTxid& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::optional<std::string> bytes = from_hex(request.txid);
  if (!bytes) return failed(error_code::wrong_txid, "Transaction ID has invalid format");
  if (!parse_hash(request.txid))
    return failed(error_code::wrong_txid, "Transaction ID has invalid size: " + request.txid);
  if (request.account_index >= slot.wallet->subaddresses().accounts())
    return failed(error_code::account_index_out_of_bounds, "Account index is out of bound");

  Filter filter;
  filter.up_to = ~std::uint64_t{0};
  filter.account = request.account_index;
  GetTransferByTxid::Answer answer;
  append(answer.transfers, received(slot, filter));
  append(answer.transfers, sent(slot, filter));
  append(answer.transfers, pending(slot, filter));
  if (slot.wallet->chain() == nullptr) return pool_unknown();
  slot.wallet->refresh_pool();
  append(answer.transfers, in_pool(slot, filter));
  const std::string txid = to_hex(*bytes);
  std::erase_if(answer.transfers, [&](const TransferEntry& entry) { return entry.txid != txid; });
  if (answer.transfers.empty()) return failed(error_code::wrong_txid, "Transaction not found.");
  answer.transfer = answer.transfers.front();
  return answered<GetTransferByTxid>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
