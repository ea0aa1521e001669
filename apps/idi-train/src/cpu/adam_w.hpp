// AdamW with decoupled decay, clipping and the running average of the weights, shared by threads.
//
// Most rows of the embeddings get no gradient in a step. Such a row moves on by its momentum for a
// while; then what is left of the momentum is too small to matter, and the row is skipped until a
// gradient comes again. Its moments and its average are caught up then, exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "../engine.hpp"
#include "aligned.hpp"
#include "kernels.hpp"

namespace idi::train {

/// What one thread's passes found: gradients by Layout offsets, and which embedding rows have any.
struct ShardGradients {
  explicit ShardGradients(const Layout& layout);
  AlignedFloats values;
  std::vector<std::uint8_t> touched_words, touched_grams;
};

class AdamW {
 public:
  AdamW(const Layout& layout, const OptimizerOptions& options, const std::vector<float>& values,
        int threads);

  /// A step is: merge() on every thread, then begin(), then apply() on every thread.
  void merge(std::vector<ShardGradients>& shards, int thread);
  /// Returns the gradient's norm; throws std::runtime_error if it is not finite.
  double begin(float rate);
  /// Zeroes the gradients that it used.
  void apply(std::vector<ShardGradients>& shards, int thread);

  [[nodiscard]] const float* values() const { return values_.data(); }
  /// With every skipped row caught up; this object stays as it is, so that looking changes nothing.
  [[nodiscard]] EngineState state() const;
  void set_state(const EngineState& state);

 private:
  struct Range {
    Index begin, count;
    bool decays;
  };
  struct Table {
    Index begin, rows;
    std::vector<std::uint8_t> ShardGradients::*touched;
    std::vector<std::int64_t> touched_at;  ///< Step of the last gradient of each row
    std::vector<std::int64_t> current_at;  ///< Step that its moments and average are of
    std::vector<double> average_log;       ///< average_log_ at that step
  };

  void merge_range(std::vector<ShardGradients>& shards, Index begin, Index count, double& squares);
  void apply_row(Table& table, Index row, float* gradient, bool touched);
  struct Moments {
    float *first, *second, *averages;
  };
  /// From the step that the row is current at to a later one.
  void catch_up(const Table& table, Index row, std::int64_t step, double average_log,
                Moments to) const;

  Index width_;
  OptimizerOptions options_;
  int threads_;
  AlignedFloats values_, averages_, first_, second_;
  std::vector<Range> ranges_;  ///< Everything but the tables
  std::vector<Table> tables_;
  std::vector<double> squares_;  ///< By thread
  std::int64_t steps_ = 0;
  AdamStep step_{};
  double average_log_ = 0;  ///< Sum of the logarithms of all average decays so far
};

}  // namespace idi::train
