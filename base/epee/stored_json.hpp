// JSON text of a client, taken as the real one's parser takes it (Epee's portable storage, monero
// contrib/epee/include/storages/portable_storage_from_json.h), which is looser than JSON in places
// and stricter in others: bodies cut short, a comma too many, TRUE, 01 and whatever follows the
// last brace are fine; arrays in arrays or of mixed kinds, a number at the very end and integers
// beyond 64 bits are not. Null and empty arrays are not stored. Of a key that comes twice the last
// value stays, objects are merged. Stricter than the real one: values_max. Never throws on a bad
// text. Internal to the codecs, server side.
#pragma once

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <string_view>

namespace escrowstorm::epee {

class StoredJson {
 public:
  // So many values may be in a text, arrays and objects included: each takes more memory than the
  // two characters it can be written with.
  static constexpr std::size_t values_max = 100'000;

  explicit StoredJson(std::string_view text);
  StoredJson(const StoredJson&) = delete;
  StoredJson& operator=(const StoredJson&) = delete;

  // What the text holds; none when it is refused. Lives as long as this.
  const boost::json::object* object() const { return good_ ? &root_ : nullptr; }

 private:
  unsigned char first_[2048];  // enough for a usual call
  boost::json::monotonic_resource resource_;
  boost::json::object root_;
  bool good_;
};

}  // namespace escrowstorm::epee
