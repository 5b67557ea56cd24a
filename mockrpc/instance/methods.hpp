// One function for each RPC method, by group in files.cpp, attributes.cpp, address.cpp,
// balance.cpp, multisig.cpp and server.cpp. The checks come in the order of monero's
// src/wallet/wallet_rpc_server.cpp.
#pragma once

#include <string>
#include <utility>

#include "mockrpc/instance/instance.hpp"
#include "mockrpc/instance/slot.hpp"

namespace escrowstorm::mockrpc {

Execution run(Slot& slot, const walletrpc::GetVersion& request);
Execution run(Slot& slot, const walletrpc::GetLanguages& request);
Execution run(Slot& slot, const walletrpc::CreateWallet& request);
Execution run(Slot& slot, const walletrpc::OpenWallet& request);
Execution run(Slot& slot, const walletrpc::CloseWallet& request);
Execution run(Slot& slot, const walletrpc::Store& request);
Execution run(Slot& slot, const walletrpc::SetAttribute& request);
Execution run(Slot& slot, const walletrpc::GetAttribute& request);
Execution run(Slot& slot, const walletrpc::GetAddress& request);
Execution run(Slot& slot, const walletrpc::ValidateAddress& request);
Execution run(Slot& slot, const walletrpc::QueryKey& request);
Execution run(Slot& slot, const walletrpc::GetBalance& request);
Execution run(Slot& slot, const walletrpc::GetAccounts& request);
Execution run(Slot& slot, const walletrpc::GetHeight& request);
Execution run(Slot& slot, const walletrpc::IsMultisig& request);
Execution run(Slot& slot, const walletrpc::PrepareMultisig& request);
Execution run(Slot& slot, const walletrpc::MakeMultisig& request);
Execution run(Slot& slot, const walletrpc::ExchangeMultisigKeys& request);
Execution run(Slot& slot, const walletrpc::ExportMultisigInfo& request);
Execution run(Slot& slot, const walletrpc::ImportMultisigInfo& request);
Execution run(Slot& slot, const walletrpc::SignMultisig& request);
Execution run(Slot& slot, const walletrpc::SubmitMultisig& request);

// An answer, at the price of the method.
template <class Method>
Execution answered(typename Method::Answer answer, std::string_view cost = Method::method) {
  return {walletrpc::Answer(walletrpc::AnswerTo<Method>{std::move(answer)}), cost};
}

// An error, at no price unless one is given.
Execution failed(int code, std::string message, std::string_view cost = {});

Execution no_wallet_open();

// Every wallet file's label of account 0 and of its first address.
inline constexpr std::string_view primary_label = "Primary account";

}  // namespace escrowstorm::mockrpc
