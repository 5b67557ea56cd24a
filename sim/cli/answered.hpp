// A command line that needs no more than an answer.
#pragma once

#include <string>
#include <vector>

namespace escrowstorm::sim {

// Nothing to run: text to print, on stdout when it was asked for; else the command line was wrong.
struct Answered {
  std::string text;
  bool is_error = false;
};

// `what`, or several such complaints, a line each, and where help is to be had.
Answered refused_usage(const std::string& what, const std::string& help_of = "escrowstorm");
Answered refused_usage(const std::vector<std::string>& complaints, const std::string& help_of);

}  // namespace escrowstorm::sim
