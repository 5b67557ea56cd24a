#include "mockrpc/daemon/dispatch.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "base/epee/json_writer.hpp"
#include "base/epee/read_params.hpp"
#include "base/epee/stored_json.hpp"
#include "mockrpc/daemon/absent_calls.hpp"
#include "mockrpc/daemon/block_calls.hpp"
#include "mockrpc/daemon/node_calls.hpp"
#include "mockrpc/daemon/output_calls.hpp"
#include "mockrpc/daemon/pool_calls.hpp"
#include "mockrpc/daemon/transaction_calls.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

namespace json = boost::json;
using Writer = epee::ObjectWriter<epee::EpeeLayout>;

template <class Method>
std::optional<Method> read(const json::value* params) {
  return epee::read_params<Method>(params);
}

template <>
std::optional<OnGetBlockHash> read(const json::value* params) {
  OnGetBlockHash asked;
  const json::array* heights = params ? params->if_array() : nullptr;
  if (heights && !epee::read(*params, asked.heights)) return std::nullopt;
  return asked;
}

// A list of texts that nobody reads.
template <>
std::optional<GetBlockCount> read(const json::value* params) {
  std::vector<std::string> unused;
  const json::array* texts = params ? params->if_array() : nullptr;
  if (texts && !epee::read(*params, unused)) return std::nullopt;
  return GetBlockCount();
}

template <class Method>
std::string call(Node& node, epee::CallId id, const json::value* params) {
  const std::optional<Method> asked = read<Method>(params);
  if (!asked) {
    const epee::Refusal refusal = epee::invalid_params(std::move(id));
    return epee::write_error(refusal.id, refusal.error);
  }
  const Reply<Method> reply = run(node, *asked);
  if (const auto* error = std::get_if<epee::RpcError>(&reply)) return epee::write_error(id, *error);
  std::string out;
  Writer body(out, 0);
  body.verbatim("id", id.json);
  body("jsonrpc", std::string_view("2.0"));
  body("result", std::get<typename Method::Answer>(reply));
  body.close();
  return out;
}

// Nothing when a parameter has a wrong type. None of these has an error but its status.
template <class Method>
std::optional<std::string> visit(Node& node, const json::object& params) {
  Method asked;
  epee::ParamsReader reader{params};
  Method::fields(asked, reader);
  if (!reader.valid) return std::nullopt;
  const Reply<Method> reply = run(node, asked);
  const auto& answer = std::get<typename Method::Answer>(reply);
  std::string out;
  Writer body(out, 0);
  Method::Answer::fields(answer, body);
  body.close();
  return out;
}

struct JsonRpcCall {
  std::string_view method;
  std::string (*call)(Node&, epee::CallId, const json::value* params);
};

// The second names are older ones that the real one still answers to.
constexpr std::array json_rpc_calls{
    JsonRpcCall{"get_block_count", &call<GetBlockCount>},
    JsonRpcCall{"getblockcount", &call<GetBlockCount>},
    JsonRpcCall{"on_get_block_hash", &call<OnGetBlockHash>},
    JsonRpcCall{"on_getblockhash", &call<OnGetBlockHash>},
    JsonRpcCall{"generateblocks", &call<GenerateBlocks>},
    JsonRpcCall{"get_last_block_header", &call<GetLastBlockHeader>},
    JsonRpcCall{"getlastblockheader", &call<GetLastBlockHeader>},
    JsonRpcCall{"get_block_header_by_hash", &call<GetBlockHeaderByHash>},
    JsonRpcCall{"getblockheaderbyhash", &call<GetBlockHeaderByHash>},
    JsonRpcCall{"get_block_header_by_height", &call<GetBlockHeaderByHeight>},
    JsonRpcCall{"getblockheaderbyheight", &call<GetBlockHeaderByHeight>},
    JsonRpcCall{"get_block_headers_range", &call<GetBlockHeadersRange>},
    JsonRpcCall{"getblockheadersrange", &call<GetBlockHeadersRange>},
    JsonRpcCall{"get_block", &call<GetBlock>},
    JsonRpcCall{"getblock", &call<GetBlock>},
    JsonRpcCall{"get_connections", &call<GetConnections>},
    JsonRpcCall{"get_info", &call<GetInfo>},
    JsonRpcCall{"hard_fork_info", &call<HardForkInfo>},
    JsonRpcCall{"get_bans", &call<GetBans>},
    JsonRpcCall{"flush_txpool", &call<FlushTxpool>},
    JsonRpcCall{"get_output_histogram", &call<GetOutputHistogram>},
    JsonRpcCall{"get_version", &call<GetVersion>},
    JsonRpcCall{"get_coinbase_tx_sum", &call<GetCoinbaseTxSum>},
    JsonRpcCall{"get_fee_estimate", &call<GetFeeEstimate>},
    JsonRpcCall{"get_alternate_chains", &call<GetAlternateChains>},
    JsonRpcCall{"relay_tx", &call<RelayTx>},
    JsonRpcCall{"sync_info", &call<SyncInfo>},
    JsonRpcCall{"get_txpool_backlog", &call<GetTxpoolBacklog>},
    JsonRpcCall{"get_output_distribution", &call<GetOutputDistribution>},
    JsonRpcCall{"flush_cache", &call<FlushCache>},
};

struct PathCall {
  std::string_view path;
  std::optional<std::string> (*visit)(Node&, const json::object& params);
};

constexpr std::array path_calls{
    PathCall{"/get_height", &visit<GetHeight>},
    PathCall{"/getheight", &visit<GetHeight>},
    PathCall{"/get_info", &visit<GetInfo>},
    PathCall{"/getinfo", &visit<GetInfo>},
    PathCall{"/get_transactions", &visit<GetTransactions>},
    PathCall{"/gettransactions", &visit<GetTransactions>},
    PathCall{"/get_alt_blocks_hashes", &visit<GetAltBlocksHashes>},
    PathCall{"/is_key_image_spent", &visit<IsKeyImageSpent>},
    PathCall{"/send_raw_transaction", &visit<SendRawTransaction>},
    PathCall{"/sendrawtransaction", &visit<SendRawTransaction>},
    PathCall{"/save_bc", &visit<SaveBc>},
    PathCall{"/get_peer_list", &visit<GetPeerList>},
    PathCall{"/get_public_nodes", &visit<GetPublicNodes>},
    PathCall{"/get_transaction_pool", &visit<GetTransactionPool>},
    PathCall{"/get_transaction_pool_hashes", &visit<GetTransactionPoolHashes>},
    PathCall{"/get_transaction_pool_stats", &visit<GetTransactionPoolStats>},
    PathCall{"/get_limit", &visit<GetLimit>},
    PathCall{"/pop_blocks", &visit<PopBlocks>},
};

// A body that is no object, or holds what cannot be stored: nothing.
std::optional<std::string> visit_with(const PathCall& call, Node& node, std::string_view body) {
  const epee::StoredJson text(body);
  const json::object* params = text.object();
  if (!params) return std::nullopt;
  return call.visit(node, *params);
}

std::string absent_answer() {
  const StatusAnswer answer{std::string(absent_path_status)};
  std::string out;
  Writer body(out, 0);
  StatusAnswer::fields(answer, body);
  body.close();
  return out;
}

}  // namespace

std::optional<std::string> answer_json_rpc(Node& node, std::string_view body) {
  const epee::StoredJson text(body);
  const auto envelope = epee::read_envelope(text);
  if (std::holds_alternative<epee::Broken>(envelope)) return std::nullopt;
  if (const auto* refusal = std::get_if<epee::Refusal>(&envelope))
    return epee::write_error(refusal->id, refusal->error);
  const auto& named = std::get<epee::Envelope>(envelope);
  const auto found =
      std::find_if(json_rpc_calls.begin(), json_rpc_calls.end(),
                   [&](const JsonRpcCall& entry) { return entry.method == named.method; });
  if (found == json_rpc_calls.end()) {
    const epee::Refusal refusal = is_absent_method(named.method)
                                      ? epee::unknown_method(named, absent_method_message)
                                      : epee::unknown_method(named);
    return epee::write_error(refusal.id, refusal.error);
  }
  auto id = epee::read_call_id(named);
  if (const auto* refusal = std::get_if<epee::Refusal>(&id))
    return epee::write_error(refusal->id, refusal->error);
  return found->call(node, std::get<epee::CallId>(std::move(id)), named.params());
}

http::ServerResponse answer_path(Node& node, std::string_view path, std::string_view body) {
  http::ServerResponse response;
  const auto found = std::find_if(path_calls.begin(), path_calls.end(),
                                  [&](const PathCall& entry) { return entry.path == path; });
  if (found == path_calls.end()) {
    if (is_absent_path(path))
      response.body = absent_answer();
    else
      response = http::ServerResponse{404, {}, "text/plain"};
    return response;
  }
  auto answer = visit_with(*found, node, body);
  if (answer)
    response.body = std::move(*answer);
  else
    response = http::ServerResponse{400, {}, "text/plain"};
  return response;
}

}  // namespace escrowstorm::mockrpc::daemonrpc
