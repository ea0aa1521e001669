// Matrix products with weights, by kernels of our own: the activations are read where they lie, and
// the weights are rearranged once a step rather than at every product, which is what a general
// library spends a fifth of its time on at these sizes. Needs AVX-512; else see has_weight_product.
#pragma once

#include "../layout.hpp"

namespace idi::train {

/// Were these kernels compiled in, and do they handle these sizes?
[[nodiscard]] bool has_weight_product(Index in, Index out);

/// weight [out, in] → as multiply() and multiply_back() want it; as many floats each.
void rearrange_weight(const float* weight, Index in, Index out, float* forward, float* back);

enum class Activation { none, relu };

/// y [rows, out] = activation(x [rows, in] · weightᵀ + bias). bias: null or [out].
void multiply(const float* x, Index rows, Index in, Index out, const float* forward,
              const float* bias, Activation activation, float* y);

/// dx [rows, in] = dy [rows, out] · weight; or += if `accumulate`.
void multiply_back(const float* dy, Index rows, Index in, Index out, const float* back,
                   bool accumulate, float* dx);

/// d_weight [out, in] += dyᵀ · x.
void add_outer(const float* dy, const float* x, Index rows, Index in, Index out, float* d_weight);

}  // namespace idi::train
