// What a search does with a run that breaks an invariant, or in which an escrow fails: makes it
// small, writes a file that runs it again, and tells its story.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#include "base/clock.hpp"
#include "sim/cli/search_status.hpp"
#include "sim/explore/shrinker.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

enum class Told : unsigned char { yes, interrupted, not_written };

// What a run came to that should not have been.
struct Broken {
  std::string what;  // an invariant; or why an escrow failed, as a summary has it
  bool is_invariant = true;

  bool is_in(const VirtualOutcome& outcome) const;
};

class FailureTeller {
 public:
  // `folder`: of the files, made when there is one. References outlive it.
  FailureTeller(std::filesystem::path folder, std::ostream& out, std::ostream& err,
                SearchStatus& status, const Clock& clock, std::function<bool()> signalled);

  // REQUIRES: it is in the run of `failing`. `found_by`: the seed of the search. The file is a
  // replay file; of an escrow that failed, a scenario.
  Told tell(Scenario failing, const Broken& broken, std::uint64_t found_by);

 private:
  Shrunk make_small(Scenario failing, const Broken& broken);
  std::optional<std::string> write(const Scenario& scenario, const Broken& broken,
                                   const VirtualOutcome& outcome, std::uint64_t found_by);
  std::filesystem::path file_for(const std::string& invariant, std::uint64_t seed,
                                 const std::string& scenario) const;

  const std::filesystem::path folder_;
  std::ostream& out_;
  std::ostream& err_;
  SearchStatus& status_;
  const Clock& clock_;
  const std::function<bool()> signalled_;
  bool out_of_time_ = false;  // of the shrinking
};

// Why nothing can be written into that folder, which may not be there yet. Looked at before a
// search, which may take hours; nothing is made.
std::optional<std::string> cannot_write_into(const std::filesystem::path& folder);

}  // namespace escrowstorm::sim
