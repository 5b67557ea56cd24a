// Records of escrows whose set-up is over, by id; a reference to one holds as long as this does.
#pragma once

#include <map>

#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

using LivingEscrows = std::map<EscrowId, EscrowRecord>;

}  // namespace escrowstorm::coordinator
