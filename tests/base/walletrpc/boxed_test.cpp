// A request or an answer and its copies: one value as long as nobody changes it.
#include <gtest/gtest.h>

#include "base/walletrpc/request.hpp"

namespace escrowstorm::walletrpc {
namespace {

TEST(Boxed, ACopyThatIsChangedLeavesTheOtherAsItWas) {
  const Request first = GetAttribute{.key = "label"};
  Request second = first;
  get<GetAttribute>(second).key = "other";
  EXPECT_EQ(get<GetAttribute>(first).key, "label");
  EXPECT_EQ(get<GetAttribute>(second).key, "other");
}

TEST(Boxed, WhatIsChangedLeavesItsCopyAsItWas) {
  Request first = GetAttribute{.key = "label"};
  const Request second = first;
  get_if<GetAttribute>(&first)->key = "other";
  EXPECT_EQ(get<GetAttribute>(first).key, "other");
  EXPECT_EQ(get<GetAttribute>(second).key, "label");
}

TEST(Boxed, ACopyOutlivesWhatItWasCopiedFrom) {
  Request copy;
  {
    const Request first = GetAttribute{.key = "label"};
    copy = first;
  }
  EXPECT_EQ(get<GetAttribute>(std::move(copy)).key, "label");
}

TEST(Boxed, HoldsNoneOnceItWasMovedFrom) {
  Request first = GetAttribute{.key = "label"};
  const Request second = std::move(first);
  EXPECT_EQ(first.index(), Request::no_index);
  EXPECT_EQ(get_if<GetAttribute>(&first), nullptr);
  EXPECT_TRUE(holds_alternative<GetAttribute>(second));
}

}  // namespace
}  // namespace escrowstorm::walletrpc
