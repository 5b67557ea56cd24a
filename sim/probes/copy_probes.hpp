// Probes about wallets that go on in copies of their files.
#pragma once

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

std::unique_ptr<Probe> make_wallet_moved();
std::unique_ptr<Probe> make_went_back_to_a_round();

}  // namespace escrowstorm::sim
