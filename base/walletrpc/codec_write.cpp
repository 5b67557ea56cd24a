#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/json_writer.hpp"

namespace escrowstorm::walletrpc {
namespace {

using EpeeWriter = detail::ObjectWriter<detail::EpeeLayout>;
using CompactWriter = detail::ObjectWriter<detail::CompactLayout>;

constexpr std::string_view jsonrpc_version = "2.0";
constexpr std::size_t usual_bytes = 512;

struct ErrorObject {
  int code;
  std::string_view message;

  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("code", s.code);
    v("message", s.message);
  }
};

}  // namespace

std::string write_answer(const CallId& id, const Answer& answer) {
  std::string out;
  out.reserve(usual_bytes);
  EpeeWriter body(out, 0);
  body.verbatim("id", id.json);
  body("jsonrpc", jsonrpc_version);
  std::visit([&](const auto& wrapped) { body("result", wrapped.value); }, answer);
  body.close();
  return out;
}

std::string write_error(const CallId& id, const RpcError& error) {
  std::string out;
  out.reserve(usual_bytes);
  EpeeWriter body(out, 0);
  body("error", ErrorObject{error.code, error.message});
  body.verbatim("id", id.json);
  body("jsonrpc", jsonrpc_version);
  body.close();
  return out;
}

std::string write_call(const Request& request) {
  std::string out;
  out.reserve(usual_bytes);
  CompactWriter body(out, 0);
  body("jsonrpc", jsonrpc_version);
  body("id", std::string_view("0"));
  body("method", method_of(request));
  std::visit([&](const auto& params) { body("params", params); }, request);
  body.close();
  return out;
}

}  // namespace escrowstorm::walletrpc
