// The server's half of reading: what the real one's parser takes for a call, and how it refuses the
// rest. Where it is looser still than said here (a body cut short, a comma too many, "TRUE", 007),
// or reads JSON differently (a surrogate pair becomes two characters, an integer beyond 64 bits is
// a parse error), this one is plain JSON.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/json_text.hpp"
#include "base/walletrpc/json_writer.hpp"

namespace escrowstorm::walletrpc {
namespace {

namespace json = boost::json;

Refusal refusal(int code, std::string_view message, CallId id = {}) {
  return Refusal{std::move(id), RpcError{code, std::string(message)}};
}

// Epee's storage knows no null and no empty array: both are as if they were not there.
const json::value* find_stored(const json::object& object, std::string_view key) {
  const json::value* value = detail::find(object, key);
  if (value && value->is_array() && value->get_array().empty()) return nullptr;
  return value;
}

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

// Whether Epee's parser can store it: the elements of an array are all of one kind.
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

bool read(const json::value& value, std::string& field) {
  const auto* text = value.if_string();
  if (text) field = std::string_view(*text);
  return text;
}

bool read(const json::value& value, bool& field) {
  const auto* flag = value.if_bool();
  if (flag) field = *flag;
  return flag;
}

bool read(const json::value& value, std::uint32_t& field) {
  const auto* number = value.if_int64();
  if (!number || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) return false;
  field = static_cast<std::uint32_t>(*number);
  return true;
}

template <class T>
bool read(const json::value& value, std::vector<T>& fields) {
  fields.clear();
  const auto* array = value.if_array();
  if (!array) return true;
  fields.resize(array->size());
  return std::equal(array->begin(), array->end(), fields.begin(),
                    [](const auto& element, auto& field) { return read(element, field); });
}

struct ParamsReader {
  const json::object& params;
  bool valid = true;

  template <class T>
  void operator()(std::string_view key, T& field) {
    const json::value* value = find_stored(params, key);
    if (value && !read(*value, field)) valid = false;
  }
};

template <class Method>
std::optional<Request> read_params(const json::object* params) {
  Method request;
  if (params) {
    ParamsReader reader{*params};
    Method::fields(request, reader);
    if (!reader.valid) return std::nullopt;
  }
  return request;
}

struct Reader {
  std::string_view method;
  std::optional<Request> (*read)(const json::object* params);
};

template <class... Methods>
constexpr auto readers_of(std::type_identity<std::variant<Methods...>>) {
  return std::array{Reader{Methods::method, &read_params<Methods>}...,
                    // Older names that the real one still answers to.
                    Reader{"getaddress", &read_params<GetAddress>},
                    Reader{"getbalance", &read_params<GetBalance>},
                    Reader{"getheight", &read_params<GetHeight>}};
}

const Reader* find_reader(std::string_view method) {
  static constexpr auto readers = readers_of(std::type_identity<Request>());
  const auto found = std::find_if(readers.begin(), readers.end(),
                                  [&](const Reader& reader) { return reader.method == method; });
  return found == readers.end() ? nullptr : &*found;
}

// Writes an id as Epee writes what it stored: keys sorted, fractions with six digits.
void append_id(std::string& out, const json::value& value, unsigned depth);

void append_object(std::string& out, const json::object& object, unsigned depth) {
  std::vector<const json::key_value_pair*> entries;
  for (const auto& entry : object)
    if (find_stored(object, entry.key())) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(),
            [](const auto* a, const auto* b) { return a->key() < b->key(); });

  detail::ObjectWriter<detail::EpeeLayout> writer(out, depth);
  for (const auto* entry : entries) {
    std::string text;
    append_id(text, entry->value(), depth + 1);
    writer.verbatim(entry->key(), text);
  }
  writer.close();
}

void append_id(std::string& out, const json::value& value, unsigned depth) {
  char digits[32];
  switch (value.kind()) {
    case json::kind::object:
      append_object(out, value.get_object(), depth);
      break;
    case json::kind::array: {
      char before = '[';
      for (const auto& element : value.get_array()) {
        out += before;
        before = ',';
        append_id(out, element, depth);
      }
      out += ']';
      break;
    }
    case json::kind::string:
      detail::append_string<detail::EpeeLayout>(out, value.get_string());
      break;
    case json::kind::int64:
      detail::append_integer(out, value.get_int64());
      break;
    case json::kind::uint64:
      detail::append_integer(out, value.get_uint64());
      break;
    case json::kind::double_:
      out.append(digits, std::to_chars(digits, digits + sizeof digits, value.get_double(),
                                       std::chars_format::general, 6)
                             .ptr);
      break;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case json::kind::null:  // not stored
      break;
  }
}

// `missing` stands for an id that is not there.
CallId read_id(const json::object& call, std::string_view missing) {
  const json::value* value = find_stored(call, "id");
  CallId id;
  id.json = value ? "" : missing;
  if (value) append_id(id.json, *value, 1);
  return id;
}

}  // namespace

std::variant<Call, Refusal> read_call(std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == body.npos)
    return refusal(error_code::invalid_request, "Invalid Request");
  const detail::JsonText text(body);
  const json::object* call = text.object();
  if (!call || !std::all_of(call->begin(), call->end(),
                            [](const auto& entry) { return storable(entry.value()); }))
    return refusal(error_code::parse_error, "Parse error");

  const json::value* method = find_stored(*call, "method");
  if (!method || !method->is_string())
    return refusal(error_code::invalid_request, "Invalid Request");
  const Reader* reader = find_reader(method->get_string());
  if (!reader)
    return refusal(error_code::method_not_found, "Method not found", read_id(*call, "\"\""));

  // The real one reads "jsonrpc" before the id.
  const json::value* version = find_stored(*call, "jsonrpc");
  if (version && !version->is_string())
    return refusal(error_code::invalid_params, "Invalid params");
  CallId id = read_id(*call, "0");
  const json::value* params = find_stored(*call, "params");
  auto request = reader->read(params ? params->if_object() : nullptr);
  if (!request) return refusal(error_code::invalid_params, "Invalid params", std::move(id));
  return Call{std::move(id), std::move(*request)};
}

}  // namespace escrowstorm::walletrpc
