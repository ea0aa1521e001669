// 16 registers of 8 floats: 6 rows by one strip use 12 of them.
#include <cstddef>
#include <cstdint>

#include "kernels.hpp"

#define IDI_VECTOR_FLOATS 8
#define IDI_TILE_ROWS 6
#define IDI_TILE_STRIPS 1

namespace idi::parser {
#include "kernel_body.hpp"

extern const KernelSet avx2_kernels;
const KernelSet avx2_kernels = {"avx2", multiply, softmax, layer_norm, dot, add_scaled, widen};
}  // namespace idi::parser
