// Walks over all methods of the protocol, and fills their structs with telling values.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/walletrpc/request.hpp"

namespace escrowstorm::walletrpc::test {

// Calls f(std::type_identity<Method>()) for each method of the list.
template <class F>
void for_each_method(F f) {
  [&]<class... All>(TypeList<All...>) { (f(std::type_identity<All>()), ...); }(Methods());
}

// The visitor that gives every field a value of its own; vectors get two elements.
class Filler {
 public:
  void operator()(std::string_view, bool& field) { field = !field; }
  void operator()(std::string_view, std::int8_t& field) { field = -128; }
  void operator()(std::string_view, std::uint32_t& field) { field = 4'000'000'000 + ++count_; }
  void operator()(std::string_view, std::uint64_t& field) { field = ~std::uint64_t{0} - ++count_; }
  void operator()(std::string_view key, Amount& field) {
    std::uint64_t units = 0;
    (*this)(key, units);
    field = Amount::from_atomic(units);
  }
  template <class T>
  void operator()(std::string_view key, epee::Sparse<T>& field) {
    (*this)(key, field.value);
  }
  // With all that a writer has to escape, and bytes that are no UTF-8.
  void operator()(std::string_view key, std::string& field) {
    field = std::string(key) + std::to_string(++count_) + "\"\\/\b\f\n\r\t\v\x01\x1f\x7f é\xff";
    field += '\0';
  }
  template <class T>
  void operator()(std::string_view key, std::vector<T>& fields) {
    fields.resize(2);
    for (T& field : fields) (*this)(key, field);
  }
  template <class Struct>
  void operator()(std::string_view, Struct& fields) {
    Struct::fields(fields, *this);
  }

 private:
  unsigned count_ = 0;
};

template <class Struct>
Struct filled() {
  Struct fields;
  Filler filler;
  filler("", fields);
  return fields;
}

}  // namespace escrowstorm::walletrpc::test
