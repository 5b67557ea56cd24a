#include "mockrpc/chain/reorganise.hpp"

#include <boost/assert.hpp>

namespace escrowstorm::mockrpc {

void reorganise(Chain& chain, std::uint64_t depth) {
  BOOST_ASSERT(depth > 0 && depth < chain.height());
  std::vector<CurvePoint> miners;
  for (std::uint64_t height = chain.height() - depth; height < chain.height(); ++height)
    miners.push_back(chain.block(height).coinbase->outputs.front().recipient);
  miners.push_back(miners.back());
  chain.pop(depth);
  for (const CurvePoint& miner : miners) chain.mine(miner);
}

}  // namespace escrowstorm::mockrpc
