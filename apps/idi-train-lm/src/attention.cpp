#include "attention.hpp"

#include <cblas.h>

#include <algorithm>
#include <cmath>

namespace idi::lm {
namespace {

/// c += or = a · b with row-major parts of larger matrices.
void product(CBLAS_TRANSPOSE form_a, CBLAS_TRANSPOSE form_b, std::int64_t m, std::int64_t n,
             std::int64_t k, float alpha, const float* a, std::int64_t lda, const float* b,
             std::int64_t ldb, float beta, float* c, std::int64_t ldc) {
  cblas_sgemm(CblasRowMajor, form_a, form_b, static_cast<int>(m), static_cast<int>(n),
              static_cast<int>(k), alpha, a, static_cast<int>(lda), b, static_cast<int>(ldb), beta,
              c, static_cast<int>(ldc));
}

/// In place over the first `seen` numbers; zeros up to `length`.
void softmax(float* row, std::int64_t seen, std::int64_t length) {
  float highest = row[0];
  for (std::int64_t i = 1; i < seen; ++i) highest = std::max(highest, row[i]);
  float sum = 0;
  for (std::int64_t i = 0; i < seen; ++i) {
    row[i] = std::exp(row[i] - highest);
    sum += row[i];
  }
  const float share = 1 / sum;
  for (std::int64_t i = 0; i < seen; ++i) row[i] *= share;
  for (std::int64_t i = seen; i < length; ++i) row[i] = 0;
}

/// Gradient of the scores from that of their softmax, in place.
void softmax_backward(const float* weights, float* gradient, std::int64_t length, float scale) {
  float mean = 0;
  for (std::int64_t i = 0; i < length; ++i) mean += weights[i] * gradient[i];
  for (std::int64_t i = 0; i < length; ++i) {
    gradient[i] = weights[i] * (gradient[i] - mean) * scale;
  }
}

/// Where one group's rows and weights are.
struct Part {
  std::int64_t prefix, prefix_rows, questions, question_rows, row_weights;

  explicit Part(const Group& group)
      : prefix(group.prefix_begin),
        prefix_rows(group.prefix_length),
        questions(group.prefix_begin + group.prefix_length) {
    question_rows = 0;
    std::int64_t longest = 0;
    for (const std::int64_t length : group.lengths) {
      question_rows += length;
      longest = std::max(longest, length);
    }
    row_weights = prefix_rows + longest;
  }
  [[nodiscard]] std::int64_t weights() const {
    return prefix_rows * prefix_rows + question_rows * row_weights;
  }
};

constexpr auto plain = CblasNoTrans;
constexpr auto transposed = CblasTrans;

}  // namespace

std::size_t attention_weight_count(std::span<const Group> groups, const AttentionShape& shape) {
  std::int64_t count = 0;
  for (const Group& group : groups) count += Part(group).weights();
  return static_cast<std::size_t>(count * shape.heads);
}

void rotate_rows(float* qkv, std::int64_t rows, const AttentionShape& shape, const float* cosine,
                 const float* sine, float direction) {
  const std::int64_t half = shape.head / 2;
  for (std::int64_t row = 0; row < rows; ++row) {
    const float* c = cosine + row * half;
    const float* s = sine + row * half;
    for (std::int64_t head = 0; head < 2 * shape.heads; ++head) {  // q's, then k's
      float* x = qkv + row * 3 * shape.width() + head * shape.head;
      for (std::int64_t i = 0; i < half; ++i) {
        const float even = x[2 * i], odd = x[2 * i + 1], turn = direction * s[i];
        x[2 * i] = even * c[i] - odd * turn;
        x[2 * i + 1] = even * turn + odd * c[i];
      }
    }
  }
}

void attend(std::span<const Group> groups, const AttentionShape& shape, const float* qkv,
            float* weights, float* out) {
  const std::int64_t width = shape.width(), stride = 3 * width, size = shape.head;
  const float scale = 1 / std::sqrt(static_cast<float>(size));
  for (const Group& group : groups) {
    const Part part(group);
    for (std::int64_t head = 0; head < shape.heads; ++head) {
      const float* q = qkv + head * size;
      const float* k = q + width;
      const float* v = k + width;
      float* o = out + head * size;
      const std::int64_t first = part.prefix * stride, n = part.prefix_rows;
      product(plain, transposed, n, n, size, scale, q + first, stride, k + first, stride, 0,
              weights, n);
      for (std::int64_t i = 0; i < n; ++i) softmax(weights + i * n, i + 1, n);
      product(plain, plain, n, size, n, 1, weights, n, v + first, stride, 0,
              o + part.prefix * width, width);
      weights += n * n;

      const std::int64_t all = part.question_rows, ld = part.row_weights;
      product(plain, transposed, all, n, size, scale, q + part.questions * stride, stride,
              k + first, stride, 0, weights, ld);
      for (std::size_t i = 0; i < group.begins.size(); ++i) {
        const std::int64_t begin = group.begins[i] * stride, length = group.lengths[i];
        float* rows = weights + (group.begins[i] - part.questions) * ld;
        product(plain, transposed, length, length, size, scale, q + begin, stride, k + begin,
                stride, 0, rows + n, ld);
        for (std::int64_t t = 0; t < length; ++t) softmax(rows + t * ld, n + t + 1, n + length);
        product(plain, plain, length, size, length, 1, rows + n, ld, v + begin, stride, 0,
                o + group.begins[i] * width, width);
      }
      product(plain, plain, all, size, n, 1, weights, ld, v + first, stride, 1,
              o + part.questions * width, width);
      weights += all * ld;
    }
  }
}

void attend_backward(std::span<const Group> groups, const AttentionShape& shape, const float* qkv,
                     const float* weights, const float* out_gradient, float* qkv_gradient) {
  const std::int64_t width = shape.width(), stride = 3 * width, size = shape.head;
  const float scale = 1 / std::sqrt(static_cast<float>(size));
  std::vector<float> scratch;
  for (const Group& group : groups) {
    const Part part(group);
    for (std::int64_t head = 0; head < shape.heads; ++head) {
      const float* q = qkv + head * size;
      const float* k = q + width;
      const float* v = k + width;
      const float* o = out_gradient + head * size;
      float* dq = qkv_gradient + head * size;
      float* dk = dq + width;
      float* dv = dk + width;
      const std::int64_t first = part.prefix * stride, n = part.prefix_rows;
      scratch.resize(
          static_cast<std::size_t>(std::max(n * n, part.question_rows * part.row_weights)));
      float* ds = scratch.data();
      product(plain, transposed, n, n, size, 1, o + part.prefix * width, width, v + first, stride,
              0, ds, n);
      for (std::int64_t i = 0; i < n; ++i) softmax_backward(weights + i * n, ds + i * n, n, scale);
      product(transposed, plain, n, size, n, 1, weights, n, o + part.prefix * width, width, 1,
              dv + first, stride);
      product(plain, plain, n, size, n, 1, ds, n, k + first, stride, 1, dq + first, stride);
      product(transposed, plain, n, size, n, 1, ds, n, q + first, stride, 1, dk + first, stride);
      weights += n * n;

      const std::int64_t all = part.question_rows, ld = part.row_weights;
      const float* asked = o + part.questions * width;
      product(plain, transposed, all, n, size, 1, asked, width, v + first, stride, 0, ds, ld);
      for (std::size_t i = 0; i < group.begins.size(); ++i) {
        const std::int64_t begin = group.begins[i] * stride, length = group.lengths[i];
        const std::int64_t at = (group.begins[i] - part.questions) * ld;
        const float* own = o + group.begins[i] * width;
        product(plain, transposed, length, length, size, 1, own, width, v + begin, stride, 0,
                ds + at + n, ld);
        for (std::int64_t t = 0; t < length; ++t) {
          softmax_backward(weights + at + t * ld, ds + at + t * ld, n + length, scale);
        }
        product(transposed, plain, length, size, length, 1, weights + at + n, ld, own, width, 1,
                dv + begin, stride);
        product(plain, plain, length, size, length, 1, ds + at + n, ld, k + begin, stride, 1,
                dq + begin, stride);
        product(transposed, plain, length, size, length, 1, ds + at + n, ld, q + begin, stride, 1,
                dk + begin, stride);
      }
      const std::int64_t asking = part.questions * stride;
      product(transposed, plain, n, size, all, 1, weights, ld, asked, width, 1, dv + first, stride);
      product(plain, plain, all, size, n, 1, ds, ld, k + first, stride, 1, dq + asking, stride);
      product(transposed, plain, n, size, all, 1, ds, ld, q + asking, stride, 1, dk + first,
              stride);
      weights += all * ld;
    }
  }
}

}  // namespace idi::lm
