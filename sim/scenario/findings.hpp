// What is wrong with a scenario: collected, so that all of it is said at once, in the order of the
// file, then of the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/json_tree.hpp"
#include "sim/scenario/key_notes.hpp"

namespace escrowstorm::sim {

struct Finding {
  Place place;
  std::string text;

  friend bool operator==(const Finding&, const Finding&) = default;
};

class Findings {
 public:
  // `file` names the file in front of its places; `options` are the overrides as they were typed.
  Findings(std::string file, std::vector<std::string> options);

  // Who reads notes there which keys it asks for, too. `notes` is to outlive this.
  void note_keys_in(KeyNotes& notes) { notes_ = &notes; }
  KeyNotes* notes() const { return notes_; }

  // `path` is the key's ("fleet.instances"), empty for the whole.
  void add(const Place& place, std::string_view path, std::string_view what);

  bool empty() const { return found_.empty(); }
  std::size_t size() const { return found_.size(); }
  const std::vector<Finding>& all() const { return found_; }

  // "scenarios/x.json:4:17: fleet.instanzes: unknown key, ...", one for each finding; when there
  // are very many, the first ones and how many more.
  std::vector<std::string> lines() const;

 private:
  std::string file_;
  std::vector<std::string> options_;
  std::vector<Finding> found_;
  KeyNotes* notes_ = nullptr;
};

}  // namespace escrowstorm::sim
