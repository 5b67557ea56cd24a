// mock-wallet-rpc: see docs/mock.md.
#include <exception>
#include <iostream>
#include <variant>

#include "mockrpc/cli/options.hpp"
#include "mockrpc/cli/serve.hpp"

int main(int argc, char** argv) {
  using namespace escrowstorm::mockrpc;
  try {
    const auto parsed = parse_command_line(argc, argv);
    if (const auto* options = std::get_if<CliOptions>(&parsed)) return serve(*options);
    const auto& end = std::get<CliEnd>(parsed);
    (end.status == exit_status::ok ? std::cout : std::cerr) << end.text << std::endl;
    return end.status;
  } catch (const std::exception& error) {
    std::cerr << "mock-wallet-rpc: " << error.what() << std::endl;
    return exit_status::own_failure;
  }
}
