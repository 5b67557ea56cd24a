#include "mockrpc/latency/computing_only.hpp"

#include <utility>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint32_t all_ppm = 1'000'000;
constexpr std::uint32_t ppm_between_samples = 1'000;

LatencyDistribution computing_part(const LatencyDistribution& whole) {
  const auto at = [&whole](std::uint32_t ppm) {
    return whole.quantile(ppm) * whole.computing_permille() / 1000;
  };
  LatencyFigures figures;
  figures.min = at(0);
  figures.p50 = at(500'000);
  figures.p90 = at(900'000);
  figures.p99 = at(990'000);
  figures.max = at(all_ppm);
  for (std::uint32_t ppm = 0; ppm <= all_ppm; ppm += ppm_between_samples)
    figures.samples.push_back(at(ppm));
  return LatencyDistribution(std::move(figures));
}

}  // namespace

LatencyProfile computing_only(const LatencyProfile& profile) {
  LatencyProfile::Methods methods;
  for (const auto& [method, distribution] : profile.methods())
    methods.emplace(method, computing_part(distribution));
  return LatencyProfile(std::move(methods));
}

}  // namespace escrowstorm::mockrpc
