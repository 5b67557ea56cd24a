#include "base/epee/json_writer.hpp"
#include "base/walletrpc/codec.hpp"
#include "base/walletrpc/visit.hpp"

namespace escrowstorm::walletrpc {
namespace {

using EpeeWriter = epee::ObjectWriter<epee::EpeeLayout>;
using CompactWriter = epee::ObjectWriter<epee::CompactLayout>;

constexpr std::string_view jsonrpc_version = "2.0";
constexpr std::size_t usual_bytes = 512;

}  // namespace

std::string write_answer(const CallId& id, const Answer& answer) {
  std::string out;
  out.reserve(usual_bytes);
  EpeeWriter body(out, 0);
  body.verbatim("id", id.json);
  body("jsonrpc", jsonrpc_version);
  visit([&](const auto& wrapped) { body("result", wrapped.value); }, answer);
  body.close();
  return out;
}

std::string write_call(const Request& request, std::string_view id) {
  std::string out;
  out.reserve(usual_bytes);
  CompactWriter body(out, 0);
  body("jsonrpc", jsonrpc_version);
  body("id", id);
  body("method", method_of(request));
  visit([&](const auto& params) { body("params", params); }, request);
  body.close();
  return out;
}

}  // namespace escrowstorm::walletrpc
