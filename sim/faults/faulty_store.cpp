#include "sim/faults/faulty_store.hpp"

#include <utility>

namespace escrowstorm::sim {

FaultyStore::FaultyStore(coordinator::EscrowStore& store)
    : store_(store), never_told_(std::make_unique<WaitList>()) {}

void FaultyStore::crash() { never_told_ = std::make_unique<WaitList>(); }

Awaitable<std::optional<std::string>> FaultyStore::commit(coordinator::EscrowRecord record) {
  return faults_ ? carry(std::move(record)) : store_.commit(std::move(record));
}

Awaitable<std::optional<std::string>> FaultyStore::carry(coordinator::EscrowRecord record) {
  const EscrowId escrow = record.id;
  std::optional<std::string> error = faults_->before_commit(escrow);
  if (error) co_return error;
  error = co_await store_.commit(std::move(record));
  if (error) co_return error;
  const bool is_dying = faults_->after_commit(escrow);
  if (is_dying) co_await never_told_->wait();
  co_return error;
}

}  // namespace escrowstorm::sim
