// The decoder over one encoded question: any number of unfinished outputs advance together, one
// step at a time. Keys and values of earlier steps are kept in a pool that outputs share, so that a
// beam may fork without copying. Used by one thread.
#pragma once

#include <span>
#include <vector>

#include "network.hpp"

namespace idi::parser {

/// One output to be advanced.
struct DecoderStep {
  static constexpr int start = -1;
  int previous = start;             ///< Symbol, symbol_count + node, or start.
  const std::vector<int>* history;  ///< Pool rows of its earlier steps, first to last.
};

class Decoder {
 public:
  /// Both must outlive it.
  Decoder(const Network& network, const Memory& memory);

  /// Logits [steps, symbol_count + nodes], valid until the next call.
  std::span<const float> advance(std::span<const DecoderStep> steps);
  /// The pool row of step i of the last call: to be appended to that output's history.
  [[nodiscard]] int pool_row(int i) const { return last_rows_ - last_count_ + i; }
  [[nodiscard]] int logits_per_step() const;

 private:
  struct LayerMemory {
    std::vector<PackedMatrix> keys, values;  ///< Per head, over the nodes.
    std::vector<float> pool;                 ///< [rows, 2·width]: keys and values of the outputs.
  };
  void read_inputs(std::span<const DecoderStep> steps);
  void attend_to_outputs(std::span<const DecoderStep> steps, LayerMemory& memory);
  void attend_to_nodes(const LayerMemory& memory, int count);

  const Network& network_;
  const NetworkSizes& sizes_;
  int nodes_;
  std::vector<LayerMemory> layers_;
  std::vector<float> pointer_inputs_;  ///< [nodes, width]
  PackedMatrix pointer_keys_;
  int last_rows_ = 0, last_count_ = 0;
  // Scratch, kept between steps. x_ is [steps, width], the rest follows from use.
  std::vector<float> x_, normed_, qkv_, mixed_, inner_, scores_, logits_;
};

}  // namespace idi::parser
