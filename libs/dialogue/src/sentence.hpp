// A sentence as words that know their place in the text and what they link to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/link/linker.hpp"

namespace idi::dialogue {

/// More words are no follow-up, and nothing is followed up.
inline constexpr int max_words = 96;

class Sentence {
 public:
  Sentence(std::string_view text, const link::Linker& linker);

  /// False if it has no word or too many.
  [[nodiscard]] bool usable() const { return !linked_.question_cut && size() > 0; }
  [[nodiscard]] int size() const { return static_cast<int>(linked_.tokens.size()); }
  /// Lower case; empty outside of the sentence.
  [[nodiscard]] std::string_view word(int i) const;
  [[nodiscard]] std::string_view stem(int i) const;
  [[nodiscard]] bool has_word(std::string_view word) const;
  /// The text of words [begin, end), as written, with what is between them.
  [[nodiscard]] std::string slice(int begin, int end) const;
  /// As written, without the closing mark and blanks.
  [[nodiscard]] std::string bare() const { return slice(0, size()); }
  /// The text with the bytes of words [begin, end) replaced; no closing mark.
  [[nodiscard]] std::string replaced(int begin, int end, std::string_view by) const;
  /// Is there a mark (comma, colon, …) between word i - 1 and i?
  [[nodiscard]] bool mark_before(int i) const;

  /// The table that word i names; -1 if none. A weaker match only counts where nothing is stronger.
  [[nodiscard]] int table_at(int i, link::NameMatch least = link::NameMatch::exact) const;
  /// Columns of which word i is the whole name or a part of it.
  [[nodiscard]] std::vector<ColumnRef> columns_at(int i, link::NameMatch least) const;
  [[nodiscard]] bool names_column(int i) const;
  /// The strongest value that begins at word i or covers it; null if none.
  [[nodiscard]] const link::ValueCandidate* value_at(int i) const;
  [[nodiscard]] const std::vector<link::ValueCandidate>& values() const { return linked_.values; }

 private:
  link::LinkedQuestion linked_;
};

}  // namespace idi::dialogue
