#include "sim/cli/conformance_run.hpp"

#include <ostream>

#include "sim/cli/terminal.hpp"
#include "sim/process/entropy.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

ConformanceRun::ConformanceRun(const ConformanceCommand& command, http::Access access,
                               std::ostream& out, std::ostream& err)
    : command_(command),
      access_(std::move(access)),
      out_(out),
      progress_(err),
      show_(!command.quiet && stderr_is_terminal()),
      mark_("es" + unique_id()) {}

ConformanceRun::~ConformanceRun() { abandon(); }

FleetFacts ConformanceRun::inquire() {
  FleetInquiry inquiry(loop_.get_executor(), clock_, command_.rpc, command_.daemon, access_);
  FleetFacts facts;
  run(inquire_into(inquiry, facts), nullptr);
  if (interrupted()) abandon();  // before what it refers to goes
  return facts;
}

Awaitable<void> ConformanceRun::inquire_into(FleetInquiry& inquiry, FleetFacts& facts) {
  facts = co_await inquiry.ask();
}

void ConformanceRun::play(std::span<const TranscriptFile> files, const std::string& wallet_dir) {
  run(play_all(files, wallet_dir), nullptr);
  if (interrupted()) abandon();
  progress_.clear();
}

Awaitable<void> ConformanceRun::play_all(std::span<const TranscriptFile> files,
                                         const std::string& wallet_dir) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Transcript& transcript = files[i].transcript;
    PlayerTarget target;
    target.instances = command_.rpc;
    target.daemon = command_.daemon;
    target.access = access_;
    target.wallet_dir = wallet_dir;
    target.run = mark_ + "t" + std::to_string(i + 1);
    Player player(loop_.get_executor(), clock_, std::move(target));
    const std::string at = std::to_string(i + 1) + " of " + std::to_string(files.size()) + ": " +
                           printable(transcript.name) + ", step ";
    const std::string of = " of " + std::to_string(transcript.steps.size());
    player.watch([&](std::size_t step) { show_progress(at + std::to_string(step) + of); });

    PlayedTranscript played;
    played.file = files[i].path.string();
    played.name = transcript.name;
    played.recorded_from = transcript.recorded_from;
    played.steps = transcript.steps.size();
    const TimePoint began = clock_.now();
    played.differences = co_await player.play(transcript);
    played.took = clock_.now() - began;
    played.gave_up = player.gave_up();
    progress_.clear();
    out_ << lines_of(played) << std::flush;
    played_.push_back(std::move(played));
    if (lost_an_instance()) co_return;
  }
}

// On a terminal one line that is written over; the last column stays free, since writing it wraps
// on some.
void ConformanceRun::show_progress(const std::string& line) {
  if (show_) progress_.show(line, terminal_width());
}

}  // namespace escrowstorm::sim
