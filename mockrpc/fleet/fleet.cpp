#include "mockrpc/fleet/fleet.hpp"

#include <boost/assert.hpp>
#include <limits>
#include <system_error>
#include <utility>
#include <variant>

#include "base/walletrpc/codec.hpp"
#include "mockrpc/fleet/cpu_share.hpp"
#include "mockrpc/fleet/seat.hpp"
#include "mockrpc/fleet/spoilt_response.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/storage/instance_disk.hpp"
#include "mockrpc/wallet/daemon_link.hpp"

namespace escrowstorm::mockrpc {
namespace {

using ReadBody = std::variant<walletrpc::Call, walletrpc::Refusal, walletrpc::Broken>;

// Real ones were started one after another, so that they do not all look at once.
Duration refresh_phase(const Random& random, std::uint32_t instance) {
  constexpr auto period = std::chrono::duration_cast<Duration>(default_refresh_period);
  const auto within = static_cast<std::uint64_t>(period.count());
  return Duration(
      static_cast<Duration::rep>(random.stream("mock.refresh", instance).below(within)));
}

}  // namespace

Fleet::Fleet(Clock& clock, Executors& executors, const Random& random, Storage& storage,
             FleetOptions options)
    : options_(std::move(options)),
      storage_(storage),
      clock_alarms_(clock),
      keys_(std::make_unique<DlogKeyScheme>()),
      link_(std::make_unique<DaemonLink>()) {
  Alarms& alarms = options_.alarms ? *options_.alarms : clock_alarms_;
  cpu_ = std::make_unique<CpuShare>(clock, alarms, executors.for_instance(0), options_.cores);
  host_ = std::make_unique<SeatHost>(SeatHost{.latency = &options_.latency,
                                              .clock = &clock,
                                              .alarms = &alarms,
                                              .cpu = cpu_.get(),
                                              .ledger = options_.ledger,
                                              .faults = options_.faults});
  WalletHost host{.version = &options_.version,
                  .network = options_.network,
                  .keys = keys_.get(),
                  .chain = options_.chain,
                  .link = link_.get(),
                  .daemon_port = options_.daemon_port,
                  .enforce_ring_size = options_.enforce_ring_size,
                  .offline = options_.offline};
  seats_.reserve(options_.instances);
  for (std::uint32_t i = 0; i < options_.instances; ++i) {
    disks_.push_back(std::make_unique<InstanceDisk>(storage_));
    host.storage = disks_.back().get();
    Instance instance(host, random.stream("mock.keys", i));
    seats_.push_back(std::make_unique<Seat>(*host_, i, std::move(instance),
                                            random.stream("mock.latency", i),
                                            executors.for_instance(i), refresh_phase(random, i)));
  }
}

Fleet::~Fleet() { cpu_.reset(); }

std::uint32_t Fleet::instances() const { return options_.instances; }

void Fleet::begin(std::uint32_t instance, std::shared_ptr<FleetCall> call) {
  BOOST_ASSERT(instance < instances());
  seats_[instance]->begin(std::move(call));
}

Awaitable<FleetReply> Fleet::call(std::uint32_t instance, walletrpc::Request request,
                                  std::optional<CallFor> whom) {
  const auto call = std::make_shared<AwaitedCall>();
  call->request = std::move(request);
  call->whom = whom;
  begin(instance, call);
  if (!call->is_over()) co_await call->wait();
  co_return std::move(*call->reply);
}

namespace {

// An id is kept as the JSON that the real one writes, "7\\/buyer".
std::optional<CallFor> whom_of(const walletrpc::CallId& id) {
  std::string_view json = id.json;
  if (json.size() < 2 || json.front() != '"') return std::nullopt;
  json = json.substr(1, json.size() - 2);
  const auto escape = json.find("\\/");
  if (escape == json.npos) return parse_call_for(json);
  std::string text(json);
  text.erase(escape, 1);
  return parse_call_for(text);
}

http::Delivery delivery_of(NoReply none) {
  if (none == NoReply::silent) return http::Delivery::never;
  return none == NoReply::reset ? http::Delivery::reset : http::Delivery::hang_up;
}

// REQUIRES: only the reply to a call is spoilt.
http::ServerResponse respond(const FleetCall& call, const ReadBody& read) {
  http::ServerResponse response;
  const auto* asked = std::get_if<walletrpc::Call>(&read);
  if (const auto* none = std::get_if<NoReply>(&*call.reply)) {
    response.delivery = delivery_of(*none);
  } else if (const auto* spoilt = std::get_if<SpoiltReply>(&*call.reply)) {
    response = spoilt_response(asked->id, *spoilt);
  } else if (asked) {
    response.body = write_outcome(asked->id, std::get<CallOutcome>(*call.reply));
  } else if (const auto* refusal = std::get_if<walletrpc::Refusal>(&read)) {
    response.body = walletrpc::write_error(refusal->id, refusal->error);
  } else {
    response.status = 500;
  }
  return response;
}

Awaitable<http::ServerResponse> respond_later(std::shared_ptr<AwaitedCall> call, ReadBody read) {
  co_await call->wait();
  co_return respond(*call, read);
}

// To what is not asked of the wallet RPC at all.
http::ServerResponse not_found(const FleetCall& call) {
  http::ServerResponse response{404, {}, "text/plain"};
  if (std::holds_alternative<NoReply>(*call.reply)) response.delivery = http::Delivery::hang_up;
  return response;
}

Awaitable<http::ServerResponse> not_found_later(std::shared_ptr<AwaitedCall> call) {
  co_await call->wait();
  co_return not_found(*call);
}

}  // namespace

http::Handling Fleet::post(std::uint32_t instance, std::string_view body) {
  ReadBody read = walletrpc::read_call(body, options_.version.rpc_version);
  auto call = std::make_shared<AwaitedCall>();
  if (auto* asked = std::get_if<walletrpc::Call>(&read)) {
    call->request = std::move(asked->request);
    call->whom = whom_of(asked->id);
  }
  begin(instance, call);
  if (call->is_over()) return respond(*call, read);
  return respond_later(std::move(call), std::move(read));
}

std::vector<UnsavedWallet> Fleet::end() {
  std::vector<UnsavedWallet> unsaved;
  for (std::uint32_t i = 0; i < instances(); ++i) {
    std::string name(seats_[i]->open_wallet());
    if (auto ended = seats_[i]->end(); !ended)
      unsaved.push_back({i, std::move(name), std::move(ended.error().text)});
  }
  return unsaved;
}

void Fleet::kill(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  if (!is_alive(instance)) return;
  for (const Port& port : ports_)
    if (port.instance == instance) port.server->shut(port.where);
  seats_[instance]->kill();
}

void Fleet::start(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  if (is_alive(instance)) return;
  if (is_port_open(instance)) listen_again(instance);
  seats_[instance]->start();
}

void Fleet::listen_again(std::uint32_t instance) {
  for (const Port& port : ports_)
    if (port.instance == instance) port.server->reopen(port.where);
}

void Fleet::shut_port(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  if (!is_port_open(instance)) return;
  seats_[instance]->set_port_open(false);
  for (const Port& port : ports_)
    if (port.instance == instance) port.server->stop_listening(port.where);
}

std::optional<std::string> Fleet::open_port(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  if (is_port_open(instance)) return std::nullopt;
  try {
    if (is_alive(instance)) listen_again(instance);
  } catch (const std::system_error& taken) {
    return taken.what();
  }
  seats_[instance]->set_port_open(true);
  return std::nullopt;
}

bool Fleet::is_port_open(std::uint32_t instance) const { return seats_[instance]->is_port_open(); }

void Fleet::hang(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  if (is_alive(instance)) seats_[instance]->hang();
}

void Fleet::resume(std::uint32_t instance) {
  BOOST_ASSERT(instance < instances());
  if (seats_[instance]->is_hanging()) seats_[instance]->resume();
}

bool Fleet::is_alive(std::uint32_t instance) const { return seats_[instance]->is_alive(); }

std::vector<http::Endpoint> Fleet::listen(http::Server& server, const http::Endpoint& first) {
  const std::uint32_t last_port = first.port + instances() - 1;
  if (first.port != 0 && last_port > std::numeric_limits<std::uint16_t>::max())
    throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                            "no port " + std::to_string(last_port));
  const auto lines = options_.version.strict_header_lines ? http::HeaderLines::strict
                                                          : http::HeaderLines::searched;
  std::vector<http::Endpoint> endpoints;
  for (std::uint32_t i = 0; i < instances(); ++i) {
    http::Endpoint where = first;
    if (first.port != 0) where.port = static_cast<std::uint16_t>(first.port + i);
    http::Handler handler = [this, i](http::ServerRequest request) {
      return serve(i, std::move(request));
    };
    endpoints.push_back(server.listen(where, std::move(handler), lines));
    ports_.push_back(Port{&server, endpoints.back(), i});
  }
  return endpoints;
}

http::Handling Fleet::serve(std::uint32_t instance, http::ServerRequest request) {
  if (request.target == "/json_rpc") return post(instance, request.body);
  auto call = std::make_shared<AwaitedCall>();
  begin(instance, call);
  if (call->is_over()) return not_found(*call);
  return not_found_later(std::move(call));
}

}  // namespace escrowstorm::mockrpc
