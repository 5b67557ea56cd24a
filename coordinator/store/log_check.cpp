#include "coordinator/store/log_check.hpp"

#include <bit>
#include <cstdint>
#include <fstream>
#include <span>
#include <vector>

namespace escrowstorm::coordinator {
namespace {

constexpr std::size_t header_bytes = 32;
constexpr std::size_t frame_header_bytes = 24;
constexpr std::uint32_t magic = 0x377f0682;  // plus one: checksums of big-endian words
constexpr std::uint32_t page_bytes_min = 512;
constexpr std::uint32_t page_bytes_max = 65536;

using Bytes = std::span<const unsigned char>;

std::uint32_t big_endian(Bytes bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

std::uint32_t little_endian(Bytes bytes) {
  return std::uint32_t{bytes[3]} << 24 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[0]};
}

struct Checksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  static Checksum stored_in(Bytes bytes) {
    return {big_endian(bytes), big_endian(bytes.subspan(4))};
  }

  // REQUIRES: a multiple of eight bytes.
  void add(Bytes bytes, bool words_are_big_endian) {
    const auto word = words_are_big_endian ? big_endian : little_endian;
    for (; !bytes.empty(); bytes = bytes.subspan(8)) {
      first += word(bytes) + second;
      second += word(bytes.subspan(4)) + first;
    }
  }

  friend bool operator==(const Checksum&, const Checksum&) = default;
};

struct Header {
  bool words_are_big_endian = false;
  std::uint32_t page_bytes = 0;
  Checksum salts;  // no checksum, but two numbers as well
  Checksum sum;
};

// Nothing when it is none, or not whole.
std::optional<Header> read_header(Bytes bytes) {
  Header header;
  header.words_are_big_endian = (big_endian(bytes) & 1) != 0;
  header.page_bytes = big_endian(bytes.subspan(8));
  header.salts = Checksum::stored_in(bytes.subspan(16));
  header.sum.add(bytes.first(24), header.words_are_big_endian);
  const bool whole = (big_endian(bytes) & ~1U) == magic && std::has_single_bit(header.page_bytes) &&
                     header.page_bytes >= page_bytes_min && header.page_bytes <= page_bytes_max &&
                     header.sum == Checksum::stored_in(bytes.subspan(24));
  return whole ? std::optional(header) : std::nullopt;
}

bool read(std::ifstream& in, std::vector<unsigned char>& bytes) {
  return static_cast<bool>(
      in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())));
}

}  // namespace

std::optional<std::string> damage_of_log(const std::filesystem::path& log) {
  std::ifstream in(log, std::ios::binary);
  std::vector<unsigned char> bytes(header_bytes);
  if (!in || !read(in, bytes)) return std::nullopt;  // none, or none of a transaction
  const std::optional<Header> header = read_header(bytes);
  std::vector<unsigned char> frame(frame_header_bytes + (header ? header->page_bytes : 0));
  if (!header) return read(in, frame) ? std::optional("its header does not fit") : std::nullopt;

  Checksum sum = header->sum;  // of the frame before, as it says itself
  bool has_misfit = false;
  bool has_ended = false;  // the transaction of the first misfit, or a later one
  while (read(in, frame)) {
    const Bytes all(frame);
    const bool is_of_this_log = Checksum::stored_in(all.subspan(8)) == header->salts;
    sum.add(all.first(8), header->words_are_big_endian);
    sum.add(all.subspan(frame_header_bytes), header->words_are_big_endian);
    const Checksum stored = Checksum::stored_in(all.subspan(16));
    const bool fits = is_of_this_log && sum == stored;
    if (has_ended && fits) return "a transaction in its middle does not fit";
    has_misfit = has_misfit || !fits;
    const bool ends_transaction = big_endian(all.subspan(4)) != 0;
    has_ended = has_ended || (has_misfit && is_of_this_log && ends_transaction);
    sum = stored;
  }
  return std::nullopt;
}

}  // namespace escrowstorm::coordinator
