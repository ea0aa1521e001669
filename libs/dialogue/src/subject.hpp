// What a question is about, as words that can be said again: "students who have a dog" in "What
// are the names of the students who have a dog, sorted by age?".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sentence.hpp"

namespace idi::dialogue {

struct Subject {
  int table = -1;           ///< That its noun names; -1 if another noun carries it.
  int head = 0;             ///< The noun, as a word of the question …
  int head_end = 0;         ///< … and where it ends.
  int begin = 0;            ///< With what stands before the noun: "the oldest".
  int end = 0;              ///< With what stands behind it.
  std::string phrase;       ///< "students that have a dog"; no article.
  std::string restriction;  ///< What stands behind the noun: "that have a dog".

  /// The restriction is what the question itself says of them ("which customers have …"): its
  /// "that" is ours.
  bool is_predicate = false;

  /// Is the restriction a relative clause, so that another one needs an "and"?
  [[nodiscard]] bool has_clause() const;
};

/// Where the question starts to say how its answer is sorted, grouped or cut; its size if it
/// does not.
[[nodiscard]] int tail_begin(const Sentence& question);
/// The same, but only the part that says for what each row stands ("for each country", "by year").
struct Grouping {
  int begin = 0, end = 0;
};
[[nodiscard]] std::optional<Grouping> grouping_of(const Sentence& question);

/// By the tables that its words name.
[[nodiscard]] std::optional<Subject> subject_of(const Sentence& question,
                                                const link::Linker& linker);
/// By a noun (its stem) that somebody repeats.
[[nodiscard]] std::optional<Subject> subject_with(const Sentence& question, std::string_view stem,
                                                  const link::Linker& linker);

}  // namespace idi::dialogue
