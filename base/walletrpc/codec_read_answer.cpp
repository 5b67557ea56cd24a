// The client's half of reading: strict, since a mistake here would be taken for the wallet's word.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

#include "base/epee/json_text.hpp"
#include "base/epee/sparse.hpp"
#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/visit.hpp"

namespace escrowstorm::walletrpc {
namespace {

namespace json = boost::json;

// What is wrong with a value, as a clause that begins with the place: ".version is missing".
using Complaint = std::optional<std::string>;

Complaint read(const json::value& value, std::string& field) {
  const auto* text = value.if_string();
  if (!text) return " is no string";
  field = std::string_view(*text);
  return std::nullopt;
}

Complaint read(const json::value& value, bool& field) {
  const auto* flag = value.if_bool();
  if (!flag) return " is no bool";
  field = *flag;
  return std::nullopt;
}

Complaint read(const json::value& value, std::uint64_t& field) {
  const auto* number = value.if_int64();
  const auto* large = value.if_uint64();
  if (!large && (!number || *number < 0)) return " is no unsigned integer";
  field = large ? *large : static_cast<std::uint64_t>(*number);
  return std::nullopt;
}

Complaint read(const json::value& value, std::uint32_t& field) {
  std::uint64_t wide = 0;
  if (auto complaint = read(value, wide)) return complaint;
  if (wide > std::numeric_limits<std::uint32_t>::max()) return " does not fit into 32 bits";
  field = static_cast<std::uint32_t>(wide);
  return std::nullopt;
}

Complaint read(const json::value& value, Amount& field) {
  std::uint64_t units = 0;
  auto complaint = read(value, units);
  field = Amount::from_atomic(units);
  return complaint;
}

template <class Struct>
Complaint read(const json::value& value, Struct& fields);

template <class T>
Complaint read(const json::value& value, std::vector<T>& fields) {
  const auto* array = value.if_array();
  if (!array) return " is no array";
  fields.resize(array->size());
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (auto complaint = read((*array)[i], fields[i]))
      return std::string("[").append(std::to_string(i)).append("]").append(*complaint);
  return std::nullopt;
}

struct FieldReader {
  const json::object& object;
  Complaint complaint;

  template <class T>
  void operator()(std::string_view key, T& field) {
    const json::value* value = object.if_contains(key);
    if (!complaint && !value) complaint = "." + std::string(key) + " is missing";
    if (value) take(key, *value, field);
  }

  // The real one leaves empty arrays out.
  template <class T>
  void operator()(std::string_view key, std::vector<T>& fields) {
    if (const json::value* value = object.if_contains(key)) take(key, *value, fields);
  }

  template <class T>
  void operator()(std::string_view key, epee::Sparse<T>& field) {
    if (const json::value* value = object.if_contains(key)) take(key, *value, field.value);
  }

  template <class T>
  void take(std::string_view key, const json::value& value, T& field) {
    if (complaint) return;
    complaint = read(value, field);
    if (complaint) complaint->insert(0, "." + std::string(key));
  }
};

template <class Struct>
Complaint read(const json::value& value, Struct& fields) {
  const auto* object = value.if_object();
  if (!object) return " is no object";
  FieldReader reader{*object, std::nullopt};
  Struct::fields(fields, reader);
  return std::move(reader.complaint);
}

std::variant<Answer, RpcError, BadAnswer> read_error(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return BadAnswer{"error is no object"};
  const json::value* code = object->if_contains("code");
  const auto* number = code ? code->if_int64() : nullptr;
  if (!number || *number < std::numeric_limits<int>::min() ||
      *number > std::numeric_limits<int>::max())
    return BadAnswer{"error.code is no number"};
  RpcError error{static_cast<int>(*number), {}};
  const json::value* message = object->if_contains("message");
  if (!message) return BadAnswer{"error.message is missing"};
  if (auto complaint = read(*message, error.message))
    return BadAnswer{"error.message" + *complaint};
  return error;
}

}  // namespace

std::variant<Answer, RpcError, BadAnswer> read_answer(const Request& asked, std::string_view body) {
  const epee::JsonText text(body);
  const json::object* object = text.object();
  if (!object || text.junk_follows()) return BadAnswer{"it is no JSON object"};
  if (const json::value* error = epee::find(*object, "error")) return read_error(*error);
  const json::value* result = epee::find(*object, "result");
  if (!result) return BadAnswer{"result is missing"};

  return visit(
      [&](const auto& request) -> std::variant<Answer, RpcError, BadAnswer> {
        AnswerTo<std::decay_t<decltype(request)>> answer;
        if (auto complaint = read(*result, answer.value)) return BadAnswer{"result" + *complaint};
        return Answer(std::move(answer));
      },
      asked);
}

}  // namespace escrowstorm::walletrpc
