// Text as monero's json_archive lays it out: what the daemon shows of blocks and transactions as
// "json" and "as_json". A value of its own line for each key, two spaces for each level, a space
// after commas.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace escrowstorm::mockrpc::daemonrpc {

class JsonArchive {
 public:
  void begin_object();
  void end_object();
  void key(std::string_view name);

  // Between begin and end each element follows element().
  void begin_array();
  void element();
  enum class Close : unsigned char { on_own_line, on_same_line };
  void end_array(Close close = Close::on_own_line);

  void number(std::uint64_t value);
  void text(std::string_view plain);  // nothing in it needs an escape

  std::string take() && { return std::move(text_); }

 private:
  void break_line();

  std::string text_;
  unsigned depth_ = 0;
  bool first_ = true;  // of the object or array that is open
};

}  // namespace escrowstorm::mockrpc::daemonrpc
