#include "sim/ablate/failure_rate.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <iomanip>
#include <sstream>

#include "sim/metrics/doubles_only.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Binomial = boost::math::binomial_distribution<double, DoublesOnly>;

constexpr double wrong_at_most = 0.05;

// Two digits that count.
std::string percent(double rate) {
  constexpr double two_digits_from = 0.0995;  // as per cent they have no fraction
  std::ostringstream text;
  if (rate >= two_digits_from)
    text << std::fixed << std::setprecision(0);
  else
    text << std::setprecision(2);
  text << rate * 100 << " %";
  return text.str();
}

}  // namespace

double FailureRate::at_most() const {
  if (runs == 0 || failures == runs) return 1;
  return Binomial::find_upper_bound_on_p(static_cast<double>(runs), static_cast<double>(failures),
                                         wrong_at_most);
}

double FailureRate::at_least() const {
  if (runs == 0 || failures == 0) return 0;
  return Binomial::find_lower_bound_on_p(static_cast<double>(runs), static_cast<double>(failures),
                                         wrong_at_most);
}

std::string rate_text(const FailureRate& rate) {
  const std::string in = " in " + counted(rate.runs, "run") + ": ";
  if (rate.failures == 0) return "no failure" + in + "below " + percent(rate.at_most());
  return counted(rate.failures, "failure") + in + percent(rate.at_least()) + " to " +
         percent(rate.at_most());
}

}  // namespace escrowstorm::sim
