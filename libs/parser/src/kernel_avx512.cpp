// 32 registers of 16 floats: 12 rows by two strips use 24 of them.
#include <cstddef>
#include <cstdint>

#include "kernels.hpp"

#define IDI_VECTOR_FLOATS 16
#define IDI_TILE_ROWS 12
#define IDI_TILE_STRIPS 2

namespace idi::parser {
#include "kernel_body.hpp"

extern const KernelSet avx512_kernels;
const KernelSet avx512_kernels = {"avx512", multiply, softmax, layer_norm, dot, add_scaled, widen};
}  // namespace idi::parser
