#include "coordinator/life/wallet_work.hpp"

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/error_text.hpp"

namespace escrowstorm::coordinator {

using walletrpc::ExportMultisigInfo;
using walletrpc::ImportMultisigInfo;
using MaybeFailure = std::optional<WorkFailure>;

void throw_exception_from_error(const WorkFailure& failure, const boost::source_location&) {
  throw std::logic_error("value of failed work: " + failure.what);
}

Awaitable<MaybeFailure> WalletWork::refresh(RoleSet roles) {
  std::vector<std::pair<Role, Carrier::Ticket>> calls;
  for (const Role role : roles)
    calls.emplace_back(role, carrier_.begin(wallets_.site(role, phase_), walletrpc::Refresh()));
  MaybeFailure failure;
  for (const auto& [role, ticket] : calls) {
    const CallResult<walletrpc::Answer> refreshed = co_await carrier_.result(ticket);
    if (!refreshed) failure = failure_of(role, walletrpc::Refresh::method, refreshed.error());
  }
  co_return failure;
}

Awaitable<MaybeFailure> WalletWork::sync_pair(Role creator, Role signer) {
  ExportMultisigInfo from_signer;
  WorkResult<ExportMultisigInfo::Answer> exported = co_await ask(signer, std::move(from_signer));
  if (!exported) co_return exported.error();
  ImportMultisigInfo to_creator;
  to_creator.info.push_back(std::move(exported->info));
  const WorkResult<ImportMultisigInfo::Answer> imported =
      co_await ask(creator, std::move(to_creator));
  if (!imported) co_return imported.error();
  co_return MaybeFailure();
}

Awaitable<MaybeFailure> WalletWork::sync_all() {
  std::array<std::string, role_count> infos;
  for (const Role role : all_roles) {
    ExportMultisigInfo request;
    WorkResult<ExportMultisigInfo::Answer> exported = co_await ask(role, std::move(request));
    if (!exported) co_return exported.error();
    infos[index_of(role)] = std::move(exported->info);
  }
  for (const Role role : all_roles) {
    ImportMultisigInfo request;
    for (const Role other : all_roles)
      if (other != role) request.info.push_back(infos[index_of(other)]);
    const WorkResult<ImportMultisigInfo::Answer> imported = co_await ask(role, std::move(request));
    if (!imported) co_return imported.error();
  }
  co_return MaybeFailure();
}

WorkFailure WalletWork::failure_of(Role role, std::string_view method,
                                   const CallError& error) const {
  WorkFailure failure;
  failure.what = name_of(role);
  failure.what += ": ";
  failure.what += method;
  failure.what +=
      " on instance " + std::to_string(wallets_.instances[index_of(role)]) + ": " + describe(error);
  failure.code = error.code;
  if (error.kind != CallError::Kind::rpc_error) failure.unanswered = role;
  failure.lost = failure.code == walletrpc::error_code::no_wallet_file;
  return failure;
}

}  // namespace escrowstorm::coordinator
