// Bytes in and out, as monero's binary archives lay them: varints of seven bits a byte, lowest
// first, and blobs. A reader that was asked for what is not there has failed from then on and gives
// zeros; ask ok() at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc {

class ByteWriter {
 public:
  ByteWriter() = default;
  explicit ByteWriter(std::size_t expected_bytes) { bytes_.reserve(expected_bytes); }

  void varint(std::uint64_t number);
  void blob(std::string_view bytes) { bytes_.append(bytes); }
  void blob(const Bytes32& bytes) { bytes_.append(view_of(bytes)); }
  void text(std::string_view bytes);  // its size before it

  const std::string& bytes() const { return bytes_; }
  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// The bytes must outlive it.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  // Refuses what has more than `bits` bits or a needless zero at its end.
  std::uint64_t varint(int bits = 64);
  std::uint32_t varint32() { return static_cast<std::uint32_t>(varint(32)); }
  // A count of items of which each takes at least a byte: never more than there are bytes left.
  std::size_t count();
  std::string_view blob(std::size_t size);
  Bytes32 bytes32();
  std::string_view text();

  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }
  bool only_zeros_left() const { return rest_.find_first_not_of('\0') == rest_.npos; }

 private:
  std::uint64_t fail();

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace escrowstorm::mockrpc
