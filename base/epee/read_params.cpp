#include "base/epee/read_params.hpp"

#include <charconv>
#include <system_error>

#include "base/epee/json_text.hpp"

namespace escrowstorm::epee {

namespace json = boost::json;

const json::value* find_stored(const json::object& object, std::string_view key) {
  const json::value* value = find(object, key);
  if (value && value->is_array() && value->get_array().empty()) return nullptr;
  return value;
}

bool read_digits(const json::value& value, std::uint64_t& field) {
  const std::string_view text = value.get_string();
  const char* const end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, field);
  return error == std::errc() && parsed == end;
}

namespace {

// What Epee tells apart among the elements of an array. It has no arrays in arrays.
enum class Kind { none, object, string, boolean, negative, integer, fraction };

Kind kind_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::object:
      return Kind::object;
    case json::kind::string:
      return Kind::string;
    case json::kind::bool_:
      return Kind::boolean;
    case json::kind::int64:
      return value.get_int64() < 0 ? Kind::negative : Kind::integer;
    case json::kind::uint64:
      return Kind::integer;
    case json::kind::double_:
      return Kind::fraction;
    default:
      return Kind::none;
  }
}

}  // namespace

bool storable(const json::value& value) {
  if (const auto* object = value.if_object())
    return std::all_of(object->begin(), object->end(),
                       [](const auto& entry) { return storable(entry.value()); });
  const auto* array = value.if_array();
  if (!array || array->empty()) return true;
  const Kind kind = kind_of(array->front());
  return kind != Kind::none && std::all_of(array->begin(), array->end(), [&](const auto& element) {
           return kind_of(element) == kind && storable(element);
         });
}

}  // namespace escrowstorm::epee
