// The protocol as one variant of requests and one of answers. Alternative i of Answer belongs to
// alternative i of Request.
#pragma once

#include <string_view>
#include <variant>

#include "base/walletrpc/accounts.hpp"
#include "base/walletrpc/address.hpp"
#include "base/walletrpc/address_book.hpp"
#include "base/walletrpc/attributes.hpp"
#include "base/walletrpc/balance.hpp"
#include "base/walletrpc/describe_transfer.hpp"
#include "base/walletrpc/history.hpp"
#include "base/walletrpc/multisig.hpp"
#include "base/walletrpc/outputs.hpp"
#include "base/walletrpc/payment_address.hpp"
#include "base/walletrpc/payment_uri.hpp"
#include "base/walletrpc/refresh.hpp"
#include "base/walletrpc/restore.hpp"
#include "base/walletrpc/server.hpp"
#include "base/walletrpc/signing.hpp"
#include "base/walletrpc/subaddress.hpp"
#include "base/walletrpc/sweep.hpp"
#include "base/walletrpc/transfer.hpp"
#include "base/walletrpc/tx_keys.hpp"
#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

using Request = std::variant<
    GetVersion, GetLanguages, CreateWallet, OpenWallet, CloseWallet, Store, SetAttribute,
    GetAttribute, GetAddress, ValidateAddress, QueryKey, GetBalance, GetAccounts, GetHeight,
    IsMultisig, PrepareMultisig, MakeMultisig, ExchangeMultisigKeys, ExportMultisigInfo,
    ImportMultisigInfo, SignMultisig, SubmitMultisig, StopWallet, CreateAddress, LabelAddress,
    GetAddressIndex, CreateAccount, LabelAccount, GetAccountTags, TagAccounts, UntagAccounts,
    SetAccountTagDescription, Refresh, AutoRefresh, RescanBlockchain, RescanSpent, ScanTx,
    SetDaemon, GetTransfers, GetTransferByTxid, GetPayments, GetBulkPayments, SetTxNotes,
    GetTxNotes, IncomingTransfers, Freeze, Thaw, Frozen, RestoreDeterministicWallet,
    GenerateFromKeys, ChangeWalletPassword, MakeIntegratedAddress, SplitIntegratedAddress,
    SetLogLevel, SetLogCategories, GetAddressBook, AddAddressBook, EditAddressBook,
    DeleteAddressBook, Transfer, TransferSplit, SweepAll, SweepSingle, SweepDust, RelayTx,
    DescribeTransfer, GetTxKey, MakeUri, ParseUri, Sign, Verify, FinalizeMultisig>;

namespace detail {
// Answers are wrapped by method, since several methods answer with the same type.
template <class Variant>
struct AnswerOf;
template <class... Methods>
struct AnswerOf<std::variant<Methods...>> {
  template <class M>
  struct Wrapped {
    typename M::Answer value;
  };
  using type = std::variant<Wrapped<Methods>...>;
};
}  // namespace detail

template <class Method>
using AnswerTo = typename detail::AnswerOf<Request>::template Wrapped<Method>;

using Answer = typename detail::AnswerOf<Request>::type;

inline std::string_view method_of(const Request& request) {
  return std::visit([](const auto& r) { return std::decay_t<decltype(r)>::method; }, request);
}

}  // namespace escrowstorm::walletrpc
