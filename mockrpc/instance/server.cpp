// Methods that are about the instance itself.
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/wallet/languages.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution run(Slot& slot, const GetVersion&) {
  GetVersion::Answer answer;
  answer.release = slot.host.version->release;
  answer.version = slot.host.version->rpc_version;
  return answered<GetVersion>(std::move(answer));
}

Execution run(Slot&, const GetLanguages&) {
  GetLanguages::Answer answer;
  for (const Language& language : languages) {
    answer.languages.emplace_back(language.english);
    answer.languages_local.emplace_back(language.local);
  }
  return answered<GetLanguages>(std::move(answer));
}

Execution run(Slot& slot, const StopWallet&) {
  if (!slot.wallet) return no_wallet_open();
  if (auto stored = slot.wallet->store(); !stored)
    return failed(error_code::unknown_error, stored.error().text);
  return answered<StopWallet>({}, Store::method);
}

Execution run(Slot& slot, const SetLogLevel& request) {
  if (request.level < 0 || request.level > 4)
    return failed(error_code::invalid_log_level, "Error: log level not valid");
  slot.server.log.set_level(request.level);
  return answered<SetLogLevel>({});
}

Execution run(Slot& slot, const SetLogCategories& request) {
  SetLogCategories::Answer answer;
  slot.server.log.set(request.categories);
  answer.categories = slot.server.log.text();
  return answered<SetLogCategories>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
