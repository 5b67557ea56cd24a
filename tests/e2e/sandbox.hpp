// A folder, a $TMPDIR and the programs of one test. When the test is over, nothing may be left: no
// process that was started in it, directly or by those it started, and no file in $TMPDIR.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/process/scratch_dir.hpp"
#include "tests/e2e/program.hpp"

namespace escrowstorm::e2e {

class Sandbox : public testing::Test {
 protected:
  Sandbox();
  void TearDown() override;

  std::filesystem::path folder() const { return home_.path() / "work"; }
  std::filesystem::path tmpdir() const { return home_.path() / "tmp"; }

  // escrowstorm ARGUMENTS --out out
  std::unique_ptr<Program> start_escrowstorm(std::vector<std::string> arguments) const;
  // One of our binaries.
  std::unique_ptr<Program> start(const std::string& name, std::vector<std::string> arguments) const;

  // Runs it to its end, and keeps what it said in out_ and err_.
  int escrowstorm(std::vector<std::string> arguments);

  std::filesystem::path write(const std::string& name, const std::string& text) const;

  nlohmann::json summary() const;
  // The events of the trace, or of one kind and phase.
  std::vector<nlohmann::json> events() const;
  bool trace_has_error(int code, const std::string& message) const;
  bool events_are_written() const;  // some, now or soon

  // Processes of this sandbox, other than this one.
  std::vector<pid_t> processes() const;

  std::map<std::string, std::string> environment_;  // of what is started, besides our own
  std::string out_;
  std::string err_;

 private:
  sim::ScratchDir home_;
};

std::string source_path(const std::string& relative);

// Of the real latencies, so that a storm takes less than a second.
std::string fast_profile();

}  // namespace escrowstorm::e2e
