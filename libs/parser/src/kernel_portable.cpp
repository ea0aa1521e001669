// Baseline of the architecture (SSE2 on x86-64, NEON on arm64): 16 registers suffice.
#include <cstddef>
#include <cstdint>

#include "kernels.hpp"

#define IDI_VECTOR_FLOATS 4
#define IDI_TILE_ROWS 3
#define IDI_TILE_STRIPS 1

namespace idi::parser {
#include "kernel_body.hpp"

extern const KernelSet portable_kernels;
const KernelSet portable_kernels = {"portable", multiply,   softmax, layer_norm,
                                    dot,        add_scaled, widen};
}  // namespace idi::parser
