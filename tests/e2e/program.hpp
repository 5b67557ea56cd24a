// A program started as a user starts it, with what it says and how it ends.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace escrowstorm::e2e {

class Program {
 public:
  struct Start {
    std::filesystem::path program;
    std::vector<std::string> arguments;
    std::filesystem::path folder;                    // where it runs; its output is kept beside
    std::map<std::string, std::string> environment;  // set besides our own
  };

  explicit Program(const Start& start);
  ~Program();  // kills it when it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;

  // The exit status, or 128 and the signal as a shell says it. Waits 15 minutes, then kills.
  int wait();

  // Whether it has ended; does not wait.
  bool ended();

  // Whether it said `text` on stdout or stderr, now or soon.
  bool says(const std::string& text) const;

  std::string out() const;
  std::string err() const;

 private:
  std::filesystem::path out_file_;
  std::filesystem::path err_file_;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

std::string content_of(const std::filesystem::path& file);

}  // namespace escrowstorm::e2e
