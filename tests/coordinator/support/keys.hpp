// Keys of databases for tests.
#pragma once

#include <string>
#include <string_view>

#include "coordinator/secrets/database_key.hpp"

namespace escrowstorm::test {

inline coordinator::DatabaseKey key_of(std::string_view text) {
  return std::get<coordinator::DatabaseKey>(coordinator::DatabaseKey::read(text));
}

inline const coordinator::DatabaseKey& a_key() {
  static const coordinator::DatabaseKey key = key_of(std::string(64, '7'));
  return key;
}

}  // namespace escrowstorm::test
