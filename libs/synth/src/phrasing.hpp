// English word forms and alternatives for generated questions.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "idi/link/wordnet.hpp"

namespace idi::synth {

using Random = std::mt19937_64;

/// Uniform in [0, bound), the same on every platform. REQUIRES: bound > 0.
[[nodiscard]] std::size_t pick(Random& random, std::size_t bound);
[[nodiscard]] bool chance(Random& random, double probability);

/// The plural of the last word: "order line" → "order lines", "city" → "cities".
[[nodiscard]] std::string plural_of(std::string_view phrase);
/// Singular of the last word where that is regular: "singers" → "singer".
[[nodiscard]] std::string singular_of(std::string_view phrase);
/// Chooses one of each "{a|b|c}" (they may nest; an alternative may be empty).
[[nodiscard]] std::string choose_alternatives(std::string_view pattern, Random& random);
/// Says names of tables and columns in other words now and then.
class Rewording {
 public:
  Rewording(std::shared_ptr<const link::WordNet> wordnet, double share)
      : wordnet_(std::move(wordnet)), share_(share) {}
  /// Each word of the name is replaced by a frequent one-word synonym with the given probability.
  [[nodiscard]] std::string apply(const std::string& name, Random& random) const;

 private:
  [[nodiscard]] std::string synonym_of(const std::string& word, Random& random) const;
  std::shared_ptr<const link::WordNet> wordnet_;
  double share_;
};

/// The question as it is typed in a hurry: in lower case, without the question mark, with a slip of
/// the fingers, or shortened to its keywords. Words that stand in the SQL as texts stay whole.
[[nodiscard]] std::string roughened(std::string_view question, std::string_view sql,
                                    Random& random);

/// Blanks single and none before a closing mark; first letter upper case.
[[nodiscard]] std::string tidy_sentence(std::string_view text);

}  // namespace idi::synth
