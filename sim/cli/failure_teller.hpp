// What a search does with a run that breaks an invariant: makes it small, writes its replay file,
// and tells its story.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#include "base/clock.hpp"
#include "sim/cli/search_status.hpp"
#include "sim/explore/shrinker.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

enum class Told : unsigned char { yes, interrupted, not_written };

class FailureTeller {
 public:
  // `folder`: of the replay files, made when there is one. References outlive it.
  FailureTeller(std::filesystem::path folder, std::ostream& out, std::ostream& err,
                SearchStatus& status, const Clock& clock, std::function<bool()> signalled);

  // REQUIRES: the run of `failing` breaks the invariant. `found_by`: the seed of the search.
  Told tell(Scenario failing, const std::string& invariant, std::uint64_t found_by);

 private:
  Shrunk make_small(Scenario failing, const std::string& invariant);
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
