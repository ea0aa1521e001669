// The kernels' only source, included by one .cpp per instruction set, each compiled with its own
// flags. Everything here has internal linkage and no header of the standard library is used: a
// function shared through a header could be emitted with instructions that the processor lacks.
//
// The including file defines IDI_VECTOR_FLOATS (floats in a register), IDI_TILE_ROWS and
// IDI_TILE_STRIPS (the accumulators of a tile must fit the registers).

namespace {

constexpr int kVectorFloats = IDI_VECTOR_FLOATS;
constexpr int kVectorsPerStrip = strip_width / kVectorFloats;

// Unaligned and aliasing plain floats.
typedef float Vector
    __attribute__((vector_size(IDI_VECTOR_FLOATS * 4), aligned(4), may_alias));  // NOLINT

typedef std::int32_t Integers __attribute__((vector_size(IDI_VECTOR_FLOATS * 4)));  // NOLINT

inline Vector load(const float* p) { return *reinterpret_cast<const Vector*>(p); }
inline void store(float* p, Vector v) { *reinterpret_cast<Vector*>(p) = v; }
// x - 0 is x for every x, so that the compiler emits the broadcast alone (x + 0 would turn -0 to
// 0).
inline Vector splat(float value) { return value - Vector{}; }

// rows × (Strips · strip_width) outputs, kept in registers over the whole inner dimension.
template <int Rows, int Strips>
inline void tile(const float* x, std::ptrdiff_t x_stride, const float* packed,
                 std::ptrdiff_t strip_stride, int inner, float* y, std::ptrdiff_t y_stride,
                 int columns, Epilogue epilogue) {
  constexpr int kVectors = Strips * kVectorsPerStrip;
  Vector sums[Rows][kVectors] = {};
  for (int k = 0; k < inner; ++k) {
    Vector b[kVectors];
    for (int s = 0; s < Strips; ++s)
      for (int v = 0; v < kVectorsPerStrip; ++v)
        b[s * kVectorsPerStrip + v] =
            load(packed + s * strip_stride + k * strip_width + v * kVectorFloats);
    for (int r = 0; r < Rows; ++r) {
      const Vector a = splat(x[r * x_stride + k]);
      for (int v = 0; v < kVectors; ++v) sums[r][v] += a * b[v];
    }
  }
  for (int r = 0; r < Rows; ++r) {
    for (int v = 0; v < kVectors; ++v) {
      const int first = v * kVectorFloats;
      float* out = y + r * y_stride + first;
      Vector sum = sums[r][v];
      if (first + kVectorFloats <= columns) {
        if (epilogue.bias != nullptr) sum += load(epilogue.bias + first);
        if (epilogue.accumulate) sum += load(out);
        if (epilogue.relu) sum = sum > Vector{} ? sum : Vector{};
        store(out, sum);
        continue;
      }
      for (int c = 0; first + c < columns && c < kVectorFloats; ++c) {
        float value = sum[c];
        if (epilogue.bias != nullptr) value += epilogue.bias[first + c];
        if (epilogue.accumulate) value += out[c];
        out[c] = epilogue.relu && value < 0 ? 0 : value;
      }
    }
  }
}

template <int Strips, int Rows = IDI_TILE_ROWS>
inline void tile_rows(int rows, const float* x, std::ptrdiff_t x_stride, const float* packed,
                      std::ptrdiff_t strip_stride, int inner, float* y, std::ptrdiff_t y_stride,
                      int columns, Epilogue epilogue) {
  if constexpr (Rows > 0) {
    if (rows == Rows)
      tile<Rows, Strips>(x, x_stride, packed, strip_stride, inner, y, y_stride, columns, epilogue);
    else
      tile_rows<Strips, Rows - 1>(rows, x, x_stride, packed, strip_stride, inner, y, y_stride,
                                  columns, epilogue);
  }
}

void multiply(const float* x, std::ptrdiff_t x_stride, int rows, const float* packed, int inner,
              int columns, float* y, std::ptrdiff_t y_stride, Epilogue epilogue) {
  const std::ptrdiff_t strip_stride = static_cast<std::ptrdiff_t>(inner) * strip_width;
  // Equal tiles rather than full ones and a thin rest: a thin tile waits for its own sums.
  const int tiles = (rows + IDI_TILE_ROWS - 1) / IDI_TILE_ROWS;
  for (int column = 0; column < columns;) {
    const int left = columns - column;
    const int strips = left > strip_width * (IDI_TILE_STRIPS - 1) ? IDI_TILE_STRIPS : 1;
    const float* strip = packed + column / strip_width * strip_stride;
    Epilogue part = epilogue;
    if (part.bias != nullptr) part.bias += column;
    int row = 0;
    for (int t = 0; t < tiles; ++t) {
      const int count = (rows - row) / (tiles - t);
      const float* x_row = x + row * x_stride;
      float* y_row = y + row * y_stride + column;
      if (strips == IDI_TILE_STRIPS)
        tile_rows<IDI_TILE_STRIPS>(count, x_row, x_stride, strip, strip_stride, inner, y_row,
                                   y_stride, left, part);
      else
        tile_rows<1>(count, x_row, x_stride, strip, strip_stride, inner, y_row, y_stride, left,
                     part);
      row += count;
    }
    column += strips * strip_width;
  }
}

inline float sum_of(Vector v) {
  float sum = 0;
  for (int i = 0; i < kVectorFloats; ++i) sum += v[i];
  return sum;
}

// exp(x) for x <= 0 (Cephes' expf: relative error below 2e-7); 0 below -87 and for NaN.
inline Vector exp_of(Vector x) {
  const Vector lowest = splat(-87.0F);
  const Vector clamped = x > lowest ? x : lowest;
  const Vector scaled = clamped * splat(1.44269504088896341F) - splat(0.5F);
  const auto whole = __builtin_convertvector(scaled, Integers);  // rounds: scaled is negative
  const Vector whole_float = __builtin_convertvector(whole, Vector);
  const Vector rest =
      clamped - whole_float * splat(0.693359375F) + whole_float * splat(2.12194440e-4F);
  Vector p = splat(1.9875691500e-4F);
  p = p * rest + splat(1.3981999507e-3F);
  p = p * rest + splat(8.3334519073e-3F);
  p = p * rest + splat(4.1665795894e-2F);
  p = p * rest + splat(1.6666665459e-1F);
  p = p * rest + splat(5.0000001201e-1F);
  p = p * rest * rest + rest + splat(1.0F);
  const Integers exponent = (whole + 127) << 23;
  return x > lowest ? p * reinterpret_cast<const Vector&>(exponent) : Vector{};
}

void softmax(float* x, std::ptrdiff_t stride, int rows, int n) {
  const int whole = n - n % kVectorFloats;
  for (int r = 0; r < rows; ++r, x += stride) {
    float top = x[0];
    Vector tops = splat(top);
    for (int i = 0; i < whole; i += kVectorFloats) {
      const Vector v = load(x + i);
      tops = v > tops ? v : tops;
    }
    for (int i = 0; i < kVectorFloats; ++i) top = tops[i] > top ? tops[i] : top;
    for (int i = whole; i < n; ++i) top = x[i] > top ? x[i] : top;

    Vector sums = {};
    for (int i = 0; i < whole; i += kVectorFloats) {
      const Vector e = exp_of(load(x + i) - splat(top));
      store(x + i, e);
      sums += e;
    }
    float sum = sum_of(sums);
    if (whole < n) {
      Vector rest = splat(-100.0F);
      for (int i = whole; i < n; ++i) rest[i - whole] = x[i] - top;
      rest = exp_of(rest);
      for (int i = whole; i < n; ++i) {
        x[i] = rest[i - whole];
        sum += x[i];
      }
    }
    const float scale = 1.0F / sum;
    for (int i = 0; i < n; ++i) x[i] *= scale;
  }
}

float dot(const float* a, const float* b, int n) {
  Vector sums = {};
  int i = 0;
  for (; i + kVectorFloats <= n; i += kVectorFloats) sums += load(a + i) * load(b + i);
  float sum = sum_of(sums);
  for (; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

void layer_norm(const float* x, int rows, int n, const float* weight, const float* bias, float* y) {
  const auto count = static_cast<float>(n);
  for (int r = 0; r < rows; ++r, x += n, y += n) {
    Vector sums = {};
    int i = 0;
    for (; i + kVectorFloats <= n; i += kVectorFloats) sums += load(x + i);
    float sum = sum_of(sums);
    for (; i < n; ++i) sum += x[i];
    const float mean = sum / count;
    for (i = 0; i < n; ++i) y[i] = x[i] - mean;
    const float scale = 1.0F / __builtin_sqrtf(dot(y, y, n) / count + 1e-5F);
    for (i = 0; i < n; ++i) y[i] = y[i] * scale * weight[i] + bias[i];
  }
}

void add_scaled(float scale, const float* x, float* y, int n) {
  for (int i = 0; i < n; ++i) y[i] += scale * x[i];
}

void widen(const std::uint16_t* halves, float* y, std::size_t n) {
  // The exponent is rebiased by a multiplication, which makes subnormal halves right as well.
  const float rebias = __builtin_bit_cast(float, std::uint32_t{(254 - 15) << 23});
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t half = halves[i];
    const std::uint32_t sign = (half & 0x8000U) << 16;
    const float magnitude = __builtin_bit_cast(float, (half & 0x7fffU) << 13) * rebias;
    std::uint32_t bits = __builtin_bit_cast(std::uint32_t, magnitude);
    bits |= (half & 0x7c00U) == 0x7c00U ? 0x7f800000U : 0U;
    y[i] = __builtin_bit_cast(float, bits | sign);
  }
}

}  // namespace
