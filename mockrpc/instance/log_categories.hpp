// Which categories the real one logs at which level, as set_log_categories and set_log_level change
// it. The mock logs nothing by it; it is what set_log_categories answers. One for each process.
// Follows contrib/epee/src/mlog.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::mockrpc {

class LogCategories {
 public:
  // Valid until the next change.
  std::string_view text() const { return changed_ ? std::string_view(*changed_) : of_level(0); }

  // REQUIRES: 0 <= level <= 4.
  void set_level(int level);
  // A level ("2"), a level and what to change in it ("2,net:ERROR"), what to add ("+net:ERROR"), to
  // take away ("-net:ERROR"), or all there shall be. A number that is no level changes nothing.
  void set(std::string_view wanted);

 private:
  void replace(std::string_view wanted);

  std::optional<std::string> changed_;  // none: as at the start, without 200 bytes of their own

  static std::string_view of_level(long level);  // empty when it is none
};

}  // namespace escrowstorm::mockrpc
