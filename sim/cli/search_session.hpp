// What the commands that search have in common: the scenario they read, the folder of what they
// find, time and signals while they run, and how a failure is told.
#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/real_clock.hpp"
#include "sim/cli/failure_teller.hpp"
#include "sim/cli/search_flags.hpp"
#include "sim/cli/search_status.hpp"
#include "sim/process/signal_watch.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// A search judges whole runs: no threshold ends one early. Nothing when it can't be read; what is
// wrong is said then.
std::optional<Scenario> read_for_search(const SearchArguments& arguments, std::ostream& err);

class SearchSession {
 public:
  // `folder`: of the files, made when there is one. The streams outlive it.
  SearchSession(std::filesystem::path folder, std::ostream& out, std::ostream& err, bool quiet);

  SearchStatus& status() { return status_; }
  Duration elapsed() const { return clock_.now() - TimePoint(); }

  // Whether it was interrupted, now or before.
  bool interrupted();

  // As FailureTeller::tell(). False when its file could not be written.
  bool tell(Scenario failing, const Broken& broken, std::uint64_t found_by);

 private:
  SearchStatus status_;
  SignalWatch signals_;
  boost::asio::io_context loop_;  // the clock's
  RealClock clock_;
  bool interrupted_ = false;
  FailureTeller teller_;
};

}  // namespace escrowstorm::sim
