// For Boost.Math: to compute with doubles as doubles. By itself it takes long doubles for them,
// which are another type on each kind of machine, and valgrind has none.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace escrowstorm::sim {

using DoublesOnly = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace escrowstorm::sim
