// The protocol as one type of requests and one of answers, each a value of any method's. What asks
// of each method visits them (visit.hpp).
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "base/walletrpc/accounts.hpp"
#include "base/walletrpc/address.hpp"
#include "base/walletrpc/address_book.hpp"
#include "base/walletrpc/attributes.hpp"
#include "base/walletrpc/balance.hpp"
#include "base/walletrpc/boxed.hpp"
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

using Methods =
    TypeList<GetVersion, GetLanguages, CreateWallet, OpenWallet, CloseWallet, Store, SetAttribute,
             GetAttribute, GetAddress, ValidateAddress, QueryKey, GetBalance, GetAccounts,
             GetHeight, IsMultisig, PrepareMultisig, MakeMultisig, ExchangeMultisigKeys,
             ExportMultisigInfo, ImportMultisigInfo, SignMultisig, SubmitMultisig, StopWallet,
             CreateAddress, LabelAddress, GetAddressIndex, CreateAccount, LabelAccount,
             GetAccountTags, TagAccounts, UntagAccounts, SetAccountTagDescription, Refresh,
             AutoRefresh, RescanBlockchain, RescanSpent, ScanTx, SetDaemon, GetTransfers,
             GetTransferByTxid, GetPayments, GetBulkPayments, SetTxNotes, GetTxNotes,
             IncomingTransfers, Freeze, Thaw, Frozen, RestoreDeterministicWallet, GenerateFromKeys,
             ChangeWalletPassword, MakeIntegratedAddress, SplitIntegratedAddress, SetLogLevel,
             SetLogCategories, GetAddressBook, AddAddressBook, EditAddressBook, DeleteAddressBook,
             Transfer, TransferSplit, SweepAll, SweepSingle, SweepDust, RelayTx, DescribeTransfer,
             GetTxKey, MakeUri, ParseUri, Sign, Verify, FinalizeMultisig>;

// Answers are wrapped by method, since several methods answer with the same type.
template <class Method>
struct AnswerTo {
  typename Method::Answer value;
};

// In the order of the list.
std::span<const std::string_view> method_names();

class Request final : public Boxed<Request> {
 public:
  template <class Method>
  static constexpr std::size_t index_of = index_in<Method>(Methods());

  Request() = default;
  template <class Method>
  requires requires { Method::method; }
  Request(Method method)  // NOLINT(google-explicit-constructor): as of a variant
      : Boxed(std::in_place_type<Method>, std::move(method)) {
    static_assert(index_of<Method> < Methods::size, "a method of the list");
  }
};

// Its index is that of the request which it answers.
class Answer final : public Boxed<Answer> {
  template <class Wrapped>
  struct MethodOf;
  template <class Method>
  struct MethodOf<AnswerTo<Method>> {
    using type = Method;
  };

 public:
  template <class Wrapped>
  static constexpr std::size_t index_of = Request::index_of<typename MethodOf<Wrapped>::type>;

  Answer() = default;
  template <class Method>
  Answer(AnswerTo<Method> answer)  // NOLINT(google-explicit-constructor): as of a variant
      : Boxed(std::in_place_type<AnswerTo<Method>>, std::move(answer)) {}
};

// REQUIRES: it holds one.
inline std::string_view method_of(const Request& request) {
  return method_names()[request.index()];
}

}  // namespace escrowstorm::walletrpc
