// A field that an answer leaves out when it has its default value: Epee's KV_SERIALIZE_OPT.
#pragma once

namespace escrowstorm::epee {

template <class T>
struct Sparse {
  T value{};

  friend bool operator==(const Sparse&, const Sparse&) = default;
};

}  // namespace escrowstorm::epee
