// One step of a random history of three instances: values that RapidCheck makes, shows and shrinks.
// Any sequence of steps can be performed; one that makes no sense at its place is refused as a
// client's call is.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <ostream>
#include <vector>

namespace escrowstorm::mockrpc::properties {

inline constexpr std::size_t instance_count = 3;

enum class Deed : std::uint8_t {
  create,
  open,
  close,
  close_unsaved,
  store,
  label,      // set_attribute
  advance,    // opens the wallet and takes its next step in the key exchange, the right way
  round,      // the three of the group advance, wherever they are open
  exchange,   // a step of the key exchange on whatever is open, with messages that may be anybody's
  kill,       // the instance; another takes its place
  copy,       // both files of a wallet under the name of another, whether that is open or not
  lose_cache  // the cache file goes
};

struct Step {
  Deed deed = Deed::create;
  std::size_t instance = 0;
  std::size_t wallet = 0;
  std::size_t choice = 0;  // among what the deed leaves open
};

using Steps = std::vector<Step>;

std::ostream& operator<<(std::ostream& out, const Step& step);

rc::Gen<Steps> some_steps();

}  // namespace escrowstorm::mockrpc::properties
