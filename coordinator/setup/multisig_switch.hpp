// How multisig is switched on in a wallet, which the real RPC has off: a policy.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace escrowstorm::coordinator {

enum class MultisigSwitch : unsigned char {
  prepare,    // prepare_multisig with enable_multisig_experimental
  attribute,  // set_attribute enable-multisig-experimental before it: stores a label and switches
              // nothing on, so that the first exchange is refused. Kept to be replayed.
};

inline constexpr std::array all_multisig_switches{MultisigSwitch::prepare,
                                                  MultisigSwitch::attribute};

constexpr std::string_view name_of(MultisigSwitch policy) {
  return policy == MultisigSwitch::prepare ? "prepare" : "attribute";
}

}  // namespace escrowstorm::coordinator
