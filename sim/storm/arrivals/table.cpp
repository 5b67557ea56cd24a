#include "sim/storm/arrivals/table.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "sim/storm/arrivals/burst.hpp"
#include "sim/storm/arrivals/constant.hpp"
#include "sim/storm/arrivals/poisson.hpp"
#include "sim/storm/arrivals/ramp.hpp"
#include "sim/storm/arrivals/replayed.hpp"

namespace escrowstorm::sim {
namespace {

template <class Kind>
std::unique_ptr<Arrivals> make(const ArrivalSpec& spec, RandomStream random) {
  return std::make_unique<Kind>(spec, random);
}

using Keys = std::span<const std::string_view>;

constexpr std::string_view closed_keys[] = {"think_time"};
constexpr std::string_view rate_keys[] = {"rate"};
constexpr std::string_view ramp_keys[] = {"from", "to", "over"};
constexpr std::string_view burst_keys[] = {"size", "every"};
constexpr std::string_view replayed_keys[] = {"file"};

constexpr std::array table{
    ArrivalKind{"closed", "as one ends its user begins the next", closed_keys, Keys(), nullptr,
                nullptr},
    ArrivalKind{"constant", "evenly", rate_keys, rate_keys, make<ConstantArrivals>,
                make<ConstantArrivals>},
    ArrivalKind{"poisson", "independently of each other", rate_keys, rate_keys,
                make<PoissonArrivals>, make<ConstantArrivals>},
    ArrivalKind{"ramp", "from one rate to another", ramp_keys, ramp_keys, make<RampArrivals>,
                make<RampArrivals>},
    ArrivalKind{"burst", "many at once, again and again", burst_keys, burst_keys,
                make<BurstArrivals>, make<BurstArrivals>},
    ArrivalKind{"replayed", "at the times of a file", replayed_keys, replayed_keys,
                make<ReplayedArrivals>, nullptr},
};

RandomStream stream_of(const Random& random) { return random.stream("storm.arrivals"); }

}  // namespace

std::span<const ArrivalKind> arrival_kinds() { return table; }

const ArrivalKind* find_arrival_kind(std::string_view name) {
  const auto at = std::find_if(table.begin(), table.end(),
                               [&](const ArrivalKind& kind) { return kind.name == name; });
  return at == table.end() ? nullptr : &*at;
}

std::unique_ptr<Arrivals> make_arrivals(const ArrivalSpec& spec, const Random& random) {
  const ArrivalKind* kind = find_arrival_kind(spec.kind);
  assert(kind);
  return kind->is_open() ? kind->make(spec, stream_of(random)) : nullptr;
}

std::uint64_t arrivals_within(const ArrivalSpec& spec, Duration duration, std::uint64_t max) {
  const ArrivalKind* kind = find_arrival_kind(spec.kind);
  assert(kind && kind->pace);
  const std::unique_ptr<Arrivals> pace = kind->pace(spec, stream_of(Random(0)));
  std::uint64_t count = 0;
  while (count <= max && pace->next() < duration) ++count;
  return count;
}

}  // namespace escrowstorm::sim
