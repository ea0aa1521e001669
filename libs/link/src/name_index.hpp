// All names of a schema, found by their words: from a question's n-gram to the tables and columns
// that it may mean, without looking at the others. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/wordnet.hpp"

namespace idi::link {

/// Tables first, then all columns by flat index.
using Item = std::int32_t;

/// The matches of one item with every question word.
struct ItemMatches {
  Item item = 0;
  std::vector<NameMatch> tokens;
};

class NameIndex {
 public:
  NameIndex(const Schema& schema, std::shared_ptr<const WordNet> wordnet);

  /// Only items that match somewhere, in order of item.
  [[nodiscard]] std::vector<ItemMatches> match(const std::vector<QuestionToken>& tokens) const;
  /// Is the n-gram (by stems, joined by blanks) a whole name?
  [[nodiscard]] bool is_name(const std::string& stem_key) const {
    return whole_.contains(stem_key);
  }
  /// Is it one word of a name of several words?
  [[nodiscard]] bool is_name_word(const std::string& stem) const { return words_.contains(stem); }
  [[nodiscard]] int word_count(Item item) const {
    return word_counts_[static_cast<std::size_t>(item)];
  }
  /// The item's name in plain words (NameReader::spoken).
  [[nodiscard]] const std::string& spoken_name(Item item) const {
    return spoken_names_[static_cast<std::size_t>(item)];
  }
  /// Is it what rows are called by (… name, title)?
  [[nodiscard]] bool is_label(Item item) const { return labels_[static_cast<std::size_t>(item)]; }
  [[nodiscard]] std::size_t item_count() const { return word_counts_.size(); }

 private:
  struct Posting {
    Item item;
    NameMatch strength;
  };
  using Postings = std::unordered_map<std::string, std::vector<Posting>>;
  class Matcher;

  void add(Item item, std::string_view natural_name, const class NameReader& reader);

  Postings whole_;  ///< Joined stems of a name → items.
  Postings words_;  ///< One stem of a name of several words → items.
  /// Words that no dictionary knows, by first letter: they may abbreviate a question's word.
  std::unordered_map<char, std::vector<std::string>> unknown_words_;
  std::vector<int> word_counts_;
  std::vector<std::string> spoken_names_;
  std::vector<bool> labels_;
  std::vector<Item> time_columns_;
  std::shared_ptr<const WordNet> wordnet_;
};

}  // namespace idi::link
