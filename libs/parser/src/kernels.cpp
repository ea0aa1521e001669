#include "kernels.hpp"

#include <algorithm>
#include <cstring>

namespace idi::parser {

extern const KernelSet portable_kernels;
#if defined(__x86_64__)
extern const KernelSet avx2_kernels;
extern const KernelSet avx512_kernels;
#endif

std::vector<const KernelSet*> usable_kernel_sets() {
  std::vector<const KernelSet*> sets = {&portable_kernels};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    sets.push_back(&avx2_kernels);
    if (__builtin_cpu_supports("avx512f")) sets.push_back(&avx512_kernels);
  }
#endif
  return sets;
}

const KernelSet& kernels() {
  static const KernelSet& best = *usable_kernel_sets().back();
  return best;
}

PackedMatrix::PackedMatrix(int inner, int columns)
    : inner_(inner),
      columns_(columns),
      packed_(static_cast<std::size_t>((columns + strip_width - 1) / strip_width) * strip_width *
              static_cast<std::size_t>(inner)) {}

PackedMatrix PackedMatrix::transposed(const float* rows, std::ptrdiff_t stride, int columns,
                                      int inner) {
  PackedMatrix matrix(inner, columns);
  for (int first = 0; first < columns; first += strip_width) {
    float* strip = matrix.packed_.data() + static_cast<std::ptrdiff_t>(first) * inner;
    const int width = std::min(strip_width, columns - first);
    for (int c = 0; c < width; ++c) {
      const float* source = rows + (first + c) * stride;
      for (int k = 0; k < inner; ++k) strip[k * strip_width + c] = source[k];
    }
  }
  return matrix;
}

PackedMatrix PackedMatrix::plain(const float* rows, std::ptrdiff_t stride, int inner, int columns) {
  PackedMatrix matrix(inner, columns);
  for (int first = 0; first < columns; first += strip_width) {
    float* strip = matrix.packed_.data() + static_cast<std::ptrdiff_t>(first) * inner;
    const auto bytes =
        static_cast<std::size_t>(std::min(strip_width, columns - first)) * sizeof(float);
    for (int k = 0; k < inner; ++k)
      std::memcpy(strip + k * strip_width, rows + k * stride + first, bytes);
  }
  return matrix;
}

}  // namespace idi::parser
