// LinkedQuestion → ModelInput. The same code at training and at run time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/wordnet.hpp"
#include "idi/model_io/model_input.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::parser {

/// Rows of the table of sub-word features: hashed character 3/4-grams, then hashed WordNet
/// concepts.
inline constexpr int gram_buckets = 16384;
inline constexpr int character_gram_buckets = 8192;
inline constexpr int word_class_count = 46;
/// Part of the weights file: a change of meaning needs a new featurizer_version.
inline constexpr int featurizer_version = 1;
extern const int relation_count;    ///< Number of relation types (≤ 128).
extern const int node_class_count;  ///< Number of node classes (≤ 64).

/// Stemmed words → ids; id 0 is the unknown word.
class Vocabulary {
 public:
  Vocabulary() = default;
  /// One word a line, the first line is the unknown word.
  explicit Vocabulary(std::string_view lines);
  explicit Vocabulary(std::vector<std::string> words);
  [[nodiscard]] int id(std::string_view stem) const;
  [[nodiscard]] int size() const;
  [[nodiscard]] std::string to_lines() const;

 private:
  std::vector<std::string> words_;
  std::unordered_map<std::string, int> ids_;
};

[[nodiscard]] model_io::ModelInput featurize(const link::LinkedQuestion& question,
                                             const Schema& schema, const Vocabulary& vocabulary,
                                             const link::WordNet& wordnet);

/// Pointer tokens ↔ node indices of this input. A table pointer's node is the table's node.
/// Returns -1 for a column or table that linking dropped.
[[nodiscard]] int node_of(const ir::Token& pointer, const link::LinkedQuestion& question,
                          const Schema& schema);
[[nodiscard]] ir::Token token_of(int node, const link::LinkedQuestion& question,
                                 const Schema& schema);

}  // namespace idi::parser
