// Which methods of the real one there are, and that docs/mock.md says it.
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <variant>

#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/real_methods.hpp"
#include "tests/base/walletrpc/samples.hpp"

namespace escrowstorm::walletrpc {
namespace {

constexpr std::uint32_t older = 65561;  // of 0.18.0.0
constexpr std::uint32_t newer = 65567;  // of 0.18.5.1

std::set<std::string> methods_there_are() {
  std::set<std::string> names;
  test::for_each_method(
      [&]<class Method>(std::type_identity<Method>) { names.insert(std::string(Method::method)); });
  return names;
}

bool is_read(std::string_view name, std::uint32_t version) {
  const auto read = read_call(R"({"method":")" + std::string(name) + R"("})", version);
  const auto* refusal = std::get_if<Refusal>(&read);
  return !refusal || refusal->error.code != error_code::method_not_found;
}

// The names in backquotes of the paragraph that begins with `begin`.
std::set<std::string> listed(const std::string& begin) {
  std::ifstream file(ESCROWSTORM_SOURCE_DIR "/docs/mock.md");
  std::stringstream text;
  text << file.rdbuf();
  std::string page = text.str();
  page.erase(0, page.find("\n" + begin) + 1);
  page.resize(page.find("\n\n"));
  std::set<std::string> names;
  std::istringstream parts(page);
  std::string outside;
  std::string name;
  while (std::getline(parts, outside, '`') && std::getline(parts, name, '`')) names.insert(name);
  return names;
}

TEST(LackingMethods, AllThereAreAreTheRealOnes) {
  for (const std::string& name : methods_there_are())
    EXPECT_TRUE(is_real_method(name, any_rpc_version)) << name;
}

TEST(LackingMethods, AreToldFromMisspeltOnes) {
  const auto message = [](std::string_view body) {
    return std::get<Refusal>(read_call(body)).error.message;
  };
  EXPECT_EQ(message(R"({"method":"check_reserve_proof"})"), lacking_method_text);
  EXPECT_EQ(message(R"({"method":"get_balanse"})"), "Method not found");
}

TEST(LackingMethods, AreThoseOfTheVersion) {
  const auto message = [](std::uint32_t version) {
    return std::get<Refusal>(read_call(R"({"method":"get_default_fee_priority"})", version))
        .error.message;
  };
  EXPECT_EQ(message(newer), lacking_method_text);
  EXPECT_EQ(message(older), "Method not found");
  EXPECT_FALSE(is_read("finalize_multisig", newer));
  EXPECT_TRUE(is_read("finalize_multisig", older));
  EXPECT_TRUE(is_real_method("sign", older));
  for (const std::string_view name : newer_methods)
    EXPECT_TRUE(is_real_method(name, newer)) << name;
}

TEST(LackingMethods, TheDocumentationListsBoth) {
  EXPECT_EQ(listed("Methods:"), methods_there_are());
  std::set<std::string> lacking;
  for (const std::string_view name : real_methods)
    if (!is_read(name, any_rpc_version)) lacking.insert(std::string(name));
  EXPECT_EQ(listed("Lacking methods"), lacking);
}

}  // namespace
}  // namespace escrowstorm::walletrpc
