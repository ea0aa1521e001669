// The whole network over one packed batch on one thread: forward for scores, forward and backward
// for gradients. Reusable; its scratch memory grows to the largest batch and stays.
#pragma once

#include <vector>

#include "../batch.hpp"
#include "../engine.hpp"
#include "adam_w.hpp"
#include "blocks.hpp"
#include "output.hpp"
#include "prepared_weights.hpp"

namespace idi::train {

class NetworkPass {
 public:
  explicit NetworkPass(const Layout& layout)
      : layout_(layout),
        encoder_attention_(layout.encoder.size()),
        encoder_feed_forward_(layout.encoder.size()),
        decoder_attention_(layout.decoder.size()),
        decoder_cross_(layout.decoder.size()),
        decoder_feed_forward_(layout.decoder.size()) {}

  /// Steps' scores, appended.
  void score(const float* values, const PreparedWeights& prepared, const Batch& batch,
             std::vector<StepScore>& scores);

  /// Adds the gradients of the losses, scaled by `shares`; returns the used-item loss (scaled).
  double train(const float* values, const PreparedWeights& prepared, ShardGradients& gradients,
               const Batch& batch, const LossShares& shares, float dropout, std::uint64_t seed,
               std::vector<StepScore>& scores);

 private:
  void encode(Pass& pass, const Batch& batch);
  void decode(Pass& pass, const Batch& batch);
  void decode_backward(Pass& pass, const Batch& batch, float* d_states, float* d_nodes);
  void encode_backward(Pass& pass, const Batch& batch, const float* d_nodes);

  const Layout& layout_;
  Arena arena_;
  NormBlock input_norm_, encoder_norm_, decoder_norm_;
  std::vector<SelfAttentionBlock> encoder_attention_;
  std::vector<FeedForwardBlock> encoder_feed_forward_;
  std::vector<SelfAttentionBlock> decoder_attention_;
  std::vector<CrossAttentionBlock> decoder_cross_;
  std::vector<FeedForwardBlock> decoder_feed_forward_;
  OutputBlock output_;

  float* nodes_ = nullptr;   ///< The encoder's memory.
  float* states_ = nullptr;  ///< The decoder's last, normed.
  Dropout node_dropout_, step_dropout_;
  std::vector<int> pointed_;        ///< Steps that follow a pointer,
  float* pointed_nodes_ = nullptr;  ///< and the rows of the nodes pointed to.
};

}  // namespace idi::train
