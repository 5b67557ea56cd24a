// Which nonces each wallet has, and which ones each txset was made with, as the ledger tells of
// exports, imports and transactions. Nonces are numbered: each export_multisig_info makes new ones
// and throws the old ones away. They are saved with the wallet; where a wallet was not saved nobody
// here knows which it has until it exports again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mockrpc/fleet/ledger.hpp"
#include "sim/invariants/message_book.hpp"

namespace escrowstorm::sim {

// Of one export, across all wallets; never 0.
using NonceGeneration = std::uint64_t;

struct MadeInfo {
  std::string wallet;
  NonceGeneration generation = 0;
};

// What a wallet knows; generation 0: it has exported nothing.
struct WalletNonces {
  NonceGeneration own = 0;
  std::vector<MadeInfo> imported;
};

// The txset that a call has made, to be signed; empty: none.
std::string_view txset_made_by(const mockrpc::CallOutcome& outcome);

class NonceBook {
 public:
  // Call it after having looked up what was used.
  void executed(const mockrpc::LedgerEntry& entry);
  void killed(std::uint32_t instance);
  void copied(std::string_view from, std::string_view to);

  // What the creator of a txset had imported last; nothing when no wallet of this fleet made it.
  const std::vector<MadeInfo>* infos_of(std::string_view txset) const;
  // Of the wallet that is open there; nothing when it is not known.
  std::optional<NonceGeneration> generation_at(std::uint32_t instance) const;

 private:
  struct Slot {
    std::string wallet;  // empty: none
    std::optional<WalletNonces> nonces;
  };

  Slot& slot(std::uint32_t instance);
  void change_wallet(const mockrpc::LedgerEntry& entry, Slot& slot);
  void save(const Slot& slot);
  void import(WalletNonces& nonces, const std::vector<std::string>& infos) const;

  NonceGeneration last_ = 0;
  std::vector<Slot> slots_;  // by instance
  // Looked up, never iterated.
  std::unordered_map<std::string, std::optional<WalletNonces>> files_;  // by wallet
  std::unordered_map<MessageId, MadeInfo> infos_;
  std::unordered_map<MessageId, std::vector<MadeInfo>> txsets_;
};

}  // namespace escrowstorm::sim
