// What a call costs the mock itself, without latency: Fleet::post, beside the wire alone (the same
// calls read and the same answers written by the codec, no queue, no coroutine, no wallet) in the
// same run. The counter `ratio` is the first over the second and holds on any machine.
#include <benchmark/benchmark.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "base/real_clock.hpp"
#include "base/rethrow.hpp"
#include "base/role.hpp"
#include "base/walletrpc/codec.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "tests/support/finish.hpp"

namespace escrowstorm::mockrpc {
namespace {

struct Exchange {
  std::string body;
  walletrpc::Answer answer;
};

// Three instances, and a client whose calls are timed and kept.
class Bench {
 public:
  void run(Awaitable<void> work) {
    boost::asio::co_spawn(loop_, std::move(work), rethrow);
    loop_.restart();
    loop_.run();
  }

  template <class Method>
  Awaitable<typename Method::Answer> call(std::uint32_t instance, Method method) {
    const walletrpc::Request request(std::move(method));
    std::string body = walletrpc::write_call(request);
    exchanges_.push_back(Exchange{body, walletrpc::Answer()});
    const TimePoint before = clock_.now();
    http::Handling handling = fleet_.post(instance, body);
    const http::ServerResponse response = co_await test::finish(std::move(handling));
    const std::string& bytes = response.body;
    in_fleet_ += clock_.now() - before;
    auto answer = walletrpc::read_answer(request, bytes);
    if (!std::holds_alternative<walletrpc::Answer>(answer)) throw std::runtime_error(bytes);
    exchanges_.back().answer = std::get<walletrpc::Answer>(std::move(answer));
    co_return get<walletrpc::AnswerTo<Method>>(exchanges_.back().answer).value;
  }

  // What the calls since the last time took in the fleet, and what the codec alone takes for them.
  struct Spent {
    Duration in_fleet;
    Duration on_wire;
  };
  Spent take_spent() {
    const TimePoint before = clock_.now();
    for (const Exchange& exchange : exchanges_) {
      const auto read = walletrpc::read_call(exchange.body);
      benchmark::DoNotOptimize(
          walletrpc::write_answer(std::get<walletrpc::Call>(read).id, exchange.answer));
    }
    const Spent spent{std::exchange(in_fleet_, Duration::zero()), clock_.now() - before};
    exchanges_.clear();
    return spent;
  }

 private:
  boost::asio::io_context loop_{1};
  RealClock clock_{loop_.get_executor()};
  SingleExecutor executors_{loop_.get_executor()};
  Random random_{1};
  MemoryStorage storage_;
  Fleet fleet_{clock_, executors_, random_, storage_,
               FleetOptions{.instances = role_count,
                            .version = *find_version(default_version_name),
                            .network = Network::stagenet,
                            .latency = {},
                            .cores = 1}};
  std::vector<Exchange> exchanges_;
  Duration in_fleet_{};
};

// Runs `work` for each iteration and reports the time of its calls in the fleet.
template <class Work>
void measure(benchmark::State& state, Bench& bench, Work work) {
  Duration in_fleet{};
  Duration on_wire{};
  for (auto _ : state) {
    bench.run(work(bench));
    const Bench::Spent spent = bench.take_spent();
    state.SetIterationTime(std::chrono::duration<double>(spent.in_fleet).count());
    in_fleet += spent.in_fleet;
    on_wire += spent.on_wire;
  }
  state.counters["ratio"] = to_ms(in_fleet) / to_ms(on_wire);
}

walletrpc::CreateWallet create_request(std::string name) {
  walletrpc::CreateWallet request;
  request.filename = std::move(name);
  request.language = "English";
  return request;
}

constexpr int calls_in_a_batch = 1000;

Awaitable<void> ask_is_multisig(Bench& bench) {
  const walletrpc::IsMultisig question;
  for (int i = 0; i < calls_in_a_batch; ++i) co_await bench.call(0, question);
}

Awaitable<void> create_one(Bench& bench) {
  walletrpc::CreateWallet request = create_request("w");
  co_await bench.call(0, std::move(request));
}

void is_multisig(benchmark::State& state) {
  Bench bench;
  bench.run(create_one(bench));
  bench.take_spent();
  measure(state, bench, ask_is_multisig);
  state.SetItemsProcessed(state.iterations() * calls_in_a_batch);
}
BENCHMARK(is_multisig)->UseManualTime();

using Infos = std::array<std::string, role_count>;

std::vector<std::string> others(const Infos& infos, std::size_t own) {
  std::vector<std::string> rest;
  for (std::size_t i = 0; i < infos.size(); ++i)
    if (i != own) rest.push_back(infos[i]);
  return rest;
}

Awaitable<Infos> exchange_round(Bench& bench, const Infos& infos) {
  Infos next;
  for (std::uint32_t i = 0; i < role_count; ++i) {
    walletrpc::ExchangeMultisigKeys request;
    request.multisig_info = others(infos, i);
    auto answer = co_await bench.call(i, std::move(request));
    next.at(i) = std::move(answer.multisig_info);
  }
  co_return next;
}

Awaitable<void> set_up_escrow(Bench& bench, std::string name) {
  Infos prepared;
  Infos made;
  for (std::uint32_t i = 0; i < role_count; ++i) {
    walletrpc::CreateWallet create = create_request(name + std::to_string(i));
    co_await bench.call(i, std::move(create));
    walletrpc::PrepareMultisig prepare;
    prepare.enable_multisig_experimental = true;
    auto answer = co_await bench.call(i, std::move(prepare));
    prepared.at(i) = std::move(answer.multisig_info);
  }
  for (std::uint32_t i = 0; i < role_count; ++i) {
    walletrpc::MakeMultisig make;
    make.threshold = 2;
    make.multisig_info = others(prepared, i);
    auto answer = co_await bench.call(i, std::move(make));
    made.at(i) = std::move(answer.multisig_info);
  }
  Infos exchanged = co_await exchange_round(bench, made);
  co_await exchange_round(bench, exchanged);
  for (std::uint32_t i = 0; i < role_count; ++i) {
    const walletrpc::IsMultisig question;
    const auto state = co_await bench.call(i, question);
    if (!state.ready) throw std::runtime_error("not ready");
    const walletrpc::CloseWallet close;
    co_await bench.call(i, close);
  }
}

void set_up_2_of_3(benchmark::State& state) {
  Bench bench;
  std::uint64_t number = 0;
  measure(state, bench, [&number](Bench& b) {
    return set_up_escrow(b, "escrow" + std::to_string(number++) + "-");
  });
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(set_up_2_of_3)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace escrowstorm::mockrpc

BENCHMARK_MAIN();
