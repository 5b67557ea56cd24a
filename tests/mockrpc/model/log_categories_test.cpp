// What set_log_categories answers; each row was seen on 0.18.0.0.
#include "mockrpc/instance/log_categories.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace escrowstorm::mockrpc {
namespace {

const char level_0[] =
    "*:WARNING,net:FATAL,net.http:FATAL,net.ssl:FATAL,net.p2p:FATAL,net.cn:FATAL,daemon.rpc:FATAL,"
    "global:INFO,verify:FATAL,serialization:FATAL,daemon.rpc.payment:ERROR,stacktrace:INFO,"
    "logging:INFO,msgwriter:INFO";

TEST(LogCategories, BeginAtLevelZero) { EXPECT_EQ(LogCategories().text(), level_0); }

// There are thousands of them, most never set.
TEST(LogCategories, ShareTheTextTheyBeginWith) {
  const LogCategories one;
  const LogCategories another;
  EXPECT_EQ(one.text().data(), another.text().data());
}

TEST(LogCategories, AreWhatWasSetLast) {
  LogCategories log;
  const std::pair<const char*, const char*> rows[] = {
      {"net:ERROR", "net:ERROR"},
      {"+a:INFO,b:INFO", "net:ERROR,a:INFO,b:INFO"},
      {"+", "net:ERROR,a:INFO,b:INFO"},
      {"-a:INFO", "net:ERROR,,b:INFO"},
      {"-nothing,:ERROR,,b", "net,,:INFO"},
      {"17", "net,,:INFO"},
      {"-1", "net,,:INFO"},
      {" 3", "*:TRACE,*.dump:DEBUG"},
      {"2,net:ERROR", "*:DEBUG,net:ERROR"},
      {"9,net:ERROR", ",net:ERROR"},
      {"2x", "2x"},
      {"", ""},
      {"+a:INFO", "a:INFO"},
  };
  for (const auto& [wanted, text] : rows) {
    log.set(wanted);
    EXPECT_EQ(log.text(), text) << wanted;
  }
  log.set(",x");
  EXPECT_EQ(log.text(), std::string(level_0) + ",x");
}

TEST(LogCategories, ALevelSetsThem) {
  LogCategories log;
  log.set_level(4);
  EXPECT_EQ(log.text(), "*:TRACE");
  log.set_level(0);
  EXPECT_EQ(log.text(), level_0);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
