#include "mockrpc/daemon/json_archive.hpp"

#include <utility>

namespace escrowstorm::mockrpc::daemonrpc {

void JsonArchive::break_line() {
  text_ += '\n';
  text_.append(2 * std::size_t{depth_}, ' ');
}

void JsonArchive::begin_object() {
  text_ += '{';
  ++depth_;
  first_ = true;
}

void JsonArchive::end_object() {
  --depth_;
  break_line();
  text_ += '}';
  first_ = false;
}

void JsonArchive::key(std::string_view name) {
  if (!first_) text_ += ", ";
  first_ = false;
  break_line();
  text_.append("\"").append(name).append("\": ");
}

void JsonArchive::begin_array() {
  text_ += "[ ";
  ++depth_;
  first_ = true;
}

void JsonArchive::element() {
  if (!first_) text_ += ", ";
  first_ = false;
}

void JsonArchive::end_array(Close close) {
  --depth_;
  if (!first_ && close == Close::on_own_line) break_line();
  text_ += ']';
  first_ = false;
}

void JsonArchive::number(std::uint64_t value) { text_ += std::to_string(value); }

void JsonArchive::text(std::string_view plain) {
  text_ += '"';
  text_ += plain;
  text_ += '"';
}

}  // namespace escrowstorm::mockrpc::daemonrpc
