#include "sim/virtual/virtual_store.hpp"

#include <boost/asio/co_spawn.hpp>

#include "base/rethrow.hpp"

namespace escrowstorm::sim {
namespace {

using Outcome = std::optional<std::string>;

// What a flush to a good disk takes.
constexpr std::chrono::microseconds flush_min(200);
constexpr std::uint64_t flush_spread_us = 1800;

}  // namespace

// Who waits keeps its outcome in its own frame, which the wait list owns.
struct VirtualStore::Batch {
  std::vector<coordinator::EscrowRecord> records;
  std::vector<Outcome*> outcomes;  // in step with records
  WaitList waiting;
};

VirtualStore::VirtualStore(Clock& clock, Executor executor, const coordinator::DatabaseKey& key,
                           RandomStream random, DurableRecord on_durable)
    : database_(coordinator::EscrowDatabase::open_in_memory(key).value()),
      clock_(clock),
      executor_(std::move(executor)),
      random_(random),
      on_durable_(std::move(on_durable)) {}

VirtualStore::~VirtualStore() = default;

Awaitable<Outcome> VirtualStore::commit(coordinator::EscrowRecord record) {
  if (!gathering_) gathering_ = std::make_shared<Batch>();
  Batch& batch = *gathering_;
  Outcome outcome;
  batch.records.push_back(std::move(record));
  batch.outcomes.push_back(&outcome);
  if (!flushing_) start_flush();
  co_await batch.waiting.wait();
  co_return outcome;
}

void VirtualStore::start_flush() {
  flushing_ = std::move(gathering_);
  boost::asio::co_spawn(executor_, flush(this, flushing_), rethrow);
}

Awaitable<void> VirtualStore::flush(VirtualStore* store, std::weak_ptr<Batch> begun) {
  const std::chrono::microseconds taken =
      flush_min + std::chrono::microseconds(store->random_.below(flush_spread_us));
  const TimePoint written = store->clock_.now() + taken;
  co_await store->clock_.sleep_until(written);
  const std::shared_ptr<Batch> batch = begun.lock();
  if (batch && batch == store->flushing_) store->end_flush();
}

void VirtualStore::end_flush() {
  const std::shared_ptr<Batch> batch = std::move(flushing_);
  const auto error = database_.write(batch->records);
  for (Outcome* outcome : batch->outcomes)
    if (error) *outcome = error->message;
  if (!error && on_durable_)
    for (const coordinator::EscrowRecord& record : batch->records) on_durable_(record);
  batch->waiting.wake_all();
  if (gathering_) start_flush();
}

std::vector<coordinator::EscrowRecord> VirtualStore::read() { return database_.read_all().value(); }

void VirtualStore::crash() {
  gathering_.reset();
  flushing_.reset();
}

}  // namespace escrowstorm::sim
