#include "base/epee/json_rpc.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <utility>
#include <vector>

#include "base/epee/json_writer.hpp"
#include "base/epee/stored_json.hpp"

namespace escrowstorm::epee {
namespace {

namespace json = boost::json;

// Writes an id as Epee writes what it stored: keys sorted, fractions with six digits.
void append_id(std::string& out, const json::value& value, unsigned depth);

void append_object(std::string& out, const json::object& object, unsigned depth) {
  std::vector<const json::key_value_pair*> entries;
  for (const auto& entry : object) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(),
            [](const auto* a, const auto* b) { return a->key() < b->key(); });

  ObjectWriter<EpeeLayout> writer(out, depth);
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
      append_string<EpeeLayout>(out, value.get_string());
      break;
    case json::kind::int64:
      append_integer(out, value.get_int64());
      break;
    case json::kind::uint64:
      append_integer(out, value.get_uint64());
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

struct ErrorObject {
  int code;
  std::string_view message;

  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("code", s.code);
    v("message", s.message);
  }
};

// `missing` stands for an id that is not there.
CallId read_id(const json::object& call, std::string_view missing) {
  const json::value* value = call.if_contains("id");
  CallId id;
  id.json = value ? "" : missing;
  if (value) append_id(id.json, *value, 1);
  return id;
}

}  // namespace

Refusal refusal(int code, std::string_view message, CallId id) {
  return Refusal{std::move(id), RpcError{code, std::string(message)}};
}

const json::value* Envelope::params() const { return call->if_contains("params"); }

std::variant<Envelope, Refusal, Broken> read_envelope(const StoredJson& text) {
  const json::object* call = text.object();
  if (!call) return refusal(error_code::parse_error, "Parse error");
  const json::value* method = call->if_contains("method");
  if (!method) return refusal(error_code::invalid_request, "Invalid Request");
  if (!method->is_string()) return Broken();
  return Envelope{call, method->get_string()};
}

Refusal unknown_method(const Envelope& envelope, std::string_view message) {
  return refusal(error_code::method_not_found, message, read_id(*envelope.call, "\"\""));
}

std::variant<CallId, Refusal> read_call_id(const Envelope& envelope) {
  // The real one reads "jsonrpc" before the id.
  const json::value* version = envelope.call->if_contains("jsonrpc");
  if (version && !version->is_string())
    return refusal(error_code::invalid_params, "Invalid params");
  return read_id(*envelope.call, "0");
}

Refusal invalid_params(CallId id) {
  return refusal(error_code::invalid_params, "Invalid params", std::move(id));
}

std::string write_error(const CallId& id, const RpcError& error) {
  std::string out;
  ObjectWriter<EpeeLayout> body(out, 0);
  body("error", ErrorObject{error.code, error.message});
  body.verbatim("id", id.json);
  body("jsonrpc", std::string_view("2.0"));
  body.close();
  return out;
}

}  // namespace escrowstorm::epee
