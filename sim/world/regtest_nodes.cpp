#include "sim/world/regtest_nodes.hpp"

#include <algorithm>
#include <boost/assert.hpp>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/http/client.hpp"
#include "sim/world/wallet_rpc_versions.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr Duration start_time_max = 60s;
constexpr Duration answer_time_max = 5s;
constexpr Duration first_pause = 10ms;
constexpr Duration longest_pause = 200ms;
// Each spends its first second mostly asleep, so this many at once keep two cores busy.
constexpr std::size_t starting_at_once = 16;
// Of a program's output, in an error, and for its cause: monerod takes leave in many words.
constexpr std::size_t shown_lines = 4;
constexpr std::size_t searched_lines = 15;
constexpr std::size_t small_answer_bytes_max = 64 * 1024;

fs::path require_program(const std::string& name, const std::optional<fs::path>& directory) {
  if (const auto path = find_program(name, directory)) return *path;
  throw WorldError(name + " not found in " + (directory ? directory->string() : "PATH") +
                   ": apt-get install monero, or give --monero-bin DIR");
}

// The result of a parameterless call, nothing when none came.
Awaitable<std::optional<nlohmann::json>> ask(Executor executor, Clock& clock,
                                             http::Endpoint endpoint, std::string method) {
  http::Connection connection(std::move(executor), clock, std::move(endpoint),
                              small_answer_bytes_max);
  std::string body = R"({"jsonrpc":"2.0","id":"0","method":")" + method + R"("})";
  const TimePoint deadline = clock.now() + answer_time_max;
  const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  if (!response || response->status != 200) co_return std::nullopt;
  auto answer = nlohmann::json::parse(response->body, nullptr, false);
  if (!answer.is_object() || !answer.contains("result")) co_return std::nullopt;
  co_return std::move(answer["result"]);
}

// Of get_version; 0 when there is none, as in monerod's get_info, where it is a text.
std::uint32_t version_in(const nlohmann::json& result) {
  const auto version = result.find("version");
  const bool number = version != result.end() && version->is_number_unsigned();
  return number ? version->get<std::uint32_t>() : 0;
}

bool port_was_taken(const std::string& last_words) {
  return last_words.find("Failed to bind") != std::string::npos;
}

}  // namespace

RegtestNodes::RegtestNodes(Executor executor, Clock& clock, RandomStream ports,
                           RegtestOptions options)
    : executor_(std::move(executor)),
      clock_(clock),
      random_(ports),
      options_(std::move(options)),
      monerod_(require_program("monerod", options_.monero_bin)),
      wallet_rpc_(require_program("monero-wallet-rpc", options_.monero_bin)) {}

RegtestNodes::~RegtestNodes() {
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    if (nodes_[i].process) nodes_[i].process->ask_to_end();
  }
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    if (nodes_[i].process) nodes_[i].process->terminate(100ms);
  }
  // monerod is killed: it would take two seconds to save a chain that nobody keeps.
}

http::Endpoint RegtestNodes::endpoint(std::size_t node) const {
  return http::Endpoint{"127.0.0.1", (*ports_)[node]};
}

std::vector<http::Endpoint> RegtestNodes::wallets() const {
  std::vector<http::Endpoint> all;
  for (std::size_t i = 1; i <= options_.instances; ++i) all.push_back(endpoint(i));
  return all;
}

http::Endpoint RegtestNodes::bank() const {
  BOOST_ASSERT(options_.bank);
  return endpoint(options_.instances + std::size_t{1});
}

std::string RegtestNodes::name(std::size_t node) const {
  if (node == 0) return "monerod";
  return "monero-wallet-rpc-" + (is_bank(node) ? "bank" : std::to_string(node - 1));
}

ChildCommand RegtestNodes::command(std::size_t node) const {
  const fs::path& scratch = options_.scratch;
  const std::string port = std::to_string((*ports_)[node]);
  ChildCommand c{node == 0 ? monerod_ : wallet_rpc_, {}, scratch / (name(node) + ".out")};
  c.arguments = {"--rpc-bind-ip",     "127.0.0.1",
                 "--rpc-bind-port",   port,
                 "--rpc-ssl",         "disabled",
                 "--disable-rpc-ban", "--non-interactive",
                 "--log-level",       "0",
                 "--log-file",        (scratch / (name(node) + ".log")).string()};
  const auto add = [&c](std::initializer_list<std::string> more) {
    c.arguments.insert(c.arguments.end(), more);
  };
  if (node == 0) {
    add({"--regtest", "--offline", "--fixed-difficulty", "1", "--no-zmq", "--no-igd"});
    add({"--check-updates", "disabled", "--data-dir", (scratch / "chain").string()});
  } else {
    add({"--disable-rpc-login", "--daemon-ssl", "disabled", "--trusted-daemon", "--no-dns"});
    add({"--daemon-address", endpoint(0).to_string()});
    add({"--wallet-dir", (is_bank(node) ? bank_dir() : wallet_dir()).string()});
    add({"--shared-ringdb-dir", (scratch / "ringdb").string()});
  }
  return c;
}

void RegtestNodes::launch(std::size_t node) {
  nodes_[node].process.reset();  // before its port is taken again
  nodes_[node].process = std::make_unique<ChildProcess>(command(node));
}

void RegtestNodes::check_alive(std::size_t node) {
  Node& n = nodes_[node];
  const auto ended = n.process->exited();
  if (!ended) return;
  const std::string last_words = n.process->last_lines(shown_lines);
  if (n.moved || !port_was_taken(n.process->last_lines(searched_lines))) {
    throw WorldError(name(node) + " ended with " + *ended + ": " +
                     (last_words.empty() ? "it wrote nothing" : last_words));
  }
  n.moved = true;
  ports_->replace(node, random_);
  launch(node);
}

// The version that the node answered with; 0 for monerod.
Awaitable<std::uint32_t> RegtestNodes::wait_for(std::size_t node) {
  const TimePoint give_up = clock_.now() + start_time_max;
  for (Duration pause = first_pause;; pause = std::min(pause * 2, longest_pause)) {
    check_alive(node);
    std::string method = node == 0 ? "get_info" : "get_version";
    const auto answer = co_await ask(executor_, clock_, endpoint(node), std::move(method));
    check_alive(node);  // it may be another program that answers on the port
    if (answer) co_return version_in(*answer);
    if (clock_.now() >= give_up) {
      throw WorldError(name(node) + " does not answer on " + endpoint(node).to_string() +
                       " after 60 s: " + nodes_[node].process->last_lines(shown_lines));
    }
    co_await clock_.sleep_until(clock_.now() + pause);
  }
}

Awaitable<void> RegtestNodes::start() {
  fs::create_directories(wallet_dir());
  if (options_.bank) fs::create_directories(bank_dir());
  nodes_.resize(1 + options_.instances + (options_.bank ? 1 : 0));
  ports_.emplace(nodes_.size(), random_);
  launch(0);
  co_await wait_for(0);
  say("monerod answers on " + daemon().to_string());

  std::uint32_t version = 0;
  std::size_t launched = 1;
  for (std::size_t node = 1; node < nodes_.size(); ++node) {
    while (launched < std::min(nodes_.size(), node + starting_at_once)) launch(launched++);
    version = co_await wait_for(node);
  }
  const std::string count = std::to_string(options_.instances);
  say(count + " of " + count + " monero-wallet-rpc answer (Monero " +
      std::string(monero_releases(version).value_or("of an unknown version")) + ")");
}

void RegtestNodes::say(const std::string& line) const {
  if (options_.say) options_.say(line);
}

}  // namespace escrowstorm::sim
