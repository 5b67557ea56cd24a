#include "mockrpc/keys/byte_io.hpp"

#include <algorithm>

namespace escrowstorm::mockrpc {

void ByteWriter::varint(std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes_.push_back(static_cast<char>(number | 0x80));
  bytes_.push_back(static_cast<char>(number));
}

void ByteWriter::text(std::string_view bytes) {
  varint(bytes.size());
  blob(bytes);
}

std::uint64_t ByteReader::fail() {
  ok_ = false;
  rest_ = {};
  return 0;
}

std::uint64_t ByteReader::varint(int bits) {
  std::uint64_t number = 0;
  for (int shift = 0; !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (shift + 7 >= bits && byte >= 1u << (bits - shift)) return fail();
    if (byte == 0 && shift != 0) return fail();
    number |= std::uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80) == 0) return number;
  }
  return fail();
}

std::size_t ByteReader::count() {
  const std::uint64_t number = varint();
  return static_cast<std::size_t>(number <= rest_.size() ? number : fail());
}

std::string_view ByteReader::blob(std::size_t size) {
  if (size > rest_.size()) {
    fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return bytes;
}

Bytes32 ByteReader::bytes32() {
  Bytes32 bytes{};
  const std::string_view read = blob(bytes.size());
  std::copy(read.begin(), read.end(), bytes.begin());
  return bytes;
}

std::string_view ByteReader::text() { return blob(count()); }

}  // namespace escrowstorm::mockrpc
