// The small loops between the matrix products. Row-major [rows, width]; width a multiple of 16
// unless said otherwise. Compiled for this processor (see CMakeLists.txt).
#pragma once

#include "../layout.hpp"
#include "dropout.hpp"

namespace idi::train {

/// Rows of bias, for a product that adds to them.
void fill_rows(const float* bias, Index rows, Index width, float* out);
/// sums[j] += column sums of x.
void add_column_sums(const float* x, Index rows, Index width, float* sums);
/// Sets negative values to zero.
void relu(float* x, Index count);
/// dx = 0 where y is 0.
void relu_backward(const float* y, Index count, float* dx);

/// y = LN(x) · weight + bias; keeps what the way back needs.
void normalize(const float* x, Index rows, Index width, const float* weight, const float* bias,
               float* y, float* centered, float* inverse_deviation);
/// dx += its gradient; centered holds (x - mean) / deviation.
void normalize_backward(const float* dy, const float* centered, const float* inverse_deviation,
                        Index rows, Index width, const float* weight, float* dx, float* d_weight,
                        float* d_bias);

/// x += dropout(z); the same seed gives the same choice again.
void add_dropped(const float* z, Index count, Dropout dropout, float* x);
/// dz = gradient of z, where x = … + dropout(z) has the gradient dx. May work in place.
void drop(const float* dx, Index count, Dropout dropout, float* dz);

/// p = softmax(s) over the first `count`; s may be p.
void softmax(float* s, Index count);
void add_scaled(const float* x, Index count, float factor, float* y);
[[nodiscard]] float dot(const float* x, const float* y, Index count);

/// How one optimiser step changes one stretch of parameters.
struct AdamStep {
  float beta1, beta2, epsilon, weight_decay;
  float rate;                      ///< Learning rate.
  float correction1, correction2;  ///< 1 - beta^t
  float gradient_scale;            ///< Clipping.
  float average_decay;
};
/// AdamW with decoupled decay and the running average of the weights, in one walk over memory.
/// Sets the gradient to zero for the next step; null: it is zero.
void adam(const AdamStep& step, Index count, float* gradient, float* values, float* first,
          float* second, float* averages);
/// Adds the gradients of all shards into the first, sets the others to zero; the sum of squares.
[[nodiscard]] double merge_gradients(float* const* shards, int shard_count, Index begin, Index end);

}  // namespace idi::train
