// What the network sees of a question and a schema: nodes, words, relations. Made by the featurizer
// from a LinkedQuestion, for training and for answering alike (one code path, one meaning).
//
// Node order: question tokens, columns, tables, values. N = number of nodes.
#pragma once

#include <cstdint>
#include <vector>

namespace idi::model_io {

struct ModelInput {
  std::int32_t tokens = 0, columns = 0, tables = 0, values = 0;  ///< Node counts, in node order.

  /// Words of node n: word_begin[n] … word_begin[n+1] (at least one, at most 8).
  std::vector<std::int32_t> word_begin;    ///< N + 1
  std::vector<std::int32_t> word_ids;      ///< Vocabulary; 0 = unknown.
  std::vector<std::uint8_t> word_classes;  ///< WordNet lexicographer class 1–45, 0 = none.
  /// Hashed character 3/4-grams of word w: gram_begin[w] … gram_begin[w+1].
  std::vector<std::int32_t> gram_begin;  ///< words + 1
  std::vector<std::uint16_t> gram_ids;   ///< < gram_buckets

  std::vector<std::uint8_t> node_classes;  ///< N; kind and type: see featurizer.hpp
  std::vector<std::uint8_t> relations;     ///< N·N row-major; [i][j]: relation of i to j

  [[nodiscard]] int nodes() const { return tokens + columns + tables + values; }
};

/// One output step: what is right and what the grammar allowed.
/// Target < symbol_count: a Symbol; else symbol_count + node index (nodes as above).
struct TargetStep {
  std::int32_t target = 0;
  std::uint64_t allowed_symbols = 0;
  std::uint8_t allowed_pointers = 0;  ///< bit 0 columns, 1 tables, 2 values
};

struct TrainingExample {
  ModelInput input;
  std::vector<TargetStep> steps;  ///< Ends with the outermost END.
  std::uint16_t source = 0;       ///< Which data set; names in the file's header.
  std::uint16_t database = 0;     ///< Index into the header's database names (for hold-outs).
};

}  // namespace idi::model_io
