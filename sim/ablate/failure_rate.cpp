#include "sim/ablate/failure_rate.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <iomanip>
#include <sstream>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

constexpr double wrong_at_most = 0.05;

// Two digits that count, rounded up or down by less than they say.
std::string percent(double rate) {
  std::ostringstream text;
  text << std::setprecision(2) << rate * 100 << " %";
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
