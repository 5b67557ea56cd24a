// Signatures of texts by an address, as monero's wallet2::sign and verify make and check them: on
// the real curve, so that the real one takes the mock's and the mock takes the real one's. Pure
// functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/keys/curve_point.hpp"

namespace escrowstorm::mockrpc {

enum class SignedWith : unsigned char { spend_key, view_key };

// The two points of an address.
struct AddressKeys {
  CurvePoint spend;
  CurvePoint view;
};

// The secret should be that of the point; a multisig wallet has only a part of it, and its
// signatures are not good.
std::string sign_message(std::string_view text, const AddressKeys& keys, SignedWith with,
                         const Scalar& secret, RandomStream& random);

struct GoodSignature {
  SignedWith with = SignedWith::spend_key;
  std::uint32_t version = 0;  // 1 signs the text without the address
};

// Nothing when it is not good.
std::optional<GoodSignature> verify_message(std::string_view text, const AddressKeys& keys,
                                            std::string_view signature);

}  // namespace escrowstorm::mockrpc
