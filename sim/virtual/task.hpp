// A piece of work that is ready: what an executor of the virtual world was given to run, once.
// Linked into the queue that holds it, so that queueing allocates nothing more.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

namespace escrowstorm::sim {

using LaneId = std::uint32_t;

class Task {
 public:
  explicit Task(LaneId lane) : lane_(lane) {}
  virtual ~Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  virtual void run() = 0;

  LaneId lane() const { return lane_; }

 private:
  friend class TaskList;
  const LaneId lane_;
  std::unique_ptr<Task> next_;
};

template <class Function>
class TaskOf final : public Task {
 public:
  TaskOf(LaneId lane, Function function) : Task(lane), function_(std::move(function)) {}
  void run() override { std::move(function_)(); }

 private:
  Function function_;
};

// First in, first out.
class TaskList {
 public:
  TaskList() = default;
  ~TaskList() { clear(); }
  TaskList(TaskList&& other) noexcept
      : first_(std::move(other.first_)), last_(std::exchange(other.last_, nullptr)) {}
  TaskList& operator=(TaskList&& other) noexcept {
    clear();
    first_ = std::move(other.first_);
    last_ = std::exchange(other.last_, nullptr);
    return *this;
  }

  bool empty() const { return first_ == nullptr; }

  void push(std::unique_ptr<Task> task) {
    Task* const pushed = task.get();
    (last_ ? last_->next_ : first_) = std::move(task);
    last_ = pushed;
  }

  // REQUIRES: not empty.
  std::unique_ptr<Task> pop() {
    std::unique_ptr<Task> task = std::move(first_);
    first_ = std::move(task->next_);
    if (!first_) last_ = nullptr;
    return task;
  }

  // One by one: a chain that frees itself would go as deep as it is long.
  void clear() {
    while (!empty()) pop();
  }

 private:
  std::unique_ptr<Task> first_;
  Task* last_ = nullptr;
};

}  // namespace escrowstorm::sim
