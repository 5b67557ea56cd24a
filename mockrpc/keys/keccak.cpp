#include "mockrpc/keys/keccak.hpp"

#include <cryptopp/keccak.h>

namespace escrowstorm::mockrpc {

Bytes32 keccak256(std::string_view bytes) {
  CryptoPP::Keccak_256 hasher;
  Bytes32 hash;
  hasher.CalculateDigest(hash.data(), reinterpret_cast<const CryptoPP::byte*>(bytes.data()),
                         bytes.size());
  return hash;
}

}  // namespace escrowstorm::mockrpc
