// A Batch as tensors on a device: words packed, nodes and steps padded to the longest example.
#pragma once

#include <torch/torch.h>

#include "../batch.hpp"

namespace idi::train {

struct PaddedBatch {
  std::int64_t examples = 0, nodes = 0, steps = 0;  ///< E, N and T: the padded sizes.

  torch::Tensor word_ids, word_classes, gram_ids, gram_begin;  ///< Packed, all words.
  torch::Tensor word_node, word_share;     ///< Place of its node in [E·N], 1 / words of the node.
  torch::Tensor node_place, node_classes;  ///< Packed nodes: place in [E·N]; class.
  torch::Tensor relations;                 ///< [E, N, N]
  torch::Tensor node_mask;                 ///< [E, N]: is there a node?
  torch::Tensor item_mask;                 ///< [E, N]: … that is no question word?
  torch::Tensor used;                      ///< [E, N] as floats

  torch::Tensor before;         ///< [E, T]: place of the node before in [E·N], or 0
  torch::Tensor before_symbol;  ///< [E, T]: symbol before, or 0
  torch::Tensor after_pointer;  ///< [E, T]: which of the two
  torch::Tensor positions;      ///< [T]
  torch::Tensor step_mask;      ///< [E, T]
  torch::Tensor target;         ///< [E, T]: symbol, or symbol_count + node place within the example
  torch::Tensor allowed;        ///< [E, T, S + N]

  PaddedBatch(const Batch& batch, const Sizes& sizes, torch::Device device);

 private:
  void words(const Batch& batch, torch::Device device);
  void items(const Batch& batch, torch::Device device);
  void outputs(const Batch& batch, const Sizes& sizes, torch::Device device);
};

}  // namespace idi::train
