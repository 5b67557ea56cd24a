#include "base/epee/json_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "base/epee/json_writer.hpp"

namespace escrowstorm::epee {
namespace {

namespace json = boost::json;

constexpr std::size_t depth_max = 100;  // as the real one's
constexpr std::string_view white_space = " \t\r\n";

void append_escape(std::string& out, char c) {
  constexpr std::string_view known = "\"\\/bfnrtu";
  if (c == 'v') {
    append_unicode_escape(out, '\v');
  } else {
    if (known.find(c) != known.npos) out += '\\';
    out += c;
  }
}

// The same text as JSON's rules want it, as far as the insides of strings go.
std::string with_strict_strings(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') inside = !inside;
    if (inside && c == '\\' && i + 1 < text.size()) {
      append_escape(out, text[++i]);
    } else if (inside && static_cast<unsigned char>(c) < 0x20) {
      append_unicode_escape(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

// One allocation for what a usual text needs.
struct JsonText::Memory {
  unsigned char first[4096];
  json::monotonic_resource resource{first};
  std::optional<json::value> root;
  bool junk_follows = false;

  bool parse(std::string_view text);
};

bool JsonText::Memory::parse(std::string_view text) {
  json::parse_options options;
  options.max_depth = depth_max;
  options.allow_invalid_utf8 = true;
  unsigned char scratch[2048];
  json::parser parser(json::storage_ptr(), options, scratch);
  parser.reset(&resource);

  boost::system::error_code failed;
  const std::size_t used = parser.write_some(text.data(), text.size(), failed);
  if (failed) return false;
  root.emplace(parser.release());
  junk_follows = text.find_first_not_of(white_space, used) != text.npos;
  return true;
}

// Not make_unique, which would fill the first memory with zeros.
JsonText::JsonText(std::string_view text) : memory_(new Memory) {
  if (memory_->parse(text)) return;
  const std::string strict = with_strict_strings(text);
  if (strict != text) memory_->parse(strict);
}

JsonText::~JsonText() = default;

const json::object* JsonText::object() const {
  return memory_->root ? memory_->root->if_object() : nullptr;
}

bool JsonText::junk_follows() const { return memory_->junk_follows; }

const json::value* find(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && !value->is_null() ? value : nullptr;
}

}  // namespace escrowstorm::epee
