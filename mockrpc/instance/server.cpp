// Methods that need no wallet.
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

}  // namespace escrowstorm::mockrpc
