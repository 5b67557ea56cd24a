// The lanes that have something ready, in a row to choose from. What is pushed, popped or asked
// costs the same however many lanes there are. The row's order is a function of what happened so
// far, so a choice by number is the same in every run.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "sim/virtual/task.hpp"

namespace escrowstorm::sim {

class ReadyLanes {
 public:
  std::size_t size() const { return row_.size(); }
  LaneId operator[](std::size_t place) const { return row_[place]; }

  void push(std::unique_ptr<Task> task) {
    const LaneId id = task->lane();
    if (id >= lanes_.size()) lanes_.resize(std::size_t{id} + 1);
    Lane& lane = lanes_[id];
    if (lane.tasks.empty()) {
      lane.place = row_.size();
      row_.push_back(id);
    }
    lane.tasks.push(std::move(task));
  }

  // REQUIRES: the lane is in the row.
  std::unique_ptr<Task> pop(LaneId id) {
    Lane& lane = lanes_[id];
    std::unique_ptr<Task> task = lane.tasks.pop();
    if (lane.tasks.empty()) {
      row_[lane.place] = row_.back();
      lanes_[row_.back()].place = lane.place;
      row_.pop_back();
    }
    return task;
  }

  // REQUIRES: the lane is in the row.
  std::size_t place_of(LaneId id) const { return lanes_[id].place; }

  bool is_ready(LaneId id) const { return id < lanes_.size() && !lanes_[id].tasks.empty(); }

 private:
  struct Lane {
    TaskList tasks;
    std::size_t place = 0;  // in the row, while there are tasks
  };
  std::vector<Lane> lanes_;
  std::vector<LaneId> row_;
};

}  // namespace escrowstorm::sim
