// The names of a schema by their words, for looking up what a question would need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/wordnet.hpp"

namespace idi::answerability {

struct SchemaName {
  std::string natural;             ///< "unit price"
  std::vector<std::string> words;  ///< Of the natural name and of the identifier; lower case.
  std::vector<std::string> stems;  ///< Of each word.
};

class SchemaNames {
 public:
  explicit SchemaNames(const Schema& schema);

  [[nodiscard]] const std::vector<SchemaName>& all() const { return names_; }
  /// Does one name hold all words of the phrase? By stems; "birth*" is any word that begins so.
  [[nodiscard]] bool has(std::string_view phrase) const;
  /// Does it hold any of them: "cost, purchase price, expens*"?
  [[nodiscard]] bool has_any(std::string_view phrases) const;
  /// The natural names that hold any of the phrases, keys left out, each once, in the order of the
  /// phrases.
  [[nodiscard]] std::vector<std::string> holding(std::string_view phrases, std::size_t max) const;
  /// The word of a name that this one is a slip of ("costumers" → "customer"); empty: none.
  [[nodiscard]] std::string_view meant_by(std::string_view lower_word) const;
  /// Does WordNet know the word as akin to a word of a name, up to a few steps?
  [[nodiscard]] bool is_akin(std::string_view lower_word, const link::WordNet& wordnet) const;
  /// Natural names nearest to a word, by meaning or by spelling; nearest first, keys
  /// left out, each once.
  [[nodiscard]] std::vector<std::string> nearest(std::string_view lower_word,
                                                 const link::WordNet& wordnet,
                                                 std::size_t max) const;

 private:
  std::vector<SchemaName> names_;  ///< Tables with their columns, in schema order.
};

/// The parts of "a, b, c".
[[nodiscard]] std::vector<std::string_view> phrases_of(std::string_view list);

}  // namespace idi::answerability
