// ${name} in the texts of a transcript.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

// Always known: a text unique to the run, and the folder of the wallet files.
inline constexpr std::string_view run_variable = "run";
inline constexpr std::string_view wallet_dir_variable = "wallet_dir";

// Letters, digits and underscores, at least one.
bool is_variable_name(std::string_view name);

// Calls `use` with the name of each variable in the texts of `value`, at any depth.
void for_each_variable(const nlohmann::json& value,
                       const std::function<void(const std::string& name)>& use);

using Variables = std::map<std::string, std::string>;

// Every ${name} replaced. REQUIRES: all names are in `variables`.
std::string substitute_in_text(std::string_view text, const Variables& variables);
nlohmann::json substitute(const nlohmann::json& value, const Variables& variables);

}  // namespace escrowstorm::sim
