#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mockrpc/cli/texts.hpp"

namespace escrowstorm::mockrpc {
namespace {

using testing::HasSubstr;

std::string described(const std::string& host, const std::vector<std::uint16_t>& ports) {
  std::vector<http::Endpoint> endpoints;
  for (const std::uint16_t port : ports) endpoints.push_back(http::Endpoint{host, port});
  return describe(endpoints);
}

TEST(DescribedPorts, AreRangesWhereTheyFollowEachOther) {
  EXPECT_EQ(described("127.0.0.1", {18083}), "127.0.0.1:18083");
  EXPECT_EQ(described("127.0.0.1", {18083, 18084}), "127.0.0.1:18083-18084");
  EXPECT_EQ(described("127.0.0.1", {5, 6, 7, 9, 11, 12}), "127.0.0.1:5-7,9,11-12");
  EXPECT_EQ(described("::1", {7, 6, 5}), "[::1]:7,6,5");
}

TEST(RemedyForAPort, IsForItsError) {
  const auto remedy = [](std::errc error) { return remedy_for(std::make_error_code(error)); };
  EXPECT_THAT(remedy(std::errc::address_in_use), HasSubstr("--rpc-bind-port"));
  EXPECT_THAT(remedy(std::errc::permission_denied), HasSubstr("1024"));
  EXPECT_THAT(remedy(std::errc::address_not_available), HasSubstr("--rpc-bind-ip"));
  EXPECT_THAT(remedy(std::errc::too_many_files_open), HasSubstr("ulimit -n"));
  EXPECT_THAT(remedy(std::errc::io_error), HasSubstr("--rpc-bind-ip or --rpc-bind-port"));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
