// `escrowstorm schema`: a JSON Schema of scenario files, for editors.
#pragma once

#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "sim/cli/answered.hpp"

namespace escrowstorm::sim {

struct SchemaCommand {};

// `arguments` behind the command's word.
std::variant<SchemaCommand, Answered> read_schema_options(std::vector<std::string> arguments);

void run_schema(std::ostream& out);

}  // namespace escrowstorm::sim
