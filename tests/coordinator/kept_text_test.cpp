// A text that records share.
#include <gtest/gtest.h>

#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {
namespace {

TEST(KeptText, IsWhatItWasMadeOf) {
  EXPECT_EQ(KeptText("a text").text(), "a text");
  EXPECT_EQ(KeptText("a text"), KeptText(std::string("a text")));
  EXPECT_FALSE(KeptText("a text") == KeptText("another"));
  EXPECT_FALSE(KeptText("a text").empty());
}

TEST(KeptText, OfNothingIsEmpty) {
  EXPECT_TRUE(KeptText().empty());
  EXPECT_TRUE(KeptText("").empty());
  EXPECT_EQ(KeptText().text(), "");
  EXPECT_EQ(KeptText(), KeptText(""));
}

TEST(KeptText, AMessageReplacedInOneRecordStaysInItsCopy) {
  EscrowRecord record;
  record.messages[0][0] = "prepared";
  const EscrowRecord copy = record;
  record.messages[0][0] = "prepared again";
  EXPECT_EQ(copy.messages[0][0], "prepared");
  EXPECT_EQ(&copy.messages[0][0].text(), &EscrowRecord(copy).messages[0][0].text());
}

}  // namespace
}  // namespace escrowstorm::coordinator
