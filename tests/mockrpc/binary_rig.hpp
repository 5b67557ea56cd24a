// mock-wallet-rpc as a program on free ports, and what it said when it ended.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/url.hpp"
#include "tests/mockrpc/binary_process.hpp"

namespace escrowstorm::test {

inline const std::string program = std::string(ESCROWSTORM_BIN_DIR) + "/mock-wallet-rpc";

using Arguments = std::vector<std::string>;

// A folder of the test's own, removed at its end.
class Folder {
 public:
  Folder() {
    std::string pattern = testing::TempDir() + "/mock-wallet-rpc-XXXXXX";
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::uint16_t port_in(std::string_view text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

// "... on 127.0.0.1:40001-40003,40007": all the ports.
inline std::vector<std::uint16_t> ports_in(const std::string& line) {
  std::vector<std::uint16_t> ports;
  std::string_view rest = line;
  rest.remove_prefix(std::min(rest.size(), rest.rfind(':') + 1));
  while (!rest.empty()) {
    const std::string_view range = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), range.size() + 1));
    const std::uint16_t first = port_in(range);
    const auto dash = range.find('-');
    const std::uint16_t last = dash == range.npos ? first : port_in(range.substr(dash + 1));
    for (std::uint32_t port = first; port <= last; ++port)
      ports.push_back(static_cast<std::uint16_t>(port));
  }
  return ports;
}

inline http::Endpoint loopback(std::uint16_t port) { return http::Endpoint{"127.0.0.1", port}; }

// A running mock on free ports.
class Mock {
 public:
  explicit Mock(Arguments arguments) : process_(program, on_free_ports(std::move(arguments))) {
    line_ = process_.read_line();
    ports_ = ports_in(line_);
    if (ports_.empty()) throw std::runtime_error("mock-wallet-rpc did not start");
  }

  BinaryProcess& process() { return process_; }
  const std::string& line() const { return line_; }
  const std::vector<std::uint16_t>& ports() const { return ports_; }
  http::Endpoint at(std::size_t instance) const { return loopback(ports_.at(instance)); }

 private:
  static Arguments on_free_ports(Arguments arguments) {
    arguments.insert(arguments.end(), {"--rpc-bind-port", "0"});
    return arguments;
  }

  BinaryProcess process_;
  std::string line_;
  std::vector<std::uint16_t> ports_;
};

struct Ended {
  int status;
  std::string out;
  std::string err;
};

inline Ended run(Arguments arguments) {
  BinaryProcess process(program, std::move(arguments));
  std::string out = process.stdout_text();
  std::string err = process.stderr_text();
  return {process.wait(), std::move(out), std::move(err)};
}

// What create_wallet and open_wallet are asked for.
inline nlohmann::json wallet(const std::string& name) {
  return {{"filename", name}, {"password", "pw"}, {"language", "English"}};
}

inline std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace escrowstorm::test
