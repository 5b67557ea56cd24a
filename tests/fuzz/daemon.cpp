// Bodies of requests to monerod, in sequence, on a chain with an escrow's money in blocks and in
// the pool: each gets an answer that a client can read, and no money comes or goes.
#include "mockrpc/daemon/daemon.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>

#include "base/epee/stored_json.hpp"
#include "mockrpc/version.hpp"
#include "tests/fuzz/check.hpp"
#include "tests/fuzz/daemon_paths.hpp"
#include "tests/fuzz/spent_escrow.hpp"

namespace escrowstorm::fuzz {
namespace {

constexpr std::size_t digits_max = 3;

// Whether it may ask for thousands of blocks, which are slow to make here and teach nothing.
bool is_slow(std::string_view body) {
  if (body.find("generate") == body.npos && body.find('\\') == body.npos) return false;
  std::size_t run = 0;
  for (const unsigned char c : body) {
    run = std::isdigit(c) != 0 ? run + 1 : 0;
    if (run > digits_max && body.find("locks") != body.npos) return true;
  }
  return false;
}

void take(std::string_view input) {
  mockrpc::Chain chain = spent_escrow().chain;
  const mockrpc::Daemon daemon(chain, mockrpc::versions()[input.size() % 2],
                               mockrpc::Network::mainnet);
  while (!input.empty()) {
    const std::string_view record = input.substr(0, input.find(record_separator));
    input.remove_prefix(std::min(input.size(), record.size() + 1));
    if (record.empty() || is_slow(record)) continue;
    const auto path = static_cast<unsigned char>(record.front()) % daemon_paths.size();
    const http::ServerResponse response = daemon.serve(daemon_paths[path], record.substr(1));
    check(response.status == 200 || response.status == 400 || response.status == 404 ||
              response.status == 500,
          "an expected status");
    check(response.body.empty() == (response.status != 200), "a body when all is well");
    if (response.status == 200)
      check(epee::StoredJson(response.body).object() != nullptr,
            "an answer that can be read: " + response.body);
  }
  check(unspent(chain) == chain.top().generated, "no money comes or goes");
}

}  // namespace
}  // namespace escrowstorm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  escrowstorm::fuzz::take({reinterpret_cast<const char*>(data), size});
  return 0;
}
