// Damaged texts for the fuzz tests of parsers: the same seed gives the same damage everywhere.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace escrowstorm::test {

class Mutator {
 public:
  // `corpus` is what is damaged, `tokens` what is put in: characters and words the parser minds.
  // Both outlive it.
  Mutator(std::span<const std::string> corpus, std::span<const std::string_view> tokens,
          std::uint64_t seed)
      : corpus_(corpus), tokens_(tokens), random_(Random(seed).stream("test.mutation")) {}

  // A member of the corpus with one to four faults.
  std::string next() {
    std::string text = corpus_[random_.below(corpus_.size())];
    for (auto faults = 1 + random_.below(4); faults > 0; --faults) damage(text);
    return text;
  }

 private:
  void damage(std::string& text) {
    const std::size_t at = random_.below(text.size() + 1);
    const std::size_t length = std::min<std::size_t>(random_.below(16), text.size() - at);
    switch (random_.below(6)) {
      case 0:
        text.insert(at, tokens_[random_.below(tokens_.size())]);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.insert(at, 1, static_cast<char>(random_.below(256)));
        break;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1u << random_.below(8)));
        break;
      default: {
        const std::string& other = corpus_[random_.below(corpus_.size())];
        text = text.substr(0, at) + other.substr(random_.below(other.size() + 1));
      }
    }
  }

  std::span<const std::string> corpus_;
  std::span<const std::string_view> tokens_;
  RandomStream random_;
};

}  // namespace escrowstorm::test
