#include "base/epee/read_params.hpp"

#include <charconv>

namespace escrowstorm::epee {

// Of digits alone, as the services that Epee does it for send amounts.
bool read(const boost::json::string& text, std::uint64_t& field) {
  const char* const end = text.data() + text.size();
  const auto [read_to, failed] = std::from_chars(text.data(), end, field);
  return failed == std::errc() && read_to == end;
}

}  // namespace escrowstorm::epee
