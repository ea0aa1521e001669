// The words that a schema's names are made of, prepared once: questions are compared with them word
// by word, also those of a thousand tables.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "understanding/words.hpp"

namespace idi::engine {

/// Where a table's whole name stands in a question, as written or in words.
struct TableMention {
  int table = -1;
  std::size_t begin = 0, length = 0;
};

/// Immutable; any thread.
class SchemaNames {
 public:
  /// The schema must outlive it.
  explicit SchemaNames(const Schema& schema);

  [[nodiscard]] const Schema& schema() const { return schema_; }
  /// A word of a table's, or of any name has this stem.
  [[nodiscard]] bool has_table_word(std::string_view stem) const {
    return table_words_.contains(stem);
  }
  [[nodiscard]] bool has_word(std::string_view stem) const {
    return has_table_word(stem) || column_words_.contains(stem);
  }
  /// In the order of the words, none overlapping; longer names win.
  [[nodiscard]] std::vector<TableMention> tables_in(const Words& words) const;

 private:
  struct Name {
    int table;
    std::vector<std::string> stems;
  };
  const Schema& schema_;
  std::set<std::string, std::less<>> table_words_, column_words_;
  std::multimap<std::string, Name, std::less<>> table_names_;  ///< By their first stem.
};

}  // namespace idi::engine
