// An open wallet: what monero's wallet2 is to the RPC. It keeps its two files in the storage at the
// moments at which the real one does, and holds the lock on its keys file. What it refuses it
// refuses with the real one's text. Owned by its instance, on the world's executor.
//
// A wallet without a name lives in memory only and is never saved.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mockrpc/kex/account.hpp"
#include "mockrpc/storage/storage.hpp"
#include "mockrpc/wallet/own_addresses.hpp"
#include "mockrpc/wallet/refresh.hpp"
#include "mockrpc/wallet/spending.hpp"
#include "mockrpc/wallet/wallet_file.hpp"
#include "mockrpc/wallet/wallet_host.hpp"

namespace escrowstorm::mockrpc {

struct MultisigStatus {
  bool multisig = false;
  bool ready = false;
  std::uint32_t threshold = 0;
  std::uint32_t total = 0;
};

// The chain that a wallet there sees now.
Chain* chain_of(const WalletHost& host);

// The view key that belongs to a spend key, where both come from a seed.
Scalar view_secret_of(const Scalar& spend_secret);

class Wallet {
 public:
  // Writes both files. REQUIRES: no file of that name exists; is_language(language).
  static Outcome<std::unique_ptr<Wallet>> create(const WalletHost& host, std::string name,
                                                 std::string_view password, std::string language,
                                                 RandomStream& random);
  // The same with keys that are known: network, language, secrets and restore height are taken.
  static Outcome<std::unique_ptr<Wallet>> restore(const WalletHost& host, std::string name,
                                                  std::string_view password, WalletKeys keys,
                                                  RandomStream& random);
  static Outcome<std::unique_ptr<Wallet>> open(const WalletHost& host, std::string name,
                                               std::string_view password, RandomStream& random);

  const std::string& name() const { return name_; }

  // Saves the cache file.
  Outcome<void> store();

  // Whether the keys file that has this name now is the one this wallet opened or wrote.
  bool has_open(std::string_view name) const { return lock_ && lock_->is_on(name); }
  // Gives the lock away and goes on without it, until the keys file is written again.
  void drop_lock() {
    if (lock_) lock_->release();
  }

  // Attributes are labels, kept in the cache file. Nothing when there is none of that name.
  const std::string* attribute(std::string_view key) const;
  void set_attribute(std::string key, std::string value);

  // Its parts.
  const WalletMoney& money() const { return cache_.money; }
  WalletMoney& money() { return cache_.money; }
  const Subaddresses& subaddresses() const { return cache_.subaddresses; }
  Subaddresses& subaddresses() { return cache_.subaddresses; }
  std::vector<AddressBookEntry>& address_book() { return cache_.address_book; }
  OwnAddresses& addresses() const;
  const std::string& address() const { return addresses().text({}); }

  // The chain that it looks at; none: its daemon can't be reached, and the calls that say REQUIRES
  // a chain may not be made.
  Chain* chain() const { return chain_of(host_); }
  void set_chain(Chain* chain) { host_.chain = chain; }

  // REQUIRES a chain.
  Outcome<RefreshResult> refresh(std::uint64_t start_height);
  void refresh_pool();
  void refresh_spent();
  void scan(std::vector<FoundTransaction> found);  // by height, the pool last
  // Forgets all that it saw, hard also what it can't see again, and looks at the chain anew.
  Outcome<void> rescan(bool hard);
  void forget_seen(bool hard);

  bool opens_with(std::string_view password) const { return keys_.seal.opens(password); }
  // Of both files, which it writes.
  Outcome<void> change_password(std::string_view password, RandomStream& random);

  const Scalar& spend_secret() const { return keys_.spend_secret; }
  const Scalar& view_secret() const { return keys_.view_secret; }
  // Whether words say all of its keys; a language for them may be missing still.
  bool has_seed() const;
  const std::string& language() const { return keys_.language; }
  std::string mnemonic() const;

  MultisigStatus multisig_status() const;
  bool multisig_enabled() const { return keys_.multisig_enabled; }
  // Reaches the keys file when that is written next.
  void enable_multisig() { keys_.multisig_enabled = true; }

  // The key exchange: the message for the others, each step. The password is what the keys file is
  // sealed with from then on; the cache file keeps its own. REQUIRES for make: not multisig; for
  // exchange: multisig.
  std::string first_kex_message(RandomStream& random) const;
  Outcome<std::string> make_multisig(std::string_view password,
                                     const std::vector<std::string>& messages,
                                     std::uint32_t threshold, RandomStream& random);
  Outcome<std::string> exchange_multisig_keys(std::string_view password,
                                              const std::vector<std::string>& messages,
                                              RandomStream& random);

  // The rest REQUIRES that multisig is ready. The backup that query_key shows, as hex.
  std::string multisig_seed() const;

  // The sync between the participants, as bytes. import answers how many outputs it completed.
  // Every export makes new nonces: signatures that were to use those before fail.
  std::string export_multisig_info(RandomStream& random);
  Outcome<std::uint64_t> import_multisig_info(const std::vector<std::string>& infos);

  // Spending: what is made is only sent by commit(), and only that remembers it. A multisig
  // wallet's goes from one to the other as a sealed txset first.
  SpendOutcome<std::vector<PendingTx>> make_transfer(const TransferOrder& order,
                                                     RandomStream& random);
  SpendOutcome<std::vector<PendingTx>> make_sweep(const SweepAllOrder& order, RandomStream& random);
  // None when there is no such output, or not to be spent now.
  SpendOutcome<std::vector<PendingTx>> make_sweep_of(SweepSingleOrder order, RandomStream& random);
  // Finds none; the daemon must be there for it.
  SpendOutcome<void> look_for_dust();
  SpendOutcome<void> commit(const PendingTx& tx);

  // Nothing when the bytes are no txset of this group, or spend what is not known here. load also
  // keeps the keys of transactions that are signed.
  std::optional<MultisigTxSet> open_txset(std::string_view bytes) const;
  // The rest REQUIRES multisig.
  std::optional<MultisigTxSet> load_txset(std::string_view bytes);
  Outcome<std::string> seal_new_txset(std::vector<PendingTx> txs, RandomStream& random);
  Outcome<std::string> seal_txset(const MultisigTxSet& set, RandomStream& random);
  // The hashes of what has signatures enough now.
  Outcome<std::vector<Bytes32>> sign_txset(MultisigTxSet& set, RandomStream& random);

 private:
  Wallet(const WalletHost& host, std::string name);

  PublicKey spend_key() const;
  PublicKey view_key() const;
  std::string file_path(WalletFile file) const;
  void take_multisig_state(MultisigState state);
  Lookout lookout();
  Outcome<std::uint64_t> take_infos(const std::vector<std::string>& infos);
  Outcome<void> read_infos(const std::vector<std::string>& infos);
  Outcome<void> look_again();
  bool loses_its_place() const;
  Spender spender() const;
  MultisigSigner signer() const;
  SpendOutcome<std::uint64_t> fee_rate(std::uint32_t priority);
  Outcome<void> use_up_nonces_of(const MultisigTxSet& set);
  Outcome<void> save_keys(std::string_view password, RandomStream& random);
  // On the test networks a new wallet gets a file with its address; it is kept true while it lives.
  void save_address();
  Outcome<void> load_keys(std::string_view password);
  Outcome<void> load_cache(std::string_view password, RandomStream& random);

  WalletHost host_;
  std::string name_;
  WalletKeys keys_;
  WalletCache cache_;
  std::unique_ptr<WalletLock> lock_;
  mutable std::optional<OwnAddresses> addresses_;  // of the present keys, made when asked for
  bool refreshed_ = false;                         // since it was opened
  std::uint64_t hashes_from_ = 0;      // the first block whose hash it kept when opened; 0: all
  std::optional<FeeRates> fee_rates_;  // as the daemon told them, since it was opened
  MultisigRescan rescan_;              // what imports have left over
};

}  // namespace escrowstorm::mockrpc
