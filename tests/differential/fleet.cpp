#include "tests/differential/fleet.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/e2e/mock_fleet.hpp"
#include "tests/support/eventually.hpp"

namespace escrowstorm::differential {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What Debian 12 has, and what the mock is held against.
constexpr const char* version = "0.18.0.0";

// The same on both sides, and only what both take.
std::vector<std::string> common_arguments(const std::string& port, const fs::path& wallet_dir) {
  return {"--rpc-bind-ip",       "127.0.0.1",    "--rpc-bind-port",  port, "--rpc-ssl", "disabled",
          "--disable-rpc-login", "--wallet-dir", wallet_dir.string()};
}

std::string mock_program() { return std::string(ESCROWSTORM_BIN_DIR) + "/mock-wallet-rpc"; }

std::string real_program(const std::string& name) {
  if (const auto path = sim::find_program(name, std::nullopt)) return path->string();
  throw std::runtime_error(name + " is not installed: apt-get install monero");
}

json in_short(const http::ClientResponse& response, bool is_path) {
  json answer = json::parse(response.body, nullptr, false);
  if (response.status != 200 || !answer.is_object())
    return {{"http", response.status}, {"body", response.body}};
  if (is_path) return {{"result", std::move(answer)}};
  json out = json::object();
  for (const char* key : {"result", "error"})
    if (answer.contains(key)) out[key] = answer[key];
  return out;
}

}  // namespace

Fleet::Fleet() : random_(Random(1).stream("differential.ports")) {
  fs::create_directories(wallet_dir());
}

Fleet::~Fleet() = default;

std::string Fleet::new_port() {
  ports_.push_back(std::make_unique<sim::LoopbackPorts>(1, random_));
  return std::to_string((*ports_.back())[0]);
}

void Fleet::start(const std::string& name, const std::string& program,
                  std::vector<std::string> arguments) {
  const sim::ChildCommand command{program, std::move(arguments), scratch() / (name + ".out")};
  processes_[name] = std::make_unique<sim::ChildProcess>(command);
}

std::string Fleet::output(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(scratch() / (name + ".out")).rdbuf();
  return text.str();
}

void Fleet::connect(int at, const http::Endpoint& endpoint) {
  clients_[at] = std::make_unique<test::BinaryClient>(endpoint);
}

void Fleet::wait_for(int at) {
  const bool answers = test::eventually(
      [&] { return !call(at, "get_version", json::object()).contains("no_answer"); });
  if (answers) return;
  std::string words;
  for (const auto& [name, process] : processes_)
    words += name + ": " + process->last_lines(4) + "\n";
  throw std::runtime_error("the programs of the differential test do not answer:\n" + words);
}

json Fleet::call(int at, const std::string& method, const json& params) {
  const bool is_path = method.starts_with('/');
  const json body =
      is_path ? params
              : json{{"jsonrpc", "2.0"}, {"id", "0"}, {"method", method}, {"params", params}};
  if (!clients_.contains(at)) return {{"no_answer", "there is none"}};
  try {
    return in_short(clients_.at(at)->post(is_path ? method : "/json_rpc", body.dump()), is_path);
  } catch (const std::runtime_error& failure) {
    return {{"no_answer", failure.what()}};
  }
}

void Fleet::copy_wallet(const std::string& from, const std::string& to) const {
  for (const char* ending : {"", ".keys"}) {
    std::error_code not_there;
    fs::copy_file(wallet_dir() / (from + ending), wallet_dir() / (to + ending),
                  fs::copy_options::overwrite_existing, not_there);
  }
}

KillableFleet::KillableFleet() {
  for (int i = 0; i < instances; ++i) wallet_ports_[i] = new_port();
}

void KillableFleet::launch_all() {
  for (int i = 0; i < instances; ++i) launch(i);
  for (int i = 0; i < instances; ++i) wait_for(i);
}

void KillableFleet::kill_and_restart(int instance) {
  kill(name(instance));
  launch(instance);
  wait_for(instance);
}

RealFleet::RealFleet() : daemon_port_(new_port()) {
  start("monerod", real_program("monerod"),
        {"--regtest",          "--offline",
         "--fixed-difficulty", "1",
         "--no-zmq",           "--no-igd",
         "--check-updates",    "disabled",
         "--non-interactive",  "--disable-rpc-ban",
         "--log-level",        "0",
         "--rpc-ssl",          "disabled",
         "--rpc-bind-ip",      "127.0.0.1",
         "--rpc-bind-port",    daemon_port_,
         "--data-dir",         (scratch() / "chain").string(),
         "--log-file",         (scratch() / "monerod.log").string()});
  connect(daemon, {"127.0.0.1", static_cast<std::uint16_t>(std::stoi(daemon_port_))});
  wait_for(daemon);
  launch_all();
}

void RealFleet::launch(int instance) {
  auto arguments = common_arguments(port(instance), wallet_dir());
  arguments.insert(
      arguments.end(),
      {"--daemon-ssl", "disabled", "--trusted-daemon", "--no-dns", "--non-interactive",
       "--disable-rpc-ban", "--log-level", "0", "--daemon-address", "127.0.0.1:" + daemon_port_,
       "--log-file", (scratch() / (name(instance) + ".log")).string(),
       // None: it would remember rings of blocks that the arena takes back.
       "--shared-ringdb-dir", "/dev/null/ringdb"});
  start(name(instance), real_program("monero-wallet-rpc"), std::move(arguments));
  connect(instance, {"127.0.0.1", static_cast<std::uint16_t>(std::stoi(port(instance)))});
}

MockProcesses::MockProcesses() { launch_all(); }

void MockProcesses::launch(int instance) {
  auto arguments = common_arguments(port(instance), wallet_dir());
  arguments.insert(arguments.end(), {"--emulate", version, "--seed", std::to_string(++seed_)});
  start(name(instance), mock_program(), std::move(arguments));
  connect(instance, {"127.0.0.1", static_cast<std::uint16_t>(std::stoi(port(instance)))});
}

MockFleet::MockFleet() {
  const std::string daemon_port = new_port();
  auto arguments = common_arguments("0", wallet_dir());
  arguments.insert(arguments.end(),
                   {"--emulate", version, "--seed", "1", "--instances", std::to_string(instances),
                    "--daemon-rpc-port", daemon_port, "--enforce-ring-size"});
  start("mock", mock_program(), std::move(arguments));
  if (!test::eventually([this] { return output("mock").find(" answer on ") != std::string::npos; }))
    throw std::runtime_error("the mock does not start: " + output("mock"));
  int instance = 0;
  for (const std::string& url : e2e::announced_urls(output("mock")))
    connect(instance++, std::get<http::Endpoint>(http::parse_endpoint(url)));
  connect(daemon, {"127.0.0.1", static_cast<std::uint16_t>(std::stoi(daemon_port))});
}

}  // namespace escrowstorm::differential
