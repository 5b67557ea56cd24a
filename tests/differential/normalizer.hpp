// Takes out of one fleet's answers what chance put in, so that they can be held against another's:
// keys, hashes, addresses, messages and the like become names by kind, length and order of first
// appearance. So the same text stands where the same text stood, another where it was another.
// Times become a word; transfers that the real one lists in the order of hashes are put in another.
// One for each fleet and session.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace escrowstorm::differential {

class Normalizer {
 public:
  // `folder`: what this fleet calls its wallet folder.
  explicit Normalizer(std::string folder) : folder_(std::move(folder)) {}

  nlohmann::json normalized(const nlohmann::json& answer);

 private:
  std::string text(const std::string& text);
  std::string name_of(std::string_view kind, const std::string& text);

  std::string folder_;
  std::map<std::string, std::string> names_;
  std::map<std::string, std::size_t> counts_;
};

}  // namespace escrowstorm::differential
