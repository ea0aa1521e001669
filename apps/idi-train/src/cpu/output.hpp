// The two ends of the network where losses are: the next-token choice over allowed symbols and
// nodes, and the used-item head. One thread.
#pragma once

#include <vector>

#include "../batch.hpp"
#include "../engine.hpp"
#include "blocks.hpp"

namespace idi::train {

/// How each loss counts into the sum: 1 / steps and weight / examples of the whole batch, of which
/// a pass may see a part.
struct LossShares {
  float step = 1, example = 1;
  float label_smoothing = 0;
};

class OutputBlock {
 public:
  /// states [steps, width] (normed), nodes [nodes, width]: the encoder's memory. Scores of every
  /// step; with pass.gradients also the gradients of the logits.
  void forward(const Pass& pass, const Layout& layout, const Batch& batch, const LossShares& shares,
               const float* states, const float* nodes, std::vector<StepScore>& scores);
  /// d_states is set, d_nodes is added to.
  void backward(const Pass& pass, float* d_states, float* d_nodes) const;

 private:
  const Layout* layout_ = nullptr;
  const Batch* batch_ = nullptr;
  const float *states_ = nullptr, *nodes_ = nullptr;
  float *symbols_ = nullptr, *queries_ = nullptr, *keys_ = nullptr;
  float* pointers_ = nullptr;  ///< Per example [steps, items]: logits, then their gradients.
  std::vector<Index> pointer_begin_;
};

/// Mean binary cross-entropy over an example's items, times shares.example; summed over examples.
/// With gradients: adds to d_nodes.
double used_items(const Pass& pass, const Layout& layout, const Batch& batch,
                  const LossShares& shares, const float* nodes, float* d_nodes);

}  // namespace idi::train
