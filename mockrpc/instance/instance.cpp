#include "mockrpc/instance/instance.hpp"

#include <utility>

#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

Instance::Instance(const Version& version, Network network, Storage& storage, const KeyScheme& keys,
                   RandomStream random)
    : version_(&version), network_(network), storage_(&storage), keys_(&keys), random_(random) {}

Instance::~Instance() = default;
Instance::Instance(Instance&&) noexcept = default;

Execution Instance::execute(const walletrpc::Request& request) {
  Slot slot{{version_, network_, storage_, keys_}, random_, wallet_};
  return std::visit([&](const auto& asked) { return run(slot, asked); }, request);
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
