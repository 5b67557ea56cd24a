#include "sim/scenario/life_keys.hpp"

#include <nlohmann/json.hpp>

#include "sim/scenario/choice.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/storm/single_calls.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t weight_max = 1'000'000;
constexpr std::uint64_t at_once_max = 1'000;
constexpr std::uint64_t checks_max = 1'000'000;
constexpr std::uint64_t confirmations_max = 1'000;
constexpr std::uint64_t sessions_max = 1'000'000;
constexpr Duration shortest_pause = std::chrono::milliseconds(1);

void read_call(SectionReader& section, JourneySpec& journey) {
  section.read("method", journey.method);
  check_name(section, "method", journey.method, "call of a journey", names_in(single_calls()));
}

void read_escrow(SectionReader& section, JourneySpec& journey) {
  section.read("price", journey.price);
  section.read("deposit_after", journey.deposit_after);
  section.read("payments", journey.payments, 1, at_once_max);
  section.read("payments_every", journey.payments_every);
  section.read("check_every", journey.check_every, shortest_pause);
  section.read("clients", journey.clients, 1, at_once_max);
  section.read("setup_clients", journey.setup_clients, 1, at_once_max);
  section.read("asks_twice", journey.asks_twice);
  section.read("checks", journey.checks, 0, checks_max);
  section.read("think_time", journey.think_time);
}

JourneySpec read_journey(const JsonNode& node, const std::string& path, Findings& findings) {
  JourneySpec journey;
  SectionReader section(&node, path, findings);
  read_choice(section, "end", "end of a journey", all_journey_ends, journey.end);
  section.note_decider("end");
  section.read("weight", journey.weight, 1, weight_max);
  if (journey.end == JourneyEnd::call)
    read_call(section, journey);
  else
    read_escrow(section, journey);
  section.finish();
  return journey;
}

}  // namespace

void read_life(SectionReader& section, coordinator::LifeOptions& life) {
  read_choice(section, "sessions", "way to keep sessions", coordinator::all_session_policies,
              life.sessions.policy);
  section.read("session_time_to_live", life.sessions.time_to_live, shortest_pause);
  section.read("sessions_max", life.sessions.sessions_max, 0, sessions_max);
  read_choice(section, "balance", "way to find a balance", coordinator::all_balance_policies,
              life.watch.policy);
  section.read("balance_cache", life.watch.cache);
  section.read("background_sync", life.watch.background);
  section.read("fee_max", life.payout.fee_max);
  section.read("confirmations", life.payout.confirmations, 1, confirmations_max);
  section.read("confirm_every", life.payout.look_every, shortest_pause);
}

void write_life(Json& section, const coordinator::LifeOptions& life) {
  section["sessions"] = name_of(life.sessions.policy);
  section["session_time_to_live"] = duration_key_text(life.sessions.time_to_live);
  section["sessions_max"] = life.sessions.sessions_max;
  section["balance"] = name_of(life.watch.policy);
  section["balance_cache"] = duration_key_text(life.watch.cache);
  section["background_sync"] = duration_key_text(life.watch.background);
  section["fee_max"] = amount_text(life.payout.fee_max);
  section["confirmations"] = life.payout.confirmations;
  section["confirm_every"] = duration_key_text(life.payout.look_every);
}

void read_journeys(SectionReader& section, Findings& findings, std::vector<JourneySpec>& journeys) {
  section.read_list("journeys", [&](const JsonNode& node, const std::string& path) {
    journeys.push_back(read_journey(node, path, findings));
  });
}

Json journeys_json(const std::vector<JourneySpec>& journeys) {
  Json all = Json::array();
  for (const JourneySpec& journey : journeys) {
    Json& one = all.emplace_back();
    one["end"] = name_of(journey.end);
    one["weight"] = journey.weight;
    if (journey.end == JourneyEnd::call) {
      one["method"] = journey.method;
      continue;
    }
    one["price"] = amount_text(journey.price);
    one["deposit_after"] = duration_key_text(journey.deposit_after);
    one["payments"] = journey.payments;
    one["payments_every"] = duration_key_text(journey.payments_every);
    one["check_every"] = duration_key_text(journey.check_every);
    one["clients"] = journey.clients;
    one["setup_clients"] = journey.setup_clients;
    one["asks_twice"] = journey.asks_twice;
    one["checks"] = journey.checks;
    one["think_time"] = duration_key_text(journey.think_time);
  }
  return all;
}

}  // namespace escrowstorm::sim
