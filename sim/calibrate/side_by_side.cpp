#include "sim/calibrate/side_by_side.hpp"

#include <boost/assert.hpp>

namespace escrowstorm::sim {

SideBySide side_by_side(const LatencySamples& fleet, const LatencySamples& mock,
                        const mockrpc::LatencyProfile& profile) {
  SideBySide both;
  for (const auto& [method, samples] : fleet) {
    const auto of_mock = mock.find(method);
    BOOST_ASSERT(of_mock != mock.end());
    both.methods.push_back(
        {method, samples.size(), percentiles_of(samples), percentiles_of(of_mock->second)});
  }
  for (const auto& [method, distribution] : profile.methods())
    if (!fleet.contains(method)) both.taken_over.push_back(method);
  return both;
}

double ratio_of(Duration mock, Duration fleet) {
  if (mock == fleet) return 1;
  if (fleet == Duration::zero()) fleet = Duration(1);
  return static_cast<double>(mock.count()) / static_cast<double>(fleet.count());
}

}  // namespace escrowstorm::sim
