#include "tests/differential/arena.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/differential/generator.hpp"

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

// What a fee may differ by: with more than 128 outputs to hide among, the size of a transaction is
// a matter of chance, by a byte for each member of its rings.
constexpr std::uint64_t amount_tolerance = 30'000'000;

bool spends(const std::string& method) {
  return method == "transfer" || method == "transfer_split" || method.starts_with("sweep_");
}

std::string indented(const json& value) {
  return value.dump(1, ' ', false, json::error_handler_t::replace);
}

json must(Fleet& fleet, int at, const std::string& method, const json& params) {
  json answer = fleet.call(at, method, params);
  if (!answer.contains("result"))
    throw std::runtime_error("stock: " + method + ": " + answer.dump());
  return std::move(answer["result"]);
}

// The messages of the other two.
json others(const std::array<std::string, 3>& messages, int role) {
  json out = json::array();
  for (int other = 0; other < instances; ++other)
    if (other != role) out.push_back(messages.at(static_cast<std::size_t>(other)));
  return out;
}

// Plays a set-up on one side and copies the files after each stage.
class Supplier {
 public:
  Supplier(Fleet& fleet, Stock& stock) : fleet_(fleet), stock_(stock) {}

  void run() {
    for (int i = 0; i < instances; ++i)
      must(fleet_, i, "create_wallet", {{"filename", wallet(i)}, {"language", "English"}});
    for (int i = 0; i < instances; ++i) keep("fresh", i);
    stage("prepared", "prepare_multisig", [](int) {
      return json{{"enable_multisig_experimental", true}};
    });
    stage("made", "make_multisig", [this](int i) {
      return json{{"multisig_info", others(messages_, i)}, {"threshold", 2}, {"password", ""}};
    });
    stage("exchanged", "exchange_multisig_keys", [this](int i) {
      return json{{"multisig_info", others(messages_, i)}, {"password", ""}};
    });
    stage("ready", "exchange_multisig_keys", [this](int i) {
      return json{{"multisig_info", others(messages_, i)}, {"password", ""}};
    });
    stock_["address"] = must(fleet_, 0, "get_address", json::object())["address"];
    for (int i = 0; i < instances; ++i) must(fleet_, i, "close_wallet", json::object());
  }

 private:
  static std::string wallet(int i) { return "supply" + std::to_string(i); }

  template <class Params>
  void stage(const std::string& name, const std::string& method, Params params) {
    std::array<std::string, 3> next;
    for (int i = 0; i < instances; ++i) {
      const json result = must(fleet_, i, method, params(i));
      next.at(static_cast<std::size_t>(i)) = result["multisig_info"];
      stock_[name + "_" + std::to_string(i)] = result["multisig_info"];
      keep(name, i);
    }
    messages_ = next;
  }

  void keep(const std::string& stage, int i) {
    must(fleet_, i, "store", json::object());
    fleet_.copy_wallet(wallet(i), "stock_" + stage + "_" + std::to_string(i));
  }

  Fleet& fleet_;
  Stock& stock_;
  std::array<std::string, 3> messages_;
};

std::uint64_t block_count(Fleet& fleet) {
  return must(fleet, daemon, "get_block_count", json::object())["count"];
}

// Wallets first, and the pool last: it gets what was in the blocks.
void reset(Fleet& fleet, std::uint64_t blocks) {
  for (int i = 0; i < instances; ++i) fleet.call(i, "close_wallet", json::object());
  if (blocks == 0) return;  // nothing was mined
  if (const auto surplus = block_count(fleet) - blocks; surplus > 0)
    must(fleet, daemon, "/pop_blocks", {{"nblocks", surplus}});
  must(fleet, daemon, "flush_txpool", json::object());
}

}  // namespace

Arena::Arena(std::unique_ptr<Fleet> real, std::unique_ptr<Fleet> mock)
    : real_(std::move(real)), mock_(std::move(mock)) {
  for (Fleet* fleet : {real_.get(), mock_.get()})
    for (int i = 0; i < instances; ++i)
      fleet->call(i, "auto_refresh", {{"enable", false}});  // it would come between two calls
}

void Arena::kill_and_restart(int instance) {
  for (Fleet* fleet : {real_.get(), mock_.get()}) {
    fleet->kill_and_restart(instance);
    fleet->call(instance, "auto_refresh", {{"enable", false}});
  }
}

void Arena::lay_in_stock() {
  Supplier(*real_, real_stock_).run();
  Supplier(*mock_, mock_stock_).run();
}

void Arena::fund_stock() {
  for (auto [fleet, stock] : {std::pair(real_.get(), &real_stock_), {mock_.get(), &mock_stock_}}) {
    const auto mine = [fleet = fleet](int blocks, const std::string& to) {
      must(*fleet, daemon, "generateblocks",
           {{"amount_of_blocks", blocks}, {"wallet_address", to}});
    };
    mine(39, stranger);
    mine(1, stock->at("address"));
    mine(60, stranger);
  }
  blocks_ = block_count(*real_);
}

Match Arena::begin() {
  reset(*real_, blocks_);
  reset(*mock_, blocks_);
  tolerance_ = {};
  return Match(*this, "s" + std::to_string(++sessions_));
}

std::optional<Parting> Arena::play(const Sequence& sequence) {
  Match match = begin();
  for (const Step& step : sequence)
    if (auto parting = match.play(step)) return parting;
  return std::nullopt;
}

Match::Match(Arena& arena, const std::string& run)
    : arena_(arena),
      real_(*arena.real_, arena.real_stock_, run),
      mock_(*arena.mock_, arena.mock_stock_, run) {}

std::optional<Parting> Match::play(const Step& step) {
  answer_ = &mock_.play(step);
  const bool spent = real_.play(step).contains("result") && spends(step.method);
  if (spent) arena_.tolerance_ = {.amount = amount_tolerance, .place = 1};
  const std::size_t number = steps_++;
  const json mock = mock_.last();
  const json real = real_.last();
  const auto found = differences(real, mock, arena_.tolerance_);
  if (found.empty()) return std::nullopt;
  std::string what = "step " + std::to_string(number) + ", " + in_words(step) + "\n";
  for (const std::string& difference : found) what += "  " + difference + "\n";
  return Parting{number, what + "real: " + indented(real) + "\nmock: " + indented(mock) + "\n"};
}

Sequence shrunk(Arena& arena, Sequence sequence, int tries) {
  const auto parting = arena.play(sequence);
  if (!parting) return sequence;
  sequence.resize(parting->step + 1);
  // From behind, and with nothing in a step's place, so that the numbers of the others stay.
  for (std::size_t i = sequence.size() - 1; i-- > 0 && tries > 0; --tries) {
    Sequence less = sequence;
    less[i] = Step{};
    if (less[i] == sequence[i]) continue;
    if (arena.play(less)) sequence = std::move(less);
  }
  return sequence;
}

}  // namespace escrowstorm::differential
