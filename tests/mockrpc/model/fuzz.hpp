// Deterministic mutations of a known text, for parsers of what comes from outside.
#pragma once

#include <string>
#include <vector>

#include "base/random.hpp"

namespace escrowstorm::test {

inline std::string mutated(std::string text, RandomStream& random) {
  const std::uint64_t edits = 1 + random.below(4);
  for (std::uint64_t i = 0; i < edits; ++i) {
    const auto place = static_cast<std::size_t>(random.below(text.size() + 1));
    const char byte = static_cast<char>(random.next());
    switch (random.below(5)) {
      case 0:
        text.resize(place);
        break;
      case 1:
        text.insert(place, 1, byte);
        break;
      case 2:
        text.insert(place, text.substr(0, static_cast<std::size_t>(random.below(20))));
        break;
      case 3:
        text.erase(place, static_cast<std::size_t>(random.below(20)));
        break;
      default:
        if (place < text.size()) text[place] = byte;
    }
  }
  return text;
}

// Calls `parse` with each of the corpus and with 20,000 mutations of it.
template <class Parse>
void fuzz(const std::vector<std::string>& corpus, Parse parse, std::uint64_t seed = 1) {
  for (const std::string& text : corpus) parse(text);
  RandomStream random(seed);
  for (int i = 0; i < 20'000; ++i) parse(mutated(corpus[random.below(corpus.size())], random));
}

}  // namespace escrowstorm::test
