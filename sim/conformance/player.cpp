#include "sim/conformance/player.hpp"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>
#include <variant>

#include "sim/conformance/bounded_json.hpp"
#include "sim/conformance/matcher.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

constexpr Duration call_time_max = std::chrono::seconds(60);
// Of the closing when an instance is lost: the others may be in the same trouble.
constexpr Duration last_call_time_max = std::chrono::seconds(5);
constexpr std::size_t answer_bytes_max = 16 * 1024 * 1024;
// monerod relays what it was sent in the background, and mines no transaction before.
constexpr Duration relay_time_max = std::chrono::seconds(10);
constexpr Duration relay_look_every = std::chrono::milliseconds(2);

// A ring takes 16 outputs, of coinbases older than 60 blocks. The recordings were made on a chain
// that had them.
constexpr std::uint64_t chain_blocks_min = 100;
// Of the Monero project: on regtest nobody's.
constexpr std::string_view miner_address =
    "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWD"
    "m";

std::string in_words(const json& reply) {
  const auto error = reply.find("error");
  if (error == reply.end()) return "the result " + shortened(reply.value("result", json()));
  return "the error " + shortened(*error);
}

bool is_answer(const json& reply) {
  return reply.is_object() && reply.contains("error") != reply.contains("result") &&
         reply.value("id", json()) == "0" && reply.value("jsonrpc", json()) == "2.0";
}

// A daemon that does not tell is taken to have relayed all.
bool all_relayed(const std::string& pool) {
  const auto parsed = parse_bounded_json(pool);
  const auto* answer = std::get_if<json>(&parsed);
  if (!answer || !answer->is_object() || !answer->contains("transactions")) return true;
  const auto waits = [](const json& transaction) {
    return transaction.is_object() && transaction.value("relayed", json()) == false;
  };
  return std::ranges::none_of(answer->at("transactions"), waits);
}

bool has_code(const json& error, int expected) {
  const auto code = error.find("code");
  return code != error.end() && *code == expected;
}

}  // namespace

Player::Player(Executor executor, Clock& clock, PlayerTarget target)
    : executor_(std::move(executor)), clock_(clock), target_(std::move(target)) {}

Player::~Player() = default;

Awaitable<std::vector<Difference>> Player::play(const Transcript& transcript) {
  assert(transcript.instances <= target_.instances.size());
  const auto connect = [this](const http::Endpoint& to) {
    return std::make_unique<http::Connection>(executor_, clock_, to, answer_bytes_max,
                                              target_.access);
  };
  variables_ = {{std::string(run_variable), target_.run},
                {std::string(wallet_dir_variable), target_.wallet_dir}};
  differences_.clear();
  connections_.clear();
  for (const http::Endpoint& instance : target_.instances) {
    connections_.push_back(connect(instance));
  }
  daemon_ = target_.daemon ? connect(*target_.daemon) : nullptr;

  step_ = 0;
  lost_ = nullptr;
  for (std::size_t i = 0; i < transcript.instances && !gave_up(); ++i)
    co_await close_open_wallet(i);
  const bool may_lengthen = target_.lengthen_chain && daemon_ && makes_blocks(transcript);
  if (may_lengthen && !gave_up()) co_await lengthen_chain();
  for (const TranscriptStep& step : transcript.steps) {
    if (gave_up()) break;
    ++step_;
    if (on_step_) on_step_(step_);
    co_await play_step(step);
  }
  ++step_;
  for (std::size_t i = 0; i < transcript.instances; ++i) co_await close_open_wallet(i);
  co_return std::move(differences_);
}

Awaitable<void> Player::play_step(const TranscriptStep& step) {
  if (const auto* call = std::get_if<CallStep>(&step)) {
    co_await play_call(*call);
  } else if (const auto* daemon = std::get_if<DaemonStep>(&step)) {
    co_await play_daemon(*daemon);
  } else {
    compare(std::get<CompareStep>(step));
  }
}

Awaitable<void> Player::close_open_wallet(std::size_t instance) {
  http::Connection& connection = *connections_.at(instance);
  if (&connection == lost_) co_return;
  doing_ = "close_wallet on instance " + std::to_string(instance);
  const Reply reply = co_await exchange(connection, "close_wallet", json::object());
  if (!reply || !reply->contains("error")) co_return;
  if (has_code(reply->at("error"), walletrpc::error_code::no_wallet_file)) co_return;
  differ("expected it to close, came " + in_words(*reply));
}

// A daemon that can't is left to the steps that need it.
Awaitable<void> Player::lengthen_chain() {
  doing_ = "get_block_count on the daemon";
  const Reply counted = co_await exchange(*daemon_, "get_block_count", json::object());
  if (!counted || !counted->contains("result")) co_return;
  const json& result = counted->at("result");
  const auto count = result.find("count");
  if (count == result.end() || !count->is_number_unsigned()) co_return;
  const auto blocks = count->get<std::uint64_t>();
  if (blocks >= chain_blocks_min) co_return;
  doing_ = "generateblocks on the daemon";
  json params = json::object();
  params["wallet_address"] = miner_address;
  params["amount_of_blocks"] = chain_blocks_min - blocks;
  co_await exchange(*daemon_, "generateblocks", std::move(params));
}

Awaitable<void> Player::play_call(const CallStep& call) {
  doing_ = call.method + " on instance " + std::to_string(call.at);
  if (!known(*call.params) || (call.result && !known(*call.result))) co_return;
  if (call.error && !known(call.error->message)) co_return;
  json params = substitute(*call.params, variables_);
  const Reply reply = co_await exchange(*connections_.at(call.at), call.method, std::move(params));
  if (reply) check(call, *reply);
}

Awaitable<void> Player::play_daemon(const DaemonStep& daemon) {
  doing_ = daemon.method + " on the daemon";
  if (!known(*daemon.params)) co_return;
  if (!daemon_) {
    differ("no daemon was given");
    co_return;
  }
  if (daemon.method == "generateblocks") co_await wait_for_relay();
  json params = substitute(*daemon.params, variables_);
  const Reply reply = co_await exchange(*daemon_, daemon.method, std::move(params));
  if (reply && !reply->contains("result")) differ("expected a result, came " + in_words(*reply));
}

Awaitable<void> Player::wait_for_relay() {
  const TimePoint deadline = clock_.now() + relay_time_max;
  while (clock_.now() < deadline) {
    std::string nothing_asked = "{}";
    const auto response =
        co_await daemon_->post("/get_transaction_pool", std::move(nothing_asked), deadline);
    if (!response || all_relayed(response->body)) co_return;
    co_await clock_.sleep_until(clock_.now() + relay_look_every);
  }
}

void Player::check(const CallStep& call, const json& reply) {
  const auto error = reply.find("error");
  const auto result = reply.find("result");
  if (call.error) {
    const std::string message = substitute_in_text(call.error->message, variables_);
    const json expected = {{"code", call.error->code}, {"message", message}};
    if (error == reply.end() || *error != expected) {
      differ("expected the error " + shortened(expected) + ", came " + in_words(reply));
    }
    return;
  }
  if (result == reply.end()) {
    return differ("expected the result " + shortened(*call.result) + ", came " + in_words(reply));
  }
  for (const std::string& d : differences(substitute(*call.result, variables_), *result)) differ(d);
  save(call, *result);
}

void Player::save(const CallStep& call, const json& result) {
  for (const auto& [name, key] : call.save) {
    const auto value = result.find(key);
    if (value != result.end() && value->is_string()) {
      variables_[name] = value->get<std::string>();
    } else {
      differ("expected a text \"" + key + "\" to save, came " + shortened(result));
    }
  }
}

void Player::compare(const CompareStep& step) {
  doing_ = step.same ? "same" : "differ";
  if (!known(step.values)) return;
  std::vector<std::string> values;
  for (const std::string& v : step.values) values.push_back(substitute_in_text(v, variables_));
  const auto times = [&values](const std::string& v) { return std::ranges::count(values, v); };
  const auto all = static_cast<std::ptrdiff_t>(values.size());
  const bool right = std::ranges::all_of(
      values, [&](const std::string& v) { return times(v) == (step.same ? all : 1); });
  if (right) return;
  differ((step.same ? "expected equal values, came " : "expected different values, came ") +
         shortened(values));
}

// The reply to one call; without one, a difference is noted.
Awaitable<Player::Reply> Player::exchange(http::Connection& connection, std::string method,
                                          json params) {
  const json call = {
      {"jsonrpc", "2.0"}, {"id", "0"}, {"method", method}, {"params", std::move(params)}};
  // Without a byte that is no UTF-8, which a folder's name may have and JSON may not.
  std::string body = call.dump(-1, ' ', false, json::error_handler_t::replace);
  const TimePoint deadline = clock_.now() + (gave_up() ? last_call_time_max : call_time_max);
  const auto response = co_await connection.post("/json_rpc", std::move(body), deadline);
  if (!response) {
    note_silence(connection, response.error());
    co_return std::nullopt;
  }
  auto parsed = parse_bounded_json(response->body);
  auto* reply = std::get_if<json>(&parsed);
  if (response->status == 200 && reply && is_answer(*reply)) co_return std::move(*reply);
  const auto* why = std::get_if<std::string>(&parsed);
  differ("expected a JSON-RPC answer, came HTTP " + std::to_string(response->status) + " with " +
         shortened(response->body) + (why ? ", which " + *why : ""));
  co_return std::nullopt;
}

// The first that can't be reached or does not answer ends the playing.
void Player::note_silence(const http::Connection& of, const CallError& error) {
  std::string what = std::string(name_of(error.kind)) + ": " + error.message;
  const bool lost =
      error.kind == CallError::Kind::refused || error.kind == CallError::Kind::deadline;
  if (lost && !gave_up()) {
    lost_ = &of;
    what += "; the rest was not played";
  }
  differ(what);
}

bool Player::known(const json& value) {
  bool all = true;
  for_each_variable(value, [&](const std::string& name) {
    if (variables_.contains(name)) return;
    differ("not played, ${" + name + "} was not saved");
    all = false;
  });
  return all;
}

void Player::differ(const std::string& what) {
  differences_.push_back(Difference{step_, doing_ + ": " + what});
}

}  // namespace escrowstorm::sim
