#include "sim/metrics/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdlib>

namespace escrowstorm::sim {
namespace {

constexpr unsigned sub_bits = 7;
constexpr std::uint64_t subs = std::uint64_t{1} << sub_bits;  // buckets in each power of two

// Values below 2 * subs have a bucket each; above, the leading sub_bits + 1 bits choose it.
std::size_t bucket_of(std::uint64_t value) {
  if (value < 2 * subs) return value;
  const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - sub_bits - 1;
  return shift * subs + (value >> shift);
}

// The middle of a bucket.
std::uint64_t value_of(std::size_t bucket) {
  if (bucket < 2 * subs) return bucket;
  const auto shift = bucket / subs - 1;
  const std::uint64_t lower = (bucket - shift * subs) << shift;
  return lower + (std::uint64_t{1} << shift) / 2;
}

Duration ns(std::uint64_t value) { return Duration(static_cast<Duration::rep>(value)); }

}  // namespace

void Histogram::record(Duration value) {
  const auto whole = static_cast<std::uint64_t>(std::max(value.count(), Duration::rep{0}));
  const std::size_t bucket = bucket_of(whole);
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  ++buckets_[bucket];
  min_ = count_ == 0 ? whole : std::min(min_, whole);
  max_ = std::max(max_, whole);
  ++count_;
}

void Histogram::merge(const Histogram& other) {
  if (other.count_ == 0) return;
  buckets_.resize(std::max(buckets_.size(), other.buckets_.size()));
  for (std::size_t i = 0; i < other.buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
  min_ = count_ == 0 ? other.min_ : std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  count_ += other.count_;
}

Duration Histogram::min() const {
  assert(count_ > 0);
  return ns(min_);
}

Duration Histogram::max() const {
  assert(count_ > 0);
  return ns(max_);
}

Duration Histogram::percentile(unsigned percent) const { return percentile_among(count_, percent); }

Duration Histogram::percentile_among(std::uint64_t all, unsigned percent) const {
  assert(count_ > 0 && all >= count_ && percent <= 100);
  const std::uint64_t missing = all - count_;
  const std::uint64_t rank_of_all = std::max<std::uint64_t>((all * percent + 99) / 100, 1);
  if (rank_of_all <= missing) return ns(0);
  const std::uint64_t rank = rank_of_all - missing;
  if (rank == count_) return ns(max_);
  const std::uint64_t least = missing == 0 ? min_ : 0;
  std::uint64_t passed = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    passed += buckets_[bucket];
    if (passed >= rank) return ns(std::clamp(value_of(bucket), least, max_));
  }
  std::abort();  // the buckets hold count_ values
}

}  // namespace escrowstorm::sim
