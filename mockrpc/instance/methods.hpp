// One function for each RPC method, in files of this folder by group. The checks come in the order
// of monero's src/wallet/wallet_rpc_server.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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
Execution run(Slot& slot, const walletrpc::Transfer& request);
Execution run(Slot& slot, const walletrpc::TransferSplit& request);
Execution run(Slot& slot, const walletrpc::SweepAll& request);
Execution run(Slot& slot, const walletrpc::SweepSingle& request);
Execution run(Slot& slot, const walletrpc::SweepDust& request);
Execution run(Slot& slot, const walletrpc::RelayTx& request);
Execution run(Slot& slot, const walletrpc::DescribeTransfer& request);
Execution run(Slot& slot, const walletrpc::GetTxKey& request);
Execution run(Slot& slot, const walletrpc::MakeUri& request);
Execution run(Slot& slot, const walletrpc::FinalizeMultisig& request);
Execution run(Slot& slot, const walletrpc::ParseUri& request);
Execution run(Slot& slot, const walletrpc::Sign& request);
Execution run(Slot& slot, const walletrpc::Verify& request);
Execution run(Slot& slot, const walletrpc::StopWallet& request);
Execution run(Slot& slot, const walletrpc::CreateAddress& request);
Execution run(Slot& slot, const walletrpc::LabelAddress& request);
Execution run(Slot& slot, const walletrpc::GetAddressIndex& request);
Execution run(Slot& slot, const walletrpc::CreateAccount& request);
Execution run(Slot& slot, const walletrpc::LabelAccount& request);
Execution run(Slot& slot, const walletrpc::GetAccountTags& request);
Execution run(Slot& slot, const walletrpc::TagAccounts& request);
Execution run(Slot& slot, const walletrpc::UntagAccounts& request);
Execution run(Slot& slot, const walletrpc::SetAccountTagDescription& request);
Execution run(Slot& slot, const walletrpc::Refresh& request);
Execution run(Slot& slot, const walletrpc::AutoRefresh& request);
Execution run(Slot& slot, const walletrpc::RescanBlockchain& request);
Execution run(Slot& slot, const walletrpc::RescanSpent& request);
Execution run(Slot& slot, const walletrpc::ScanTx& request);
Execution run(Slot& slot, const walletrpc::SetDaemon& request);
Execution run(Slot& slot, const walletrpc::GetTransfers& request);
Execution run(Slot& slot, const walletrpc::GetTransferByTxid& request);
Execution run(Slot& slot, const walletrpc::GetPayments& request);
Execution run(Slot& slot, const walletrpc::GetBulkPayments& request);
Execution run(Slot& slot, const walletrpc::SetTxNotes& request);
Execution run(Slot& slot, const walletrpc::GetTxNotes& request);
Execution run(Slot& slot, const walletrpc::IncomingTransfers& request);
Execution run(Slot& slot, const walletrpc::Freeze& request);
Execution run(Slot& slot, const walletrpc::Thaw& request);
Execution run(Slot& slot, const walletrpc::Frozen& request);
Execution run(Slot& slot, const walletrpc::RestoreDeterministicWallet& request);
Execution run(Slot& slot, const walletrpc::GenerateFromKeys& request);
Execution run(Slot& slot, const walletrpc::ChangeWalletPassword& request);
Execution run(Slot& slot, const walletrpc::MakeIntegratedAddress& request);
Execution run(Slot& slot, const walletrpc::SplitIntegratedAddress& request);
Execution run(Slot& slot, const walletrpc::SetLogLevel& request);
Execution run(Slot& slot, const walletrpc::SetLogCategories& request);
Execution run(Slot& slot, const walletrpc::GetAddressBook& request);
Execution run(Slot& slot, const walletrpc::AddAddressBook& request);
Execution run(Slot& slot, const walletrpc::EditAddressBook& request);
Execution run(Slot& slot, const walletrpc::DeleteAddressBook& request);

// An answer, at the price of the method.
template <class Method>
Execution answered(typename Method::Answer answer, std::string_view cost = Method::method) {
  return {walletrpc::Answer(walletrpc::AnswerTo<Method>{std::move(answer)}), cost};
}

// An error, at no price unless one is given.
Execution failed(int code, std::string message, std::string_view cost = {});

Execution no_wallet_open();
Execution no_daemon(std::string_view cost = {});
Execution account_out_of_bounds();
Execution address_out_of_bounds();
// See AnswerRoom.
Execution answer_too_long();

// Seconds since 1970; 0 without a chain to count them.
std::uint64_t unix_time(const Slot& slot);

walletrpc::SubaddressIndex shown(SubaddressIndex index);
// Of 32 bytes, as hashes and key images are given. Nothing on anything else.
std::optional<Bytes32> parse_hash(std::string_view hex);

}  // namespace escrowstorm::mockrpc
