#include "tests/differential/generator.hpp"

#include <algorithm>

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

constexpr std::uint64_t coin = 1'000'000'000'000;
const std::array stage_names{"absent", "fresh", "prepared", "made", "exchanged", "ready"};

}  // namespace

Generator::Generator(std::uint64_t seed, bool with_money)
    : random_(Random(seed).stream("differential.generator")), with_money_(with_money) {
  slots_.fill(nobody);
  begin();
}

// Wallets from the stock, since making them takes the real one seconds; or none.
void Generator::begin() {
  constexpr std::array stages{Stage::absent, Stage::prepared, Stage::made, Stage::exchanged,
                              Stage::ready};
  const Stage stage = with_money_ ? Stage::ready : stages.at(static_cast<std::size_t>(any(5)));
  if (stage == Stage::absent) {
    dear_left_ += roles;
    return;
  }
  Sequence openings;
  const std::string name = stage_names.at(static_cast<std::size_t>(stage));
  for (int role = 0; role < roles; ++role) {
    Step copy;
    copy.copy_from = "stock_" + name + "_" + std::to_string(role);
    copy.copy_to = wallet_name(role);
    wallet(role).stage = stage;
    const std::string said = "${stock:" + name + "_" + std::to_string(role) + "}";
    message(wallet(role), stage) = said;
    messages_.push_back(said);
    openings.push_back(std::move(copy));
    openings.push_back(open(role, role));
  }
  if (with_money_) begin_with_money(openings);
  prologue_.assign(openings.rbegin(), openings.rend());
}

// They have not seen the chain yet.
void Generator::begin_with_money(Sequence& steps) const {
  for (int i = 0; i < instances; ++i) steps.push_back(call(i, "refresh"));
}

Step Generator::call(int at, std::string method, json params) const {
  Step step;
  step.at = at;
  step.method = std::move(method);
  step.params = std::move(params);
  return step;
}

Step Generator::open(int role, int instance) const {
  return call(instance, "open_wallet", {{"filename", wallet_name(role)}, {"password", ""}});
}

Step Generator::exchange(int instance, std::vector<std::string> messages) const {
  return call(instance, "exchange_multisig_keys",
              {{"multisig_info", std::move(messages)}, {"password", ""}});
}

Step Generator::transfer(int instance, std::uint64_t amount) const {
  const json destination{{"address", stranger}, {"amount", amount}};
  return call(instance, "transfer",
              {{"destinations", json::array({destination})}, {"get_tx_key", true}});
}

int Generator::instance_of(int role) const {
  const auto at = std::ranges::find(slots_, role);
  return at == slots_.end() ? nobody : static_cast<int>(at - slots_.begin());
}

bool Generator::may_be_dear() {
  if (dear_left_ <= 0) return false;
  --dear_left_;
  return true;
}

std::vector<std::string> Generator::messages_of_others(int role, Stage stage) const {
  std::vector<std::string> messages;
  for (int other = 0; other < roles; ++other) {
    const std::string& said =
        wallets_.at(static_cast<std::size_t>(other)).messages.at(static_cast<std::size_t>(stage));
    if (other != role && !said.empty()) messages.push_back(said);
  }
  return messages;
}

std::vector<std::string> Generator::infos_of_others(int role) const {
  std::vector<std::string> infos;
  for (int other = 0; other < roles; ++other) {
    const std::string& info = wallets_.at(static_cast<std::size_t>(other)).info;
    if (other != role && !info.empty()) infos.push_back(info);
  }
  return infos;
}

Step Generator::next() {
  if (!prologue_.empty()) {
    Step step = std::move(prologue_.back());
    prologue_.pop_back();
    return step;
  }
  const int lot = any(100);
  if (lot < 60) return sensible();
  return lot < 78 ? look() : mischief();
}

Step Generator::sensible() {
  if (dear_left_ > 0 && chance(5)) return call(any(instances), "close_wallet");
  const int first = any(roles);
  for (int i = 0; i < roles; ++i) {
    const int role = (first + i) % roles;
    const int instance = instance_of(role);
    if (instance == nobody) {
      if (!may_be_dear()) continue;
      if (wallet(role).stage != Stage::absent) return open(role, role);
      return call(role, "create_wallet",
                  {{"filename", wallet_name(role)}, {"password", ""}, {"language", "English"}});
    }
    if (wallet(role).stage == Stage::ready && with_money_) return money_step(role, instance);
    Step step = bring_along(role, instance);
    if (!step.method.empty()) return step;
  }
  return look();
}

// Nothing (no method) while others are behind.
Step Generator::bring_along(int role, int instance) {
  const Stage stage = wallet(role).stage;
  if (stage == Stage::fresh)
    return call(instance, "prepare_multisig", {{"enable_multisig_experimental", true}});
  auto messages = messages_of_others(role, stage);
  if (stage == Stage::ready || messages.size() < roles - 1) return {};
  if (stage == Stage::prepared) {
    return call(instance, "make_multisig",
                {{"multisig_info", std::move(messages)}, {"threshold", 2}, {"password", ""}});
  }
  return exchange(instance, std::move(messages));
}

Step Generator::money_step(int role, int instance) {
  switch (any(12)) {
    case 0:
    case 1:
      return call(instance, "refresh");
    case 2:
    case 3:
      return call(instance, "export_multisig_info");
    case 4:
    case 5:
    case 6:
      return call(instance, "import_multisig_info", {{"info", infos_of_others(role)}});
    case 7:
    case 8:
      if (txset_.empty()) return transfer(instance, coin / 2);
      return call(instance, "sign_multisig", {{"tx_data_hex", txset_}});
    case 9:
      return call(instance, "describe_transfer", {{"multisig_txset", txset_}});
    case 10:
      if (signed_.empty()) return transfer(instance, coin);
      return call(instance, "submit_multisig", {{"tx_data_hex", signed_}});
    default:
      return call(Step::daemon, "generateblocks",
                  {{"wallet_address", stranger}, {"amount_of_blocks", 1 + any(10)}});
  }
}

void Generator::learn(const Step& step, const json& answer) {
  const std::size_t number = learned_++;
  if (step.at < 0 || !answer.is_object() || !answer.contains("result")) return;
  const auto from = [&](const char* key) {
    return "${" + std::to_string(number) + "/" + key + "}";
  };
  const auto named = [&](int role) {
    return step.params.contains("filename") && step.params["filename"] == wallet_name(role);
  };
  if (step.method == "create_wallet" || step.method == "open_wallet") {
    slot(step.at) = nobody;
    for (int role = 0; role < roles; ++role) {
      if (!named(role)) continue;
      slot(step.at) = role;
      if (step.method == "create_wallet") wallet(role) = Wallet{Stage::fresh, {}, ""};
    }
    return;
  }
  const int role = slot(step.at);
  if (step.method == "close_wallet") slot(step.at) = nobody;
  if (step.method == "transfer") txset_ = from("multisig_txset");
  if (step.method == "sign_multisig") signed_ = from("tx_data_hex");
  if (step.method == "submit_multisig") {
    tx_hash_ = from("tx_hash_list/0");
    txset_.clear();
    signed_.clear();
  }
  if (role == nobody) return;
  Wallet& own = wallet(role);
  if (step.method == "export_multisig_info") own.info = from("info");
  const bool prepares = step.method == "prepare_multisig";
  if (!prepares && step.method != "make_multisig" && step.method != "exchange_multisig_keys")
    return;
  if (prepares) own.stage = Stage::prepared;
  if (step.method == "make_multisig") own.stage = Stage::made;
  if (step.method == "exchange_multisig_keys")
    own.stage = own.stage == Stage::made ? Stage::exchanged : Stage::ready;
  message(own, own.stage) = from("multisig_info");
  messages_.push_back(message(own, own.stage));
}

}  // namespace escrowstorm::differential
