// A private directory for one run, under $TMPDIR or /tmp, gone with the object. A run that is
// killed can't remove its own, so making one first removes what dead runs of this user left: the
// directory is locked while it is in use, and the kernel drops the lock of the dead. A marker file
// in it tells it from what people may call alike.
//
// Throws std::system_error naming the path. Neither copied nor moved; any one thread.
#pragma once

#include <filesystem>

#include "sim/process/unique_fd.hpp"

namespace escrowstorm::sim {

class ScratchDir {
 public:
  ScratchDir();
  ~ScratchDir();
  ScratchDir(const ScratchDir&) = delete;
  ScratchDir& operator=(const ScratchDir&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  UniqueFd lock_;  // of the directory itself
};

}  // namespace escrowstorm::sim
