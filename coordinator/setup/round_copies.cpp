#include "coordinator/setup/round_copies.hpp"

#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {

std::string input_copy_name(std::string_view wallet_file, Phase round) {
  std::string name(wallet_of_file(wallet_file));
  name += '-';
  name += name_of(round);
  return name + "_input";
}

}  // namespace escrowstorm::coordinator
