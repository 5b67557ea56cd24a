// The server's half of reading: what the real one takes for a call, and how it refuses the rest.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "base/epee/read_params.hpp"
#include "base/epee/stored_json.hpp"
#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/real_methods.hpp"

namespace escrowstorm::walletrpc {
namespace {

namespace json = boost::json;

template <class Method>
std::optional<Request> read_params(const json::object* params) {
  Method request;
  if (params) {
    epee::ParamsReader reader{*params};
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

}  // namespace

std::variant<Call, Refusal, Broken> read_call(std::string_view body) {
  const epee::StoredJson text(body);
  const json::object* call = text.object();
  if (!call) return epee::refusal(error_code::parse_error, "Parse error");

  const json::value* method = call->if_contains("method");
  if (!method) return epee::refusal(error_code::invalid_request, "Invalid Request");
  if (!method->is_string()) return Broken();
  const Reader* reader = find_reader(method->get_string());
  if (!reader)
    return epee::refusal(
        error_code::method_not_found,
        is_real_method(method->get_string()) ? lacking_method_text : "Method not found",
        epee::read_id(*call, "\"\""));

  // The real one reads "jsonrpc" before the id.
  const json::value* version = call->if_contains("jsonrpc");
  if (version && !version->is_string())
    return epee::refusal(error_code::invalid_params, "Invalid params");
  CallId id = epee::read_id(*call, "0");
  const json::value* params = call->if_contains("params");
  auto request = reader->read(params ? params->if_object() : nullptr);
  if (!request) return epee::refusal(error_code::invalid_params, "Invalid params", std::move(id));
  return Call{std::move(id), std::move(*request)};
}

}  // namespace escrowstorm::walletrpc
