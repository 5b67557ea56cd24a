// When the address of an escrow is published: a policy.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace escrowstorm::coordinator {

enum class PublishAfter : unsigned char {
  check,  // when all three wallets have passed the check, reopened from their files if verified
  make,   // what get_address shows after make_multisig: done once, and wrong, since before the key
          // exchange ends that is a placeholder whose money is lost. Kept to be replayed.
};

inline constexpr std::array all_publish_after{PublishAfter::check, PublishAfter::make};

constexpr std::string_view name_of(PublishAfter policy) {
  constexpr std::array<std::string_view, all_publish_after.size()> names{"check", "make"};
  return names[static_cast<std::size_t>(policy)];
}

}  // namespace escrowstorm::coordinator
