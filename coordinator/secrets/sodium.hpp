// libsodium made ready: it chooses what this processor is fast at. Any thread, any number of times.
#pragma once

namespace escrowstorm::coordinator {

void prepare_sodium();

}  // namespace escrowstorm::coordinator
