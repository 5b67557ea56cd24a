#include "mockrpc/instance/instance.hpp"

#include <utility>

#include "base/walletrpc/visit.hpp"
#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

Instance::Instance(const WalletHost& host, RandomStream random)
    : host_(host), random_(random), server_(std::make_unique<ServerState>()) {}

Instance::~Instance() = default;
Instance::Instance(Instance&&) noexcept = default;

Execution Instance::execute(const walletrpc::Request& request) {
  Slot slot{host_, *server_, random_, wallet_};
  return visit([&](const auto& asked) { return run(slot, asked); }, request);
}

Outcome<void> Instance::end() {
  Outcome<void> stored;
  if (wallet_) stored = wallet_->store();
  wallet_.reset();
  return stored;
}

void Instance::kill() {
  wallet_.reset();
  server_ = std::make_unique<ServerState>();
}

bool Instance::pollute() {
  if (!wallet_ || !wallet_->multisig_status().multisig) return false;
  server_->polluted = wallet_->multisig_status();
  return true;
}

void Instance::cure() { server_->polluted.reset(); }

bool Instance::can_refresh() const { return wallet_ && wallet_->chain() != nullptr; }

std::uint32_t Instance::auto_refresh_seconds() const { return server_->auto_refresh_seconds; }

std::string_view Instance::refresh() {
  Slot slot{host_, *server_, random_, wallet_};
  return run(slot, walletrpc::Refresh()).cost;
}

std::string_view Instance::open_wallet() const {
  return wallet_ ? std::string_view(wallet_->name()) : std::string_view();
}

}  // namespace escrowstorm::mockrpc
