#include "sim/report/confirmation_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/report/columns.hpp"
#include "sim/report/trial_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

// A rate's bound of one run or two says nothing.
std::string seen_text(const Trial& seen) {
  if (seen.failure) return "fails: " + failed_with(*seen.failure);
  return (seen.cut_short ? "not known: " : "holds: ") + counted(seen.rate.runs, "run");
}

std::string agreement_text(const ConfirmedVariant& variant) {
  if (variant.seen.cut_short) return "not known";
  if (variant.agrees()) return "agrees";
  return variant.holds ? "DIFFERS: holds in the virtual world"
                       : "not seen to fail as in the virtual world";
}

std::string conclusion(const Confirmation& confirmation) {
  const std::string world = "the world " + confirmation.world;
  if (confirmation.agrees()) return world + " agrees\n";
  const auto differing = static_cast<std::size_t>(
      std::count_if(confirmation.variants.begin(), confirmation.variants.end(),
                    [](const auto& one) { return !one.seen.cut_short && !one.agrees(); }));
  if (differing == 0) return world + ": there was no time for all of them\n";
  return world + " does not agree on " + std::to_string(differing) + " of " +
         std::to_string(confirmation.variants.size()) + "\n";
}

}  // namespace

std::string confirmation_table(const Confirmation& confirmation) {
  std::vector<std::vector<std::string>> rows{
      {"in the world " + confirmation.world, "set-up", "storm", "", ""}};
  for (const ConfirmedVariant& variant : confirmation.variants)
    rows.push_back({variant.name, time_cell(variant.seen.setup), time_cell(variant.seen.makespan),
                    seen_text(variant.seen), agreement_text(variant)});
  return columns(rows, {Align::left, Align::right, Align::right, Align::left, Align::left}) +
         conclusion(confirmation);
}

nlohmann::ordered_json to_json(const Confirmation& confirmation) {
  nlohmann::ordered_json json;
  json["world"] = confirmation.world;
  json["agrees"] = confirmation.agrees();
  json["cut_short"] = confirmation.cut_short;
  json["variants"] = nlohmann::ordered_json::array();
  for (const ConfirmedVariant& variant : confirmation.variants) {
    nlohmann::ordered_json one;
    one["variant"] = variant.name;
    one["holds_in_virtual"] = variant.holds;
    one["holds"] = variant.seen.holds();
    one["agrees"] = variant.agrees();
    one.update(trial_json(variant.seen));
    json["variants"].push_back(std::move(one));
  }
  return json;
}

}  // namespace escrowstorm::sim
