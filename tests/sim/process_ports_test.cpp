#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <set>

#include "sim/process/entropy.hpp"
#include "sim/process/loopback_ports.hpp"

namespace escrowstorm::sim {
namespace {

// As a server does it that was told to use the port.
UniqueFd listen_on(std::uint16_t port) {
  UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  const bool listens =
      ::bind(socket.get(), generic, sizeof address) == 0 && ::listen(socket.get(), 1) == 0;
  return listens ? std::move(socket) : UniqueFd();
}

std::set<std::uint16_t> as_set(const LoopbackPorts& ports) {
  std::set<std::uint16_t> all;
  for (std::size_t i = 0; i < ports.size(); ++i) all.insert(ports[i]);
  return all;
}

TEST(LoopbackPorts, AreDifferentAndBelowTheEphemeralOnes) {
  RandomStream random(1);
  const LoopbackPorts ports(300, random);
  const auto all = as_set(ports);
  EXPECT_EQ(all.size(), 300u);
  EXPECT_GE(*all.begin(), 20000);
  EXPECT_LT(*all.rbegin(), 32000);
}

TEST(LoopbackPorts, AreKeptFromAnotherRunWithTheSameSeed) {
  RandomStream one(7);
  RandomStream other(7);
  const LoopbackPorts first(100, one);
  const LoopbackPorts second(100, other);
  auto both = as_set(first);
  both.merge(as_set(second));
  EXPECT_EQ(both.size(), 200u);
}

TEST(LoopbackPorts, MayBeTakenByTheProgramTheyAreFor) {
  RandomStream random(3);
  LoopbackPorts ports(1, random);
  const std::uint16_t port = ports[0];
  const UniqueFd server = listen_on(port);
  EXPECT_TRUE(server);
  EXPECT_FALSE(listen_on(port)) << "two servers on one port";
  ports.replace(0, random);
  EXPECT_NE(ports[0], port);
}

TEST(UniqueId, DiffersEachTime) {
  const std::string one = unique_id();
  EXPECT_EQ(one.size(), 16u);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(one, unique_id());
}

}  // namespace
}  // namespace escrowstorm::sim
