// A storage as one instance sees it: its disk may be full while that of others is not. Then what it
// writes is not there, and what was there before stays.
#pragma once

#include "mockrpc/storage/storage.hpp"

namespace escrowstorm::mockrpc {

class InstanceDisk final : public Storage {
 public:
  // The storage outlives it.
  explicit InstanceDisk(Storage& storage) : storage_(storage) {}

  void set_full(bool full) { full_ = full; }

  std::string_view directory() const override { return storage_.directory(); }
  std::optional<std::string> read(std::string_view wallet, WalletFile file) const override {
    return storage_.read(wallet, file);
  }
  Outcome<void> write(std::string_view wallet, WalletFile file, std::string_view bytes) override {
    if (full_) return not_written(wallet, file);
    return storage_.write(wallet, file, bytes);
  }
  void keep_unportable(std::string_view wallet) override {
    if (!full_) storage_.keep_unportable(wallet);
  }
  bool exists(std::string_view wallet, WalletFile file) const override {
    return storage_.exists(wallet, file);
  }
  void remove(std::string_view wallet, WalletFile file) override { storage_.remove(wallet, file); }
  void overwrite(std::string_view wallet, WalletFile file, std::string_view bytes) override {
    if (!full_) storage_.overwrite(wallet, file, bytes);
  }
  std::unique_ptr<WalletLock> lock(std::string_view wallet) override {
    return storage_.lock(wallet);
  }

 private:
  Storage& storage_;
  bool full_ = false;
};

}  // namespace escrowstorm::mockrpc
