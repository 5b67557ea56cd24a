#include "coordinator/files/wallet_folder.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace escrowstorm::coordinator {

void throw_exception_from_error(const FolderError& error, const boost::source_location&) {
  throw std::logic_error("value of a failed look at wallet files: " + error.message);
}

// With the length of the first before it, so that no byte can move from one to the other.
FilesDigest digest_of_files(std::string_view keys, std::string_view cache) {
  constexpr std::size_t digest_bytes = 32;
  const std::string length = std::to_string(keys.size()) + ' ';
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, digest_bytes);
  for (const std::string_view part : {std::string_view(length), keys, cache})
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  std::array<unsigned char, digest_bytes> digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());

  std::string hex(2 * digest_bytes + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return FilesDigest{std::move(hex)};
}

}  // namespace escrowstorm::coordinator
