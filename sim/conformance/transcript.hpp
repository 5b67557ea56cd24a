// One recorded session with a wallet RPC: what was called, and what it must be answered. The form
// is described in tests/data/transcripts/README.md.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/walletrpc/error_code.hpp"

namespace escrowstorm::sim {

using JsonValue = std::shared_ptr<const nlohmann::json>;

// A call of an instance. One of `error` and `result` is there.
struct CallStep {
  std::size_t at = 0;
  std::string method;
  JsonValue params;
  std::optional<walletrpc::RpcError> error;
  JsonValue result;                         // keys that must be there; values may be matchers
  std::map<std::string, std::string> save;  // variable: key of the result
};

// A call of the daemon.
struct DaemonStep {
  std::string method;
  JsonValue params;
};

struct CompareStep {
  bool same = true;  // or all different
  std::vector<std::string> values;
};

using TranscriptStep = std::variant<CallStep, DaemonStep, CompareStep>;

struct Transcript {
  std::string name;
  std::string about;
  std::string recorded_from;  // "monero-wallet-rpc 0.18.0.0 (regtest)"
  std::size_t instances = 0;
  std::vector<TranscriptStep> steps;
};

bool makes_blocks(const Transcript& transcript);

// Whether a text of the step uses ${name}.
bool uses_variable(const CallStep& call, std::string_view name);

// All that is wrong with a file, a line each: "wallet-files.json: step 7: ...". Steps count from 1.
using TranscriptErrors = std::vector<std::string>;

// Strict: unknown keys, matchers that are none, and variables that no earlier step saves are
// errors. `origin` names the file in them.
std::variant<Transcript, TranscriptErrors> read_transcript(std::string_view json,
                                                           std::string_view origin);

}  // namespace escrowstorm::sim
