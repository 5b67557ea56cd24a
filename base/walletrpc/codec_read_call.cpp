// The server's half of reading: what the real one takes for a call, and how it refuses the rest.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

#include "base/epee/read_params.hpp"
#include "base/epee/stored_json.hpp"
#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/real_methods.hpp"

namespace escrowstorm::walletrpc {
namespace {

namespace json = boost::json;

template <class Method>
std::optional<Request> read_params(const json::value* params) {
  return epee::read_params<Method>(params);
}

struct Reader {
  std::string_view method;
  std::optional<Request> (*read)(const json::value* params);
};

template <class... Methods>
constexpr auto readers_of(TypeList<Methods...>) {
  return std::array{Reader{Methods::method, &read_params<Methods>}...,
                    // Older names that the real one still answers to.
                    Reader{"getaddress", &read_params<GetAddress>},
                    Reader{"getbalance", &read_params<GetBalance>},
                    Reader{"getheight", &read_params<GetHeight>},
                    Reader{"sweep_unmixable", &read_params<SweepDust>}};
}

const Reader* find_reader(std::string_view method) {
  static constexpr auto readers = readers_of(walletrpc::Methods());
  const auto found = std::find_if(readers.begin(), readers.end(),
                                  [&](const Reader& reader) { return reader.method == method; });
  return found == readers.end() ? nullptr : &*found;
}

}  // namespace

std::variant<Call, Refusal, Broken> read_call(std::string_view body, std::uint32_t rpc_version) {
  const epee::StoredJson text(body);
  auto envelope = epee::read_envelope(text);
  if (auto* refusal = std::get_if<Refusal>(&envelope)) return std::move(*refusal);
  if (std::holds_alternative<Broken>(envelope)) return Broken();
  const auto& named = std::get<epee::Envelope>(envelope);
  if (!is_real_method(named.method, rpc_version)) return epee::unknown_method(named);
  const Reader* reader = find_reader(named.method);
  if (!reader) return epee::unknown_method(named, lacking_method_text);

  auto id = epee::read_call_id(named);
  if (auto* refusal = std::get_if<Refusal>(&id)) return std::move(*refusal);
  auto request = reader->read(named.params());
  if (!request) return epee::invalid_params(std::get<CallId>(std::move(id)));
  return Call{std::get<CallId>(std::move(id)), std::move(*request)};
}

}  // namespace escrowstorm::walletrpc
