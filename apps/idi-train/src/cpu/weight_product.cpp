// The tile: 8 rows by 48 columns of the result in 24 vector registers; for each step of the inner
// dimension three vectors of the right matrix are loaded and eight numbers of the left broadcast.
// The part of the right matrix that a tile walks over (48 columns, some hundred rows) stays in the
// nearest cache while the rows of the left stream by.
#include "weight_product.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace idi::train {

#if defined(__AVX512F__)

namespace {

using Vector = float __attribute__((vector_size(64), aligned(4), may_alias));
constexpr Index lanes = 16;
constexpr Index tile_columns = 48;
constexpr Index tile_rows = 8;

/// Left matrix: element (i, k) at start[i · row + k · inner]. Right: (k, j) at start[k · ld + j].
struct Left {
  const float* start;
  Index row, inner;
};
struct Right {
  const float* start;
  Index ld;
};
/// What happens to a finished tile.
struct Finish {
  bool accumulate = false;
  const float* bias = nullptr;
  bool relu = false;
};

template <int Rows, int Vectors>
void tile(Left left, Right right, Index inner, float* out, Index ld, const Finish& finish) {
  Vector sums[Rows][Vectors];
#pragma GCC unroll 8
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 3
    for (int v = 0; v < Vectors; ++v) sums[r][v] = Vector{};
  for (Index k = 0; k < inner; ++k) {
    const float* right_row = right.start + k * right.ld;
    Vector b[Vectors];
#pragma GCC unroll 3
    for (int v = 0; v < Vectors; ++v)
      b[v] = *reinterpret_cast<const Vector*>(right_row + v * lanes);
    const float* left_column = left.start + k * left.inner;
#pragma GCC unroll 8
    for (int r = 0; r < Rows; ++r) {
      const Vector a = left_column[r * left.row] - Vector{};  // a plain broadcast: x - 0 is x
#pragma GCC unroll 3
      for (int v = 0; v < Vectors; ++v) sums[r][v] += a * b[v];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 3
    for (int v = 0; v < Vectors; ++v) {
      auto* place = reinterpret_cast<Vector*>(out + r * ld + v * lanes);
      Vector sum = sums[r][v];
      if (finish.accumulate) sum += *place;
      if (finish.bias != nullptr) sum += *reinterpret_cast<const Vector*>(finish.bias + v * lanes);
      if (finish.relu) sum = sum > 0 ? sum : Vector{};
      *place = sum;
    }
  }
}

template <int Vectors>
void column_of_tiles(Left left, Right right, Index rows, Index inner, float* out, Index ld,
                     const Finish& finish) {
  Index i = 0;
  for (; i + tile_rows <= rows; i += tile_rows)
    tile<tile_rows, Vectors>({left.start + i * left.row, left.row, left.inner}, right, inner,
                             out + i * ld, ld, finish);
  const auto rest = [&](auto count) {
    constexpr int n = decltype(count)::value;
    if (rows - i < n) return;
    tile<n, Vectors>({left.start + i * left.row, left.row, left.inner}, right, inner, out + i * ld,
                     ld, finish);
    i += n;
  };
  rest(std::integral_constant<int, 4>{});
  rest(std::integral_constant<int, 2>{});
  rest(std::integral_constant<int, 1>{});
}

void column_of_tiles(Index columns, Left left, Right right, Index rows, Index inner, float* out,
                     Index ld, const Finish& finish) {
  if (columns == 48)
    column_of_tiles<3>(left, right, rows, inner, out, ld, finish);
  else if (columns == 32)
    column_of_tiles<2>(left, right, rows, inner, out, ld, finish);
  else
    column_of_tiles<1>(left, right, rows, inner, out, ld, finish);
}

/// y [rows, columns] = x [rows, inner] · panels, each [inner, 48] of the right matrix. Rows in
/// blocks that stay in the second cache with their results, while all panels pass.
void multiply_panels(const float* x, Index rows, Index inner, Index columns, const float* panels,
                     const float* bias, const Finish& finish, float* y) {
  constexpr Index row_block = 96;
  constexpr Index inner_block = 192;
  for (Index row = 0; row < rows; row += row_block) {
    const Index block_rows = std::min(row_block, rows - row);
    for (Index column = 0; column < columns; column += tile_columns) {
      const Index width = std::min(tile_columns, columns - column);
      const float* panel = panels + column * inner;
      for (Index k = 0; k < inner; k += inner_block) {
        Finish part;
        part.accumulate = finish.accumulate || k > 0;
        if (k == 0 && bias != nullptr) part.bias = bias + column;
        part.relu = finish.relu && k + inner_block >= inner;
        column_of_tiles(width, {x + row * inner + k, inner, 1}, {panel + k * width, width},
                        block_rows, std::min(inner_block, inner - k), y + row * columns + column,
                        columns, part);
      }
    }
  }
}

}  // namespace

bool has_weight_product(Index in, Index out) { return in % lanes == 0 && out % lanes == 0; }

void rearrange_weight(const float* weight, Index in, Index out, float* forward, float* back) {
  for (Index column = 0; column < out; column += tile_columns) {
    const Index columns = std::min(tile_columns, out - column);
    float* panel = forward + column * in;
    // Blocks of 16 by 16, so that both sides are walked in whole cache lines.
    for (Index k = 0; k < in; k += lanes)
      for (Index j = 0; j < columns; j += lanes)
        for (Index kk = 0; kk < lanes; ++kk)
          for (Index jj = 0; jj < lanes; ++jj)
            panel[(k + kk) * columns + j + jj] = weight[(column + j + jj) * in + k + kk];
  }
  for (Index column = 0; column < in; column += tile_columns) {
    const Index columns = std::min(tile_columns, in - column);
    float* panel = back + column * out;
    for (Index k = 0; k < out; ++k)
      std::memcpy(panel + k * columns, weight + k * in + column,
                  static_cast<std::size_t>(columns) * sizeof(float));
  }
}

void multiply(const float* x, Index rows, Index in, Index out, const float* forward,
              const float* bias, Activation activation, float* y) {
  Finish finish;
  finish.relu = activation == Activation::relu;
  multiply_panels(x, rows, in, out, forward, bias, finish, y);
}

void multiply_back(const float* dy, Index rows, Index in, Index out, const float* back,
                   bool accumulate, float* dx) {
  Finish finish;
  finish.accumulate = accumulate;
  multiply_panels(dy, rows, out, in, back, nullptr, finish, dx);
}

void add_outer(const float* dy, const float* x, Index rows, Index in, Index out, float* d_weight) {
  constexpr Index block = 128;
  alignas(64) float panel[block * tile_columns];
  for (Index k = 0; k < rows; k += block) {
    const Index inner = std::min(block, rows - k);
    for (Index column = 0; column < in; column += tile_columns) {
      const Index columns = std::min(tile_columns, in - column);
      for (Index kk = 0; kk < inner; ++kk)
        std::memcpy(panel + kk * columns, x + (k + kk) * in + column,
                    static_cast<std::size_t>(columns) * sizeof(float));
      Finish finish;
      finish.accumulate = true;
      column_of_tiles(columns, {dy + k * out, 1, out}, {panel, columns}, out, inner,
                      d_weight + column, in, finish);
    }
  }
}

#else

bool has_weight_product(Index, Index) { return false; }
void rearrange_weight(const float*, Index, Index, float*, float*) {}
void multiply(const float*, Index, Index, Index, const float*, const float*, Activation, float*) {}
void multiply_back(const float*, Index, Index, Index, const float*, bool, float*) {}
void add_outer(const float*, const float*, Index, Index, Index, float*) {}

#endif

}  // namespace idi::train
