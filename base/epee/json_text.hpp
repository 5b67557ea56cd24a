// JSON text to Boost.JSON values, for the reading half of the codecs. Takes what the real one
// writes and reads beyond JSON's rules: raw control bytes and bytes that are no UTF-8 inside
// strings, "\v", and escapes that mean nothing. Never throws on a bad text.
#pragma once

#include <memory>
#include <string_view>

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace escrowstorm::epee {

// The values live as long as this.
class JsonText {
 public:
  explicit JsonText(std::string_view text);
  ~JsonText();

  // The object at the root; none when the text is no JSON or something else.
  const boost::json::object* object() const;

  // Whether something other than white space follows it.
  bool junk_follows() const;

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

// The value at `key`; none also when it is null.
const boost::json::value* find(const boost::json::object& object, std::string_view key);

}  // namespace escrowstorm::epee
