#include "coordinator/secrets/sodium.hpp"

#include <sodium/core.h>

namespace escrowstorm::coordinator {

void prepare_sodium() { [[maybe_unused]] static const int prepared = sodium_init(); }

}  // namespace escrowstorm::coordinator
