#include "mockrpc/instance/instance.hpp"

#include <utility>

#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

Instance::Instance(const WalletHost& host, RandomStream random) : host_(host), random_(random) {}

Instance::~Instance() = default;
Instance::Instance(Instance&&) noexcept = default;

Execution Instance::execute(const walletrpc::Request& request) {
  Slot slot{host_, random_, wallet_};
  return std::visit([&](const auto& asked) { return run(slot, asked); }, request);
}

Outcome<void> Instance::end() {
  Outcome<void> stored;
  if (wallet_) stored = wallet_->store();
  wallet_.reset();
  return stored;
}

std::string_view Instance::open_wallet() const {
  return wallet_ ? std::string_view(wallet_->name()) : std::string_view();
}

Execution failed(int code, std::string message, std::string_view cost) {
  return {walletrpc::RpcError{code, std::move(message)}, cost};
}

Execution no_wallet_open() {
  return failed(walletrpc::error_code::no_wallet_file, "No wallet file");
}

}  // namespace escrowstorm::mockrpc
