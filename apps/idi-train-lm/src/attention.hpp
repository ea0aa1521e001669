// Attention with rotary positions over the groups of a batch, forward and backward, for the
// processor: products through BLAS right on the rows of q|k|v, nothing padded or copied. The same
// as Model's way through libtorch's operators, which the tests hold it to. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "batch.hpp"

namespace idi::lm {

struct AttentionShape {
  std::int64_t heads = 0, head = 0;
  [[nodiscard]] std::int64_t width() const { return heads * head; }
};

/// Numbers that the backward pass needs of the forward one.
[[nodiscard]] std::size_t attention_weight_count(std::span<const Group> groups,
                                                 const AttentionShape& shape);

/// Turns q and k of every row; `direction` -1 turns them back. cosine, sine: [rows, head / 2].
void rotate_rows(float* qkv, std::int64_t rows, const AttentionShape& shape, const float* cosine,
                 const float* sine, float direction);

/// qkv: [rows, 3 width], rotated; out: [rows, width]; weights: attention_weight_count numbers.
void attend(std::span<const Group> groups, const AttentionShape& shape, const float* qkv,
            float* weights, float* out);

/// Adds to `qkv_gradient` [rows, 3 width].
void attend_backward(std::span<const Group> groups, const AttentionShape& shape, const float* qkv,
                     const float* weights, const float* out_gradient, float* qkv_gradient);

}  // namespace idi::lm
