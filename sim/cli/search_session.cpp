#include "sim/cli/search_session.hpp"

#include <utility>
#include <variant>

#include "sim/cli/find_scenario.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {

namespace fs = std::filesystem;

std::optional<Scenario> read_for_search(const SearchArguments& arguments, std::ostream& err) {
  auto read = load_scenario(find_scenario(arguments.scenario), arguments.overrides);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) err << error << '\n';
    return std::nullopt;
  }
  auto& scenario = std::get<Scenario>(read);
  for (Threshold& threshold : scenario.thresholds) threshold.aborts = false;
  return std::move(scenario);
}

SearchSession::SearchSession(fs::path folder, std::ostream& out, std::ostream& err, bool quiet)
    : status_(err, quiet),
      clock_(loop_.get_executor()),
      teller_(std::move(folder), out, err, status_, clock_, [this] { return interrupted(); }) {}

bool SearchSession::interrupted() {
  interrupted_ = interrupted_ || signals_.asked_to_end();
  return interrupted_;
}

bool SearchSession::tell(Scenario failing, const Broken& broken, std::uint64_t found_by) {
  const Told told = teller_.tell(std::move(failing), broken, found_by);
  interrupted_ = interrupted_ || told == Told::interrupted;
  return told != Told::not_written;
}

}  // namespace escrowstorm::sim
