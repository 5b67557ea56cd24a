#include "mockrpc/latency/distribution.hpp"

#include <algorithm>
#include <array>
#include <boost/assert.hpp>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint32_t whole_ppm = 1'000'000;

// `value` on the line from (from, out_from) to (to, out_to). The product stays below 2^63: an hour
// of nanoseconds times a million, or times nothing longer than an hour after scaling.
Duration along(std::uint32_t at, std::uint32_t from, std::uint32_t to, Duration out_from,
               Duration out_to) {
  if (to == from) return out_to;
  return out_from + (out_to - out_from) * (at - from) / (to - from);
}

// The sample that stands for a percentile: the nearest in value and, among equals (samples are
// rounded), the nearest to where the percentile's rank would be.
std::size_t sample_at(const std::vector<Duration>& sorted, std::uint32_t ppm, Duration value) {
  const auto above = std::lower_bound(sorted.begin(), sorted.end(), value);
  Duration nearest = above == sorted.end() ? sorted.back() : *above;
  if (above != sorted.begin() && value - *(above - 1) < nearest - value) nearest = *(above - 1);
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), nearest);
  const auto rank = static_cast<std::ptrdiff_t>(sorted.size() * ppm / whole_ppm);
  return static_cast<std::size_t>(
      std::clamp(rank, first - sorted.begin(), last - sorted.begin() - 1));
}

}  // namespace

struct LatencyDistribution::Anchor {
  std::uint32_t ppm;
  std::uint32_t level_ppm;  // the function is level so far to both sides
  Duration value;
};

LatencyDistribution::LatencyDistribution(LatencyFigures figures)
    : computing_permille_(figures.computing_permille) {
  BOOST_ASSERT(Duration::zero() <= figures.min && figures.min <= figures.p50);
  BOOST_ASSERT(figures.p50 <= figures.p90 && figures.p90 <= figures.p99);
  BOOST_ASSERT(figures.p99 <= figures.max && figures.max <= LatencyFigures::longest);
  BOOST_ASSERT(computing_permille_ <= 1000);

  std::sort(figures.samples.begin(), figures.samples.end());
  // sqrt(q (1 - q) / 10,000) is 0.5 %, 0.3 % and 0.1 % of the draws at these three.
  const std::array<Anchor, 5> anchors{{{0, 0, figures.min},
                                       {500'000, 15'000, figures.p50},
                                       {900'000, 9'000, figures.p90},
                                       {990'000, 3'000, figures.p99},
                                       {whole_ppm, 0, figures.max}}};
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    const Anchor& anchor = anchors[i];
    if (i > 0) append_shape(figures.samples, anchors[i - 1], anchor);
    knots_.push_back({anchor.ppm - anchor.level_ppm, anchor.value});
    if (anchor.level_ppm > 0) knots_.push_back({anchor.ppm + anchor.level_ppm, anchor.value});
  }
}

void LatencyDistribution::append_shape(const std::vector<Duration>& sorted, const Anchor& from,
                                       const Anchor& to) {
  if (sorted.empty()) return;
  const std::size_t first = sample_at(sorted, from.ppm, from.value);
  const std::size_t last = sample_at(sorted, to.ppm, to.value);
  if (first >= last || sorted[first] == sorted[last]) return;

  const std::uint32_t begin_ppm = from.ppm + from.level_ppm;
  const std::uint32_t end_ppm = to.ppm - to.level_ppm;
  for (std::size_t i = first + 1; i < last; ++i) {
    const auto ppm = begin_ppm + static_cast<std::uint32_t>((end_ppm - begin_ppm) * (i - first) /
                                                            (last - first));
    // Stretched in millionths of the way, so that no product leaves 64 bits.
    const auto way_ppm = (sorted[i] - sorted[first]) * whole_ppm / (sorted[last] - sorted[first]);
    knots_.push_back(
        {ppm, along(static_cast<std::uint32_t>(way_ppm), 0, whole_ppm, from.value, to.value)});
  }
}

CallCost LatencyDistribution::draw(RandomStream& random) const {
  const Duration total = quantile(static_cast<std::uint32_t>(random.below(whole_ppm)));
  const Duration computing = total * computing_permille_ / 1000;
  return CallCost{computing, total - computing};
}

Duration LatencyDistribution::quantile(std::uint32_t ppm) const {
  BOOST_ASSERT(ppm <= whole_ppm);
  const auto above = std::upper_bound(knots_.begin(), knots_.end(), ppm,
                                      [](std::uint32_t at, const Knot& k) { return at < k.ppm; });
  if (above == knots_.end()) return knots_.back().value;
  const Knot& below = *(above - 1);
  return along(ppm, below.ppm, above->ppm, below.value, above->value);
}

}  // namespace escrowstorm::mockrpc
