// Examples packed end to end, without padding: what an engine computes on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "idi/model_io/model_input.hpp"
#include "layout.hpp"

namespace idi::train {

using model_io::TargetStep;
using model_io::TrainingExample;

/// Node range of one example by kind: tokens are [node_begin, columns), columns [columns, tables) …
/// in numbers of the whole batch.
struct NodeRanges {
  int columns = 0, tables = 0, values = 0;
};

struct Batch {
  std::vector<int> node_begin{0};  ///< Examples + 1
  std::vector<int> step_begin{0};  ///< Examples + 1
  std::vector<NodeRanges> ranges;
  std::vector<Index> relation_begin;  ///< Of each example's N·N bytes
  std::vector<std::uint8_t> relations;

  std::vector<int> word_begin{0};  ///< Nodes + 1
  std::vector<std::int32_t> word_ids;
  std::vector<std::uint8_t> word_classes;
  std::vector<int> gram_begin{0};  ///< Words + 1
  std::vector<std::uint16_t> gram_ids;
  std::vector<std::uint8_t> node_classes;
  std::vector<std::uint8_t> used;  ///< 1: some step points to the node

  std::vector<TargetStep> steps;
  /// What stands before each step: a symbol, symbol_count for the start, or -1 - node of the batch.
  std::vector<int> before;

  [[nodiscard]] int examples() const { return static_cast<int>(ranges.size()); }
  [[nodiscard]] int nodes() const { return node_begin.back(); }
  [[nodiscard]] int step_count() const { return step_begin.back(); }
  [[nodiscard]] int nodes_of(int e) const { return node_begin[e + 1] - node_begin[e]; }
  [[nodiscard]] int steps_of(int e) const { return step_begin[e + 1] - step_begin[e]; }

  void clear();
  void add(const TrainingExample& example, int symbol_count);
};

[[nodiscard]] Batch pack(std::span<const TrainingExample* const> examples, int symbol_count);

/// Multiplications and additions of the matrix products, forward; training costs three times that.
[[nodiscard]] double forward_flop(const Sizes& sizes, const Batch& batch);

}  // namespace idi::train
