// The arithmetic of the network: matrix product with packed weights, softmax, layer norm. The same
// source is compiled once per instruction set; the best one that the processor has is chosen at
// start. Raw pointers and sizes only: shapes are the callers' business. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace idi::parser {

/// Columns of a packed matrix lie in strips of this many floats, each strip [inner][strip_width].
inline constexpr int strip_width = 16;

/// What a product does with what it has summed.
struct Epilogue {
  const float* bias = nullptr;  ///< One per output column, or null.
  bool accumulate = false;      ///< y += instead of y =.
  bool relu = false;
};

/// One instruction set's implementation.
struct KernelSet {
  const char* name;
  /// y[rows, columns] = x[rows, inner] · packed; strides in floats between rows.
  void (*multiply)(const float* x, std::ptrdiff_t x_stride, int rows, const float* packed,
                   int inner, int columns, float* y, std::ptrdiff_t y_stride, Epilogue epilogue);
  /// In place over each row of n floats.
  void (*softmax)(float* x, std::ptrdiff_t stride, int rows, int n);
  /// y = (x - mean) / sqrt(variance + 1e-5) · weight + bias, row by row.
  void (*layer_norm)(const float* x, int rows, int n, const float* weight, const float* bias,
                     float* y);
  float (*dot)(const float* a, const float* b, int n);
  /// y += scale · x
  void (*add_scaled)(float scale, const float* x, float* y, int n);
  /// IEEE half precision to single, bit for bit.
  void (*widen)(const std::uint16_t* halves, float* y, std::size_t n);
};

/// The fastest set for this processor; chosen once.
[[nodiscard]] const KernelSet& kernels();
/// Every set that this processor can run, slowest first (for tests and benchmarks).
[[nodiscard]] std::vector<const KernelSet*> usable_kernel_sets();

/// The right-hand side of a product, laid out for `multiply`.
class PackedMatrix {
 public:
  PackedMatrix() = default;
  /// From [columns, inner] row-major, as weight matrices are stored: y = x · Wᵀ.
  static PackedMatrix transposed(const float* rows, std::ptrdiff_t stride, int columns, int inner);
  /// From [inner, columns] row-major: y = x · B.
  static PackedMatrix plain(const float* rows, std::ptrdiff_t stride, int inner, int columns);

  void multiply(const float* x, std::ptrdiff_t x_stride, int rows, float* y,
                std::ptrdiff_t y_stride, Epilogue epilogue = {}) const {
    kernels().multiply(x, x_stride, rows, packed_.data(), inner_, columns_, y, y_stride, epilogue);
  }
  [[nodiscard]] int inner() const { return inner_; }
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] const float* data() const { return packed_.data(); }

 private:
  PackedMatrix(int inner, int columns);
  int inner_ = 0;
  int columns_ = 0;
  std::vector<float> packed_;
};

}  // namespace idi::parser
