// Words of a sentence for tests of this room, whose callers have a tokenizer of their own: split at
// blanks, signs at their ends and possessives dropped, hyphens between letters are blanks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/temporal/phrases.hpp"

namespace idi::temporal::testing {

class Sentence {
 public:
  explicit Sentence(std::string_view text);
  /// Views into this object.
  [[nodiscard]] std::vector<Word> words() const;
  [[nodiscard]] std::string said(const Phrase& phrase) const;

 private:
  std::vector<std::string> texts_, lowers_;
  std::vector<bool> taken_;
};

}  // namespace idi::temporal::testing
