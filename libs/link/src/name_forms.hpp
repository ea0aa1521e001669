// A schema name as the words that a person would say: split where it is glued ("airportname"),
// abbreviations spelled out ("stu_fname").
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/wordnet.hpp"

namespace idi::link {

struct NameForm {
  std::vector<std::string> words;  ///< Lower case.
  std::vector<std::string> stems;
  /// exact: the name's own words; synonym: abbreviations were spelled out.
  NameMatch strength = NameMatch::exact;
};

/// Knows all words of one schema, for splitting glued names. Not thread-safe (it remembers words).
class NameReader {
 public:
  NameReader(const Schema& schema, const WordNet& wordnet);
  /// At least one form, the name as it stands (with glued words split) first.
  [[nodiscard]] std::vector<NameForm> forms_of(std::string_view natural_name) const;
  /// The name in plain words: glued words split, abbreviations of one meaning spelled out.
  [[nodiscard]] std::string spoken(std::string_view natural_name) const;
  /// Words of one glued word; the word alone if it is known or cannot be split.
  [[nodiscard]] std::vector<std::string> split(const std::string& word) const;
  /// Not a common English word: may be somebody's abbreviation.
  [[nodiscard]] bool is_unusual(const std::string& word) const { return !read(word).frequent; }

 private:
  /// What is known of one word of a name; names share most of their words.
  struct Word {
    std::vector<std::string> pieces;
    std::vector<std::string_view> meanings;  ///< As an abbreviation.
    bool frequent = false;                   ///< A common English word.
  };
  [[nodiscard]] const Word& read(const std::string& word) const;
  /// What a glued word's piece is, best first.
  enum class Piece { schema_word, frequent_word, key_word, abbreviation, none };
  [[nodiscard]] Piece piece_at(const std::string& word, std::size_t begin, std::size_t end) const;

  std::unordered_set<std::string> schema_words_;
  mutable std::unordered_map<std::string, Word> known_;
  const WordNet& wordnet_;
};

}  // namespace idi::link
