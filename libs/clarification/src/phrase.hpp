// Which words of a question are unclear: tokens by what they match.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"

namespace idi::clarification {

/// Question tokens, half-open.
struct Phrase {
  int begin = 0, end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
  friend bool operator==(const Phrase&, const Phrase&) = default;
};

/// How a token matches an item; `none` for items and tokens beyond the links.
[[nodiscard]] link::NameMatch match_of(const link::LinkedQuestion& question, int token,
                                       ColumnRef column);
[[nodiscard]] link::NameMatch match_of(const link::LinkedQuestion& question, int token, int table);
[[nodiscard]] std::optional<std::size_t> column_place(const link::LinkedQuestion& question,
                                                      ColumnRef column);
[[nodiscard]] std::optional<std::size_t> table_place(const link::LinkedQuestion& question,
                                                     int table);
[[nodiscard]] int token_count(const link::LinkedQuestion& question);

/// Stems joined by blanks: the same for "Prices" and "price".
[[nodiscard]] std::string stems_of(const link::LinkedQuestion& question, Phrase phrase);
/// Case-folded words joined by blanks.
[[nodiscard]] std::string words_of(const link::LinkedQuestion& question, Phrase phrase);
/// As written, from the first word to the last.
[[nodiscard]] std::string text_of(const link::LinkedQuestion& question, Phrase phrase);
/// Every place of the question with these stems.
[[nodiscard]] std::vector<Phrase> places_of(const link::LinkedQuestion& question,
                                            const std::string& stems);

/// The words that match both as well as any; failing that, the only word with a meaning of its own
/// that matches nothing at all. nullopt: no word speaks of the two alone.
[[nodiscard]] std::optional<Phrase> shared_words(const link::LinkedQuestion& question, ColumnRef a,
                                                 ColumnRef b);
/// The words that match both.
[[nodiscard]] std::optional<Phrase> shared_words(const link::LinkedQuestion& question, int table_a,
                                                 int table_b);

/// "best", "top", "most" and the word that it is about.
struct Superlative {
  Phrase phrase;      ///< "top 5 customers"
  std::string stems;  ///< Without numbers: "top custom".
};
[[nodiscard]] std::optional<Superlative> superlative(const link::LinkedQuestion& question);

/// What says that times matter: a time range ("last month", "2023"), else words like "monthly" or
/// "latest".
[[nodiscard]] std::optional<Phrase> time_words(const link::LinkedQuestion& question);
/// Whether a word of the question names this column and not every one of `others`; words of the
/// time range itself and of the table's name do not count.
[[nodiscard]] bool is_named(const link::LinkedQuestion& question, const Schema& schema,
                            ColumnRef column, const std::vector<ColumnRef>& others);

}  // namespace idi::clarification
