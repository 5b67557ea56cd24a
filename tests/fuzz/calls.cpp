// Bodies of requests, in sequence, through the reader, three instances and the writer: each gets an
// answer or an error that a client can read, or fails as the real one does.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "tests/fuzz/check.hpp"
#include "tests/fuzz/fleet.hpp"

namespace escrowstorm::fuzz {
namespace {

// What came is JSON-RPC, whatever it says.
bool is_answer(const std::string& body) {
  const auto read = walletrpc::read_answer(walletrpc::CloseWallet(), body);
  return !std::holds_alternative<walletrpc::BadAnswer>(read);
}

void take(std::string_view input) {
  Fleet fleet;
  while (!input.empty()) {
    const std::string_view record = input.substr(0, input.find(record_end));
    input.remove_prefix(std::min(input.size(), record.size() + 1));
    if (record.empty()) continue;
    const std::size_t instance = static_cast<unsigned char>(record.front()) % Fleet::count;
    const auto answer = fleet.post(instance, record.substr(1));
    check(!answer || is_answer(*answer), "an answer that can be read: " + answer.value_or(""));
  }
}

}  // namespace
}  // namespace escrowstorm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  escrowstorm::fuzz::take({reinterpret_cast<const char*>(data), size});
  return 0;
}
