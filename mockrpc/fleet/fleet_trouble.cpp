// What goes wrong around the instances of a fleet, besides their deaths: disks, files, the daemon,
// and what is held against them without ground.
#include <boost/assert.hpp>

#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/fleet/seat.hpp"
#include "mockrpc/storage/instance_disk.hpp"
#include "mockrpc/wallet/daemon_link.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {

bool Fleet::can_pollute(std::uint32_t instance) const {
  const Wallet* wallet = seats_[instance]->wallet();
  return wallet && wallet->multisig_status().multisig;
}

bool Fleet::pollute(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  return seats_[instance]->instance().pollute();
}

void Fleet::cure(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  seats_[instance]->instance().cure();
}

void Fleet::set_disk_full(std::uint32_t instance, bool full) {
  BOOST_ASSERT(instance < instances());
  disks_[instance]->set_full(full);
}

bool Fleet::can_refresh(std::uint32_t instance) const {
  return seats_[instance]->can_begin_refresh();
}

bool Fleet::refresh(std::uint32_t instance, Duration longer) {
  BOOST_ASSERT(instance < instances());
  return seats_[instance]->begin_refresh(longer);
}

void Fleet::set_daemon_up(bool up) {
  link_->is_up = up;
  for (const auto& seat : seats_) seat->daemon_changed();
}

void Fleet::set_daemon_behind(std::uint64_t blocks) { link_->blocks_behind = blocks; }

bool Fleet::can_lock_file(const std::string& wallet) const {
  return has_file(wallet, WalletFile::keys) && storage_.lock(wallet);
}

bool Fleet::lock_file(const std::string& wallet) {
  if (!has_file(wallet, WalletFile::keys)) return false;
  auto lock = storage_.lock(wallet);
  if (!lock) return false;
  foreign_locks_.insert_or_assign(wallet, std::move(lock));
  return true;
}

void Fleet::unlock_file(const std::string& wallet) { foreign_locks_.erase(wallet); }

bool Fleet::has_file(const std::string& wallet, WalletFile file) const {
  return is_wallet_name(wallet) && storage_.exists(wallet, file);
}

bool Fleet::damage_file(const std::string& wallet, WalletFile file) {
  std::optional<std::string> bytes = storage_.read(wallet, file);
  if (!bytes || bytes->empty()) return false;
  char& damaged = (*bytes)[bytes->size() / 2];
  damaged = static_cast<char>(~damaged);
  storage_.overwrite(wallet, file, *bytes);
  return true;
}

bool Fleet::remove_file(const std::string& wallet, WalletFile file) {
  if (!has_file(wallet, file)) return false;
  storage_.remove(wallet, file);
  return true;
}

}  // namespace escrowstorm::mockrpc
