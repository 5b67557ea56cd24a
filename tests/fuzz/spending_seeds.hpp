// Seeds of the targets that begin with a funded escrow: DIR/multisig_txset, DIR/multisig_info and
// DIR/daemon with DIR/daemon.dict.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace escrowstorm::fuzz {

void write_spending_seeds(const std::filesystem::path& folder);

// Ends the program when it can't.
void write_file(const std::filesystem::path& file, std::string_view bytes);
// A line of a dictionary.
std::string entry_of(std::string_view word);

}  // namespace escrowstorm::fuzz
