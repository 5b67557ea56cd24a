// Plays transcripts one after the other on one fleet, with progress, until all are played, an
// instance is lost or a signal asks for an end. Made for one run.
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "base/http/access.hpp"
#include "sim/cli/conformance_options.hpp"
#include "sim/conformance/fleet_facts.hpp"
#include "sim/conformance/report.hpp"
#include "sim/conformance/transcript_files.hpp"
#include "sim/report/status_line.hpp"
#include "sim/world/real_world.hpp"

namespace escrowstorm::sim {

class ConformanceRun final : public RealWorld {
 public:
  // All but `access` outlive it. `out` gets the lines of each transcript when it has been played,
  // `err` the progress.
  ConformanceRun(const ConformanceCommand& command, http::Access access, std::ostream& out,
                 std::ostream& err);
  ~ConformanceRun() override;

  // Void when interrupted().
  FleetFacts inquire();

  // `wallet_dir`: what ${wallet_dir} stands for. REQUIRES: what for_version() left, and that the
  // fleet has what they need.
  void play(std::span<const TranscriptFile> files, const std::string& wallet_dir);

  const std::vector<PlayedTranscript>& played() const { return played_; }
  bool lost_an_instance() const { return !played_.empty() && played_.back().gave_up; }

  // What the names of all wallets of this run have in them.
  const std::string& mark() const { return mark_; }

 private:
  Awaitable<void> inquire_into(FleetInquiry& inquiry, FleetFacts& facts);
  Awaitable<void> play_all(std::span<const TranscriptFile> files, const std::string& wallet_dir);
  void show_progress(const std::string& line);

  const ConformanceCommand& command_;
  http::Access access_;
  std::ostream& out_;
  StatusLine progress_;
  bool show_;
  std::string mark_;
  std::vector<PlayedTranscript> played_;
};

}  // namespace escrowstorm::sim
