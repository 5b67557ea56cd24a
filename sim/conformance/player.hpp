// Plays a transcript against any wallet RPC, mock or real, and tells where it answers otherwise.
// Lives on one executor.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/http/client.hpp"
#include "sim/conformance/transcript.hpp"
#include "sim/conformance/variables.hpp"

namespace escrowstorm::sim {

struct PlayerTarget {
  std::vector<http::Endpoint> instances;  // at least as many as the transcript names
  std::optional<http::Endpoint> daemon;   // for transcripts that make blocks
  std::string wallet_dir;                 // as the instances name it in their errors
  std::string run;                        // makes wallet names that the fleet does not have yet
  http::Access access = {};               // login and trust for all of them
  bool lengthen_chain = true;             // before transcripts that make blocks: see play()
};

// A step that went otherwise than recorded. Steps count from 1; 0 is the preparation, and one more
// than there are the closing of wallets at the end.
struct Difference {
  std::size_t step = 0;
  std::string what;  // "exchange_multisig_keys on instance 0: expected ..., came ..."
};

class Player {
 public:
  // `clock` outlives it.
  Player(Executor executor, Clock& clock, PlayerTarget target);
  ~Player();

  // Tells each step's number before it is played.
  void watch(std::function<void(std::size_t step)> on_step) { on_step_ = std::move(on_step); }

  // All differences; none when the target answers as recorded. Closes what wallets the instances
  // have open, before and after, since a transcript begins on fresh ones, and sees to it, unless
  // told not to, that there are outputs enough to hide among on the chain of one that makes blocks.
  // When one can't be reached or does not answer, the rest is not played, and what the others have
  // open is closed. `transcript` outlives the call.
  Awaitable<std::vector<Difference>> play(const Transcript& transcript);

  // Whether the last play() ended early for that reason.
  bool gave_up() const { return lost_ != nullptr; }

 private:
  using Reply = std::optional<nlohmann::json>;  // the whole JSON-RPC answer

  Awaitable<void> close_open_wallet(std::size_t instance);
  Awaitable<void> lengthen_chain();
  Awaitable<void> play_step(const TranscriptStep& step);
  Awaitable<void> play_call(const CallStep& call);
  Awaitable<void> play_daemon(const DaemonStep& daemon);
  Awaitable<void> wait_for_relay();
  void compare(const CompareStep& step);
  void check(const CallStep& call, const nlohmann::json& reply);
  void save(const CallStep& call, const nlohmann::json& result);
  Awaitable<Reply> exchange(http::Connection& connection, std::string method,
                            nlohmann::json params);
  void note_silence(const http::Connection& of, const CallError& error);
  bool known(const nlohmann::json& value);
  void differ(const std::string& what);

  Executor executor_;
  Clock& clock_;
  PlayerTarget target_;
  std::function<void(std::size_t)> on_step_;
  std::vector<std::unique_ptr<http::Connection>> connections_;
  std::unique_ptr<http::Connection> daemon_;

  // Of the transcript being played.
  Variables variables_;
  std::size_t step_ = 0;
  const http::Connection* lost_ = nullptr;  // the one that was given up, if any
  std::string doing_;                       // "prepare_multisig on instance 1"
  std::vector<Difference> differences_;
};

}  // namespace escrowstorm::sim
