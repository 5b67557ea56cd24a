// Parameters as Epee's serialization reads them into structs with fields(): unknown keys are
// ignored, missing ones keep their defaults, a wrong type is a refusal; but where an object or an
// array is wanted, something else counts as missing. Internal to the codecs. Numbers are read as
// Epee converts them: no sign lost, no digit cut off.
#pragma once

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/amount.hpp"

namespace escrowstorm::epee {

// A number as digits in a string: Epee reads it so into fields of 64 bits without a sign.
bool read(const boost::json::string& text, std::uint64_t& field);

inline bool read(const boost::json::value& value, std::string& field) {
  const auto* text = value.if_string();
  if (text) field = std::string_view(*text);
  return text;
}

inline bool read(const boost::json::value& value, bool& field) {
  const auto* flag = value.if_bool();
  if (flag) field = *flag;
  return flag;
}

template <std::integral Integer>
bool read(const boost::json::value& value, Integer& field) {
  const auto take = [&](auto number) {
    if (!std::in_range<Integer>(number)) return false;
    field = static_cast<Integer>(number);
    return true;
  };
  if (const auto* number = value.if_int64()) return take(*number);
  if (const auto* number = value.if_uint64()) return take(*number);
  if constexpr (std::is_same_v<Integer, std::uint64_t>)
    if (const auto* text = value.if_string()) return read(*text, field);
  return false;
}

inline bool read(const boost::json::value& value, Amount& field) {
  std::uint64_t units = 0;
  if (!read(value, units)) return false;
  field = Amount::from_atomic(units);
  return true;
}

template <class Struct>
requires std::is_class_v<Struct>
bool read(const boost::json::value& value, Struct& fields);

struct ParamsReader;

template <class T>
concept has_fields = requires(T& fields, ParamsReader& reader) {
  T::fields(fields, reader);
};

template <class T>
bool read(const boost::json::value& value, std::vector<T>& fields) {
  fields.clear();
  const auto* array = value.if_array();
  if (!array || array->empty()) return true;
  // Of structs, anything but objects counts as nothing.
  if (has_fields<T> && !array->front().is_object()) return true;
  fields.resize(array->size());
  return std::equal(array->begin(), array->end(), fields.begin(),
                    [](const auto& element, auto& field) { return read(element, field); });
}

// The visitor for fields().
struct ParamsReader {
  const boost::json::object& params;
  bool valid = true;

  template <class T>
  void operator()(std::string_view key, T& field) {
    const boost::json::value* value = params.if_contains(key);
    if (value && !read(*value, field)) valid = false;
  }
};

template <class Struct>
requires std::is_class_v<Struct>
bool read(const boost::json::value& value, Struct& fields) {
  const auto* object = value.if_object();
  if (!object) return true;
  ParamsReader reader{*object};
  Struct::fields(fields, reader);
  return reader.valid;
}

// Clears what fields() names.
struct FieldsClearer {
  template <class T>
  void operator()(std::string_view, T& field) {
    field = T();
  }
};

// The parameters of a JSON-RPC call; nothing when one has a wrong type. Epee applies the defaults
// of fields only while it reads an object: without one, all are zero, false and empty.
template <class Request>
std::optional<Request> read_params(const boost::json::value* params) {
  Request request;
  const boost::json::object* object = params ? params->if_object() : nullptr;
  if (!object) {
    FieldsClearer clearer;
    Request::fields(request, clearer);
    return request;
  }
  ParamsReader reader{*object};
  Request::fields(request, reader);
  if (!reader.valid) return std::nullopt;
  return request;
}

}  // namespace escrowstorm::epee
