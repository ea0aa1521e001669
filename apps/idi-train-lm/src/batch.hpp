// Sequences of ids from a corpus: a schema once, then questions that each continue it. Symbols and
// the order of tables are drawn anew for every group.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "corpus.hpp"

namespace idi::lm {

/// Rows are numbered through all groups of a batch.
struct Group {
  std::int64_t prefix_begin = 0, prefix_length = 0;
  std::vector<std::int64_t> begins, lengths;  ///< Of the questions with their outputs.
};

/// Where the model is asked for the next token.
struct Target {
  std::int64_t row = 0;
  int id = 0;
  float weight = 1;
  int question = 0;  ///< Numbered through the batch; -1: a symbol inside a question.
};

struct Batch {
  std::vector<std::int64_t> ids, positions;
  std::vector<Group> groups;
  std::vector<Target> targets;
  int questions = 0;
};

struct BatchOptions {
  float inline_weight = 0;  ///< Of the symbols inside questions, beside the outputs' 1.
  /// Share of the questions' pieces of words that become the unknown piece, and of the linked
  /// tables and columns that are left out.
  double word_dropout = 0;
  /// At most this share of the tables and columns that a group's outputs do not need is not shown;
  /// a share is drawn for each group.
  double item_dropout = 0;
};

class BatchWriter {
 public:
  BatchWriter(const Vocabulary& vocabulary, const BatchOptions& options);

  /// Appends a group of these questions of the block.
  void add(Batch& batch, const Block& block, const std::vector<std::size_t>& questions,
           std::mt19937& random) const;

 private:
  friend class GroupWriter;
  const BatchOptions options_;
  int first_special_, refers_, first_table_, first_column_, first_value_;
};

}  // namespace idi::lm
