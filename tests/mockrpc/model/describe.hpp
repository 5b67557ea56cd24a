// What a call came to, as text: to compare two runs of the same calls.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/walletrpc/visit.hpp"
#include "mockrpc/instance/instance.hpp"

namespace escrowstorm::mockrpc::rigs {

class Describer {
 public:
  template <class T>
  void operator()(std::string_view key, const T& value) {
    text_.append(key).append("=");
    add(value);
    text_ += ';';
  }

  template <class Answer>
  void add_fields(const Answer& answer) {
    text_ += '{';
    Answer::fields(answer, *this);
    text_ += '}';
  }

  std::string take() && { return std::move(text_); }

 private:
  void add(const std::string& value) { text_ += value; }
  void add(Amount value) { text_ += std::to_string(value.atomic()); }
  void add(std::uint64_t value) { text_ += std::to_string(value); }
  void add(std::uint32_t value) { text_ += std::to_string(value); }
  template <class T>
  void add(const epee::Sparse<T>& field) {
    add(field.value);
  }
  void add(bool value) { text_ += value ? "true" : "false"; }
  template <class T>
  void add(const std::vector<T>& values) {
    for (const T& value : values) add(value);
  }
  template <class T>
  void add(const T& value) {
    add_fields(value);
  }

  std::string text_;
};

inline std::string describe(const Execution& execution) {
  std::string text(execution.cost);
  if (const auto* error = std::get_if<walletrpc::RpcError>(&execution.outcome))
    return text + " error " + std::to_string(error->code) + ' ' + error->message;
  Describer describer;
  visit([&](const auto& answer) { describer.add_fields(answer.value); },
        std::get<walletrpc::Answer>(execution.outcome));
  return text + ' ' + std::move(describer).take();
}

}  // namespace escrowstorm::mockrpc::rigs
