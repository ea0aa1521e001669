// The network's blocks: a residual stream x goes in and comes out changed; the way back takes the
// gradient of x in place. Each keeps what its way back needs in the pass's arena. One thread.
#pragma once

#include "arena.hpp"
#include "attention.hpp"
#include "dropout.hpp"
#include "weight_product.hpp"

namespace idi::train {

/// What every block of one pass shares.
struct Pass {
  const float* values = nullptr;                    ///< Parameters, by Layout offsets.
  const float *forward = nullptr, *back = nullptr;  ///< Of PreparedWeights
  float* gradients = nullptr;                       ///< Same offsets; added to. Null: no way back.
  std::uint8_t *touched_words = nullptr, *touched_grams = nullptr;  ///< Rows that get gradients
  Arena* arena = nullptr;
  Index width = 0;
  float dropout = 0;
  std::uint64_t seed = 0;
  std::uint64_t draws = 0;

  /// A choice of its own for each use.
  Dropout next_dropout() { return {dropout, dropout > 0 ? mix(seed ^ mix(++draws)) : 0}; }
};

/// y = activation(x · weightᵀ + bias).
void linear(const Pass& pass, const LinearAt& at, const float* x, Index rows, float* y,
            Activation activation = Activation::none);
/// Adds the weights' gradients. dx: null or gets (not adds) the gradient of x; with `accumulate`
/// it is added.
void linear_backward(const Pass& pass, const LinearAt& at, const float* x, const float* dy,
                     Index rows, float* dx, bool accumulate = false);

class NormBlock {
 public:
  /// Returns LN(x) in arena memory.
  float* forward(const Pass& pass, const NormAt& at, const float* x, Index rows);
  /// dx += the gradient.
  void backward(const Pass& pass, const float* dy, float* dx) const;

 private:
  NormAt at_;
  Index rows_ = 0;
  float* centered_ = nullptr;
  float* inverse_deviation_ = nullptr;
};

/// x += dropout(W2 · relu(W1 · LN(x))).
class FeedForwardBlock {
 public:
  void forward(Pass& pass, const FeedForwardAt& at, float* x, Index rows);
  void backward(const Pass& pass, float* dx) const;

 private:
  FeedForwardAt at_;
  NormBlock norm_;
  Index rows_ = 0;
  float *normed_ = nullptr, *inner_ = nullptr;
  Dropout dropout_;
};

/// x += dropout(Wo · attention(LN(x))): within the encoder or, causal, the decoder.
class SelfAttentionBlock {
 public:
  /// relation_key -1: none.
  void forward(Pass& pass, const AttentionShape& shape, const NormAt& norm,
               const LinearAt& query_key_value, const LinearAt& output, Index relation_key,
               Index relation_value, float* x);
  void backward(const Pass& pass, float* dx) const;

 private:
  AttentionShape shape_;
  LinearAt query_key_value_at_, output_at_;
  Index relation_key_ = -1, relation_value_ = -1;
  NormBlock norm_;
  AttentionMemory memory_;
  float *normed_ = nullptr, *query_key_value_ = nullptr, *mixed_ = nullptr;
  Dropout attention_dropout_, dropout_;
};

/// x += dropout(Wo · attention(LN(x) to the encoder's memory)).
class CrossAttentionBlock {
 public:
  void forward(Pass& pass, const AttentionShape& shape, const NormAt& norm, const LinearAt& query,
               const LinearAt& key_value, const LinearAt& output, const float* nodes, float* x);
  /// d_nodes += the gradient of the memory.
  void backward(const Pass& pass, float* dx, float* d_nodes) const;

 private:
  AttentionShape shape_;
  LinearAt query_at_, key_value_at_, output_at_;
  NormBlock norm_;
  AttentionMemory memory_;
  const float* nodes_ = nullptr;
  float *normed_ = nullptr, *query_ = nullptr, *key_value_ = nullptr, *mixed_ = nullptr;
  Dropout attention_dropout_, dropout_;
};

}  // namespace idi::train
