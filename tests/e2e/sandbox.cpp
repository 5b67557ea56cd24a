#include "tests/e2e/sandbox.hpp"

#include <gmock/gmock.h>

#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/eventually.hpp"

namespace escrowstorm::e2e {

namespace fs = std::filesystem;
using nlohmann::json;

Sandbox::Sandbox() {
  fs::create_directories(folder());
  fs::create_directories(tmpdir());
}

void Sandbox::TearDown() {
  EXPECT_TRUE(test::eventually([this] { return processes().empty(); })) << "left running";
  EXPECT_TRUE(fs::is_empty(tmpdir()))
      << "left in $TMPDIR: " << fs::directory_iterator(tmpdir())->path();
}

std::unique_ptr<Program> Sandbox::start(const std::string& name,
                                        std::vector<std::string> arguments) const {
  Program::Start how;
  how.program = fs::path(ESCROWSTORM_BIN_DIR) / name;
  how.arguments = std::move(arguments);
  how.folder = folder();
  how.environment = environment_;
  how.environment["TMPDIR"] = tmpdir().string();
  how.environment["ESCROWSTORM_HOME"] = ESCROWSTORM_SOURCE_DIR;
  return std::make_unique<Program>(how);
}

std::unique_ptr<Program> Sandbox::start_escrowstorm(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--out", "out"});
  return start("escrowstorm", std::move(arguments));
}

int Sandbox::escrowstorm(std::vector<std::string> arguments) {
  const auto program = start_escrowstorm(std::move(arguments));
  const int status = program->wait();
  out_ = program->out();
  err_ = program->err();
  return status;
}

fs::path Sandbox::write(const std::string& name, const std::string& text) const {
  std::ofstream(folder() / name, std::ios::binary) << text;
  return folder() / name;
}

json Sandbox::summary() const {
  return json::parse(content_of(folder() / "out/summary.json"), nullptr, false);
}

std::vector<json> Sandbox::events() const {
  std::vector<json> all;
  std::istringstream lines(content_of(folder() / "out/events.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    all.push_back(json::parse(line, nullptr, false));
    EXPECT_FALSE(all.back().is_discarded()) << line;
  }
  return all;
}

bool Sandbox::trace_has_error(int code, const std::string& message) const {
  for (const json& event : events()) {
    if (event.value("code", 0) == code && event.value("message", "") == message) return true;
  }
  return false;
}

bool Sandbox::events_are_written() const {
  return test::eventually([this] {
    std::error_code not_yet;
    const auto size = fs::file_size(folder() / "out/events.jsonl", not_yet);
    return !not_yet && size > 0;
  });
}

std::vector<pid_t> Sandbox::processes() const {
  const std::string mark = "TMPDIR=" + tmpdir().string() + '\0';
  std::vector<pid_t> found;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (read.ec != std::errc() || read.ptr != name.data() + name.size()) continue;
    if (content_of(entry.path() / "environ").find(mark) != std::string::npos) found.push_back(pid);
  }
  return found;
}

std::string source_path(const std::string& relative) {
  return std::string(ESCROWSTORM_SOURCE_DIR) + "/" + relative;
}

std::string fast_profile() { return source_path("tests/data/profiles/twenty-times-faster.json"); }

}  // namespace escrowstorm::e2e
