// What goes wrong around the instances of a fleet, besides their deaths: disks, files, the daemon,
// and what is held against them without ground.
#include <boost/assert.hpp>

#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/fleet/seat.hpp"
#include "mockrpc/storage/instance_disk.hpp"
#include "mockrpc/wallet/daemon_link.hpp"

namespace escrowstorm::mockrpc {

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

bool Fleet::refresh(std::uint32_t instance, Duration longer) {
  BOOST_ASSERT(instance < instances());
  return seats_[instance]->begin_refresh(longer);
}

void Fleet::set_daemon_up(bool up) {
  link_->is_up = up;
  for (const auto& seat : seats_) seat->daemon_changed();
}

bool Fleet::lock_file(const std::string& wallet) {
  if (!storage_.exists(wallet, WalletFile::keys)) return false;
  auto lock = storage_.lock(wallet);
  if (!lock) return false;
  foreign_locks_.insert_or_assign(wallet, std::move(lock));
  return true;
}

void Fleet::unlock_file(const std::string& wallet) { foreign_locks_.erase(wallet); }

bool Fleet::damage_file(const std::string& wallet, WalletFile file) {
  std::optional<std::string> bytes = storage_.read(wallet, file);
  if (!bytes || bytes->empty()) return false;
  char& damaged = (*bytes)[bytes->size() / 2];
  damaged = static_cast<char>(~damaged);
  storage_.overwrite(wallet, file, *bytes);
  return true;
}

bool Fleet::remove_file(const std::string& wallet, WalletFile file) {
  if (!storage_.exists(wallet, file)) return false;
  storage_.remove(wallet, file);
  return true;
}

}  // namespace escrowstorm::mockrpc
