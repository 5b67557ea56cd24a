// The script that a calibration plays on a fleet, live or mock: one escrow after another, on three
// instances at a time, the next three for the next. Lives on the world's executor; made for one
// run.
#pragma once

#include <cstdint>
#include <string>

#include "sim/calibrate/escrow_round.hpp"
#include "sim/calibrate/timed_calls.hpp"

namespace escrowstorm::sim {

struct CalibrationOptions {
  std::uint64_t rounds = 10;
  std::string wallet_prefix;
  Miner* miner = nullptr;  // of the chain that the wallets see; none: they get no money
};

class Calibration {
 public:
  using Failure = EscrowRound::Failure;

  // All references, the miner too, outlive it. REQUIRES: at least three instances.
  Calibration(Transport& transport, Clock& clock, CalibrationOptions options)
      : calls_(transport, clock), options_(std::move(options)) {}

  // Plays it to its end, or says why not. Then, and when it is dropped in the middle, open_on()
  // says which instances may still have a wallet of its own open.
  Awaitable<Failure> play();

  const LatencySamples& samples() const { return calls_.samples(); }
  const OpenWalletLabels& open_on() const { return calls_.open_on(); }

  // How far it is.
  std::uint64_t round() const { return round_; }
  std::string_view method() const { return calls_.method(); }

 private:
  Awaitable<Failure> find_chain(InstanceId instance);
  Awaitable<Failure> begin_chain(InstanceId instance);
  Awaitable<Failure> play_round();

  TimedCalls calls_;
  CalibrationOptions options_;
  std::uint64_t round_ = 0;
  std::string elsewhere_;     // an address whose key nobody has
  std::uint64_t height_ = 0;  // of the miner's chain as it began: how many blocks there are
};

}  // namespace escrowstorm::sim
