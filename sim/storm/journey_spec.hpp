// What becomes of an escrow that a storm asks for, from the request to its end, as a scenario says
// it; or the one call that a storm makes in its stead.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/amount.hpp"
#include "base/time.hpp"

namespace escrowstorm::sim {

enum class JourneyEnd : unsigned char {
  set_up,   // it ends with the address
  release,  // the buyer pays, and the vendor gets it
  refund,   // the buyer pays, and gets it back
  dispute,  // the buyer pays, and the arbiter says who gets it: by the seed
  vanish,   // the buyer never pays, and the escrow keeps its address
  call,     // no escrow at all: one call of one wallet RPC
};

inline constexpr std::array all_journey_ends{JourneyEnd::set_up, JourneyEnd::release,
                                             JourneyEnd::refund, JourneyEnd::dispute,
                                             JourneyEnd::vanish, JourneyEnd::call};

// Whether there is money in it: a price, and payees.
constexpr bool pays(JourneyEnd end) { return end != JourneyEnd::set_up && end != JourneyEnd::call; }

constexpr std::string_view name_of(JourneyEnd end) {
  constexpr std::array<std::string_view, all_journey_ends.size()> names{
      "set_up", "release", "refund", "dispute", "vanish", "call"};
  return names[static_cast<std::size_t>(end)];
}

struct JourneySpec {
  JourneyEnd end = JourneyEnd::release;
  std::uint32_t weight = 1;  // how many of all, beside the other journeys' weights
  Amount price = Amount::from_atomic(Amount::per_xmr);
  Duration deposit_after{};                         // since the address is known
  std::uint32_t payments = 1;                       // so often the buyer pays the price
  Duration payments_every{};                        // between two of them
  Duration check_every = std::chrono::seconds(30);  // whether it has arrived
  std::uint32_t clients = 1;                        // who ask for the payout at once
  std::uint32_t setup_clients = 1;                  // who ask for the set-up at once
  bool asks_twice = false;                          // for the set-up, and is told the same
  std::uint32_t checks = 0;                         // of the balance, once the deposit is there
  Duration think_time{};                            // before each step but the first
  std::string method = "get_version";               // of a call: a name of single_calls.hpp

  friend bool operator==(const JourneySpec&, const JourneySpec&) = default;
};

}  // namespace escrowstorm::sim
