// A child process for tests: started with arguments, its outputs read line by line, ended by its
// pid when the object goes.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace escrowstorm::test {

class BinaryProcess {
 public:
  // Throws std::system_error when it can't be started.
  BinaryProcess(const std::string& program, std::vector<std::string> arguments);
  ~BinaryProcess();
  BinaryProcess(const BinaryProcess&) = delete;
  BinaryProcess& operator=(const BinaryProcess&) = delete;

  pid_t pid() const { return pid_; }

  // The next line of stdout without its end; empty when none came before the output ended or ten
  // seconds were over.
  std::string read_line();

  void send(int signal);

  // Waits for the end. The exit status, or 128 + the signal that ended it.
  int wait();

  // What it wrote, to be asked once it has ended.
  std::string stdout_text();
  std::string stderr_text();

 private:
  pid_t pid_ = -1;  // -1 once it has ended
  int status_ = 0;
  int out_ = -1;
  int err_ = -1;
  std::string buffered_;
};

}  // namespace escrowstorm::test
