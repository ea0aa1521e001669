// The parts of a layer that are many small operators to libtorch, each as one pass over its rows
// with a backward pass of its own. For tensors of the processor, contiguous, 32-bit.
#pragma once

#include <torch/torch.h>

#include "attention.hpp"
#include "batch.hpp"

namespace idi::lm {

/// x: [rows, width]; weight: [width].
[[nodiscard]] torch::Tensor fused_norm(const torch::Tensor& x, const torch::Tensor& weight,
                                       double epsilon);
/// gate|up: [rows, 2 inner] → silu(gate) · up.
[[nodiscard]] torch::Tensor fused_gate(const torch::Tensor& gate_up);
/// q|k|v: [rows, 3 width]; cosine, sine: [rows, head / 2]. The batch must outlive the backward
/// pass.
[[nodiscard]] torch::Tensor fused_attention(const torch::Tensor& qkv, const torch::Tensor& cosine,
                                            const torch::Tensor& sine, const Batch& batch,
                                            const AttentionShape& shape);

}  // namespace idi::lm
