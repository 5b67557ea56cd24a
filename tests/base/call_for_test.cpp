#include "base/call_for.hpp"

#include <gtest/gtest.h>

namespace escrowstorm {
namespace {

TEST(CallFor, IsReadAsItIsWritten) {
  for (const CallFor whom : {CallFor{0, Role::buyer}, CallFor{7, Role::vendor},
                             CallFor{18446744073709551615u, Role::arbiter}})
    EXPECT_EQ(parse_call_for(to_string(whom)), whom);
  EXPECT_EQ(to_string(CallFor{7, Role::vendor}), "7/vendor");
}

TEST(CallFor, OtherIdsAreNobodys) {
  for (const char* text : {"", "0", "7", "7/", "7/seller", "/buyer", "7/buyer ", " 7/buyer",
                           "-7/buyer", "7//buyer", "18446744073709551616/buyer"})
    EXPECT_FALSE(parse_call_for(text)) << text;
}

}  // namespace
}  // namespace escrowstorm
