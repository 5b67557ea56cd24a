// A value of one of many types, on the heap. For protocols of many methods: moving one is moving a
// pointer, whatever the largest of the types needs, and a file that names a few of them compiles
// only those. A std::variant of as many costs every file that sees it seconds.
//
// Copies share it until one of them is asked for what can be changed, which then has its own. One
// that was moved from, or made of nothing, holds none. Not thread-safe, and its copies all belong
// to one thread.
#pragma once

#include <cassert>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace escrowstorm::walletrpc {

template <class... Types>
struct TypeList {
  static constexpr std::size_t size = sizeof...(Types);
};

// The place of T in the list, from 0; its size when T is not in it.
template <class T, class... Types>
consteval std::size_t index_in(TypeList<Types...>) {
  std::size_t index = 0;
  (void)((std::is_same_v<T, Types> || (++index, false)) || ...);
  return index;
}

// Family is the class derived from it. It says what it may hold, Family::may_hold<T>, and the index
// of each, Family::index_of<T>.
template <class Family>
class Boxed {
 public:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  Boxed() = default;

  std::size_t index() const { return held_ ? held_->index : no_index; }

  // Nothing when it holds another type.
  template <class T>
  const T* as() const {
    if (index() != Family::template index_of<T>) return nullptr;
    return &static_cast<const HeldAs<T>&>(*held_).value;
  }
  template <class T>
  T* as() {
    if (index() != Family::template index_of<T>) return nullptr;
    if (held_.use_count() > 1) held_ = held_->clone();
    return &static_cast<HeldAs<T>&>(*held_).value;
  }

 protected:
  template <class T>
  explicit Boxed(std::in_place_type_t<T>, T&& value)
      : held_(std::make_shared<HeldAs<T>>(std::move(value))) {}

 private:
  struct Held {
    explicit Held(std::size_t place) : index(place) {}
    virtual ~Held() = default;
    virtual std::shared_ptr<Held> clone() const = 0;
    const std::size_t index;
  };
  template <class T>
  struct HeldAs final : Held {
    explicit HeldAs(T held) : Held(Family::template index_of<T>), value(std::move(held)) {}
    std::shared_ptr<Held> clone() const override { return std::make_shared<HeldAs>(value); }
    T value;
  };

  std::shared_ptr<Held> held_;
};

// As those of std::variant; found by their arguments.
template <class T, class Family>
bool holds_alternative(const Boxed<Family>& boxed) {
  return boxed.index() == Family::template index_of<T>;
}
template <class T, class Family>
const T* get_if(const Boxed<Family>* boxed) {
  return boxed ? boxed->template as<T>() : nullptr;
}
template <class T, class Family>
T* get_if(Boxed<Family>* boxed) {
  return boxed ? boxed->template as<T>() : nullptr;
}
// REQUIRES: it holds a T.
template <class T, class Family>
const T& get(const Boxed<Family>& boxed) {
  assert(holds_alternative<T>(boxed));
  return *boxed.template as<T>();
}
template <class T, class Family>
T& get(Boxed<Family>& boxed) {
  assert(holds_alternative<T>(boxed));
  return *boxed.template as<T>();
}
template <class T, class Family>
T&& get(Boxed<Family>&& boxed) {
  assert(holds_alternative<T>(boxed));
  return std::move(*boxed.template as<T>());
}

}  // namespace escrowstorm::walletrpc
