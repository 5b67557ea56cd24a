// Seam: makes blocks. In the virtual and mock worlds of the mock's chain, on regtest by monerod.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/async.hpp"

namespace escrowstorm::sim {

// Why there is no money, address or block, in one clause.
struct BankError {
  BankError() = default;  // no aggregate: a result tells it apart from a text

  std::string why;
};

inline BankError bank_error(std::string why) {
  BankError error;
  error.why = std::move(why);
  return error;
}

// Asking a failed result for its value is a bug of the caller.
[[noreturn]] inline void throw_exception_from_error(const BankError& error,
                                                    const boost::source_location&) {
  throw std::logic_error("value of a failed result of the bank: " + error.why);
}

template <class T>
using BankResult = boost::system::result<T, BankError>;

class Miner {
 public:
  virtual ~Miner() = default;

  // So many blocks, one after another, whose rewards go to this address. How many blocks there are
  // then, the first included. REQUIRES: blocks > 0.
  virtual Awaitable<BankResult<std::uint64_t>> mine(std::string address, std::uint64_t blocks) = 0;
};

}  // namespace escrowstorm::sim
