#include "attention.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "gemm.hpp"
#include "kernels.hpp"
#include "lane_random.hpp"

namespace idi::train {
namespace {

/// One example's place in the batch.
struct Span {
  Index query, queries, key, keys;
};

Span span_of(const AttentionShape& shape, int e) {
  const auto& q = *shape.query_begin;
  const auto& k = *shape.key_begin;
  return {q[e], q[e + 1] - q[e], k[e], k[e + 1] - k[e]};
}

void add_by_relation(const float* row, const std::uint8_t* relations, Index keys, float* s) {
  for (Index j = 0; j < keys; ++j) s[j] += row[relations[j]];
}

/// sums[r] = sum of x over the keys of relation r. Four partial sums: neighbours mostly share a
/// relation, and one cell would wait for itself.
void sum_by_relation(const float* x, const std::uint8_t* relations, Index keys, Index stride,
                     float* scratch, float* sums) {
  std::memset(scratch, 0, static_cast<std::size_t>(4 * stride) * sizeof(float));
  Index j = 0;
  for (; j + 4 <= keys; j += 4) {
    scratch[relations[j]] += x[j];
    scratch[stride + relations[j + 1]] += x[j + 1];
    scratch[2 * stride + relations[j + 2]] += x[j + 2];
    scratch[3 * stride + relations[j + 3]] += x[j + 3];
  }
  for (; j < keys; ++j) scratch[relations[j]] += x[j];
  for (Index r = 0; r < stride; ++r)
    sums[r] =
        (scratch[r] + scratch[stride + r]) + (scratch[2 * stride + r] + scratch[3 * stride + r]);
}

/// p: probabilities → negative where dropped; kept: dropped and scaled, as it is used.
void drop_probabilities(float* p, float* kept, Index count, const Dropout& dropout,
                        LaneRandom& random) {
  if (dropout.probability <= 0) {
    std::copy_n(p, count, kept);
    return;
  }
  const std::uint32_t threshold = dropout.threshold();
  const float scale = dropout.scale();
  for (Index start = 0; start < count; start += 16) {
    const Lanes bits = random.next();
    const Index lanes = std::min<Index>(16, count - start);
    for (Index lane = 0; lane < lanes; ++lane) {
      const float value = p[start + lane];
      const bool keep = bits[lane] >= threshold;
      kept[start + lane] = keep ? value * scale : 0;
      p[start + lane] = keep ? value : -value;
    }
  }
}

/// d_kept: gradient of the kept probabilities → gradient of the scores.
void softmax_backward(const float* p, float* d_kept, Index keys, float keep_scale, float scale) {
  float product = 0;
  for (Index j = 0; j < keys; ++j) {
    const float d = p[j] > 0 ? d_kept[j] * keep_scale : 0;
    d_kept[j] = d;
    product += p[j] > 0 ? p[j] * d : 0;
  }
  for (Index j = 0; j < keys; ++j) {
    const float probability = p[j] < 0 ? -p[j] : p[j];
    d_kept[j] = probability * (d_kept[j] - product) * scale;
  }
}

}  // namespace

void attend(const AttentionShape& shape, Rows query, Rows key, Rows value,
            const float* relation_key, const float* relation_value, Dropout dropout, Arena& arena,
            AttentionMemory& memory, float* out) {
  const Index h = shape.head_width;
  const Index width = shape.heads * h;
  const Index queries = shape.queries();
  const Index stride = shape.relation_stride();
  const bool related = shape.relations != nullptr;
  const float scale = 1 / std::sqrt(static_cast<float>(h));

  memory.begin.clear();
  Index cells = 0;
  Index most_cells = 0;
  for (int e = 0; e < shape.examples(); ++e) {
    const Span at = span_of(shape, e);
    memory.begin.push_back(cells);
    cells += shape.heads * at.queries * at.keys;
    most_cells = std::max(most_cells, at.queries * at.keys);
  }
  memory.probabilities = arena.take(cells);
  float* kept = arena.take(most_cells);
  float* scratch = arena.take(4 * stride);

  if (related) {
    // Before the softmax: scores by relation. After it: sums of the probabilities, in their place.
    memory.by_relation = arena.take(shape.heads * queries * stride);
    for (int head = 0; head < shape.heads; ++head)
      gemm(Form::plain, Form::transposed, queries, shape.relation_count, h, scale,
           query.start + head * h, query.ld, relation_key, h, 0,
           memory.by_relation + head * queries * stride, stride);
  }
  LaneRandom random(dropout.seed);
  for (int e = 0; e < shape.examples(); ++e) {
    const Span at = span_of(shape, e);
    for (int head = 0; head < shape.heads; ++head) {
      float* p = memory.probabilities + memory.begin[e] + head * at.queries * at.keys;
      gemm(Form::plain, Form::transposed, at.queries, at.keys, h, scale,
           query.start + at.query * query.ld + head * h, query.ld,
           key.start + at.key * key.ld + head * h, key.ld, 0, p, at.keys);
      for (Index i = 0; i < at.queries; ++i) {
        float* row = p + i * at.keys;
        const Index seen = shape.causal ? i + 1 : at.keys;
        if (related) {
          float* by_relation = memory.by_relation + (head * queries + at.query + i) * stride;
          add_by_relation(by_relation, shape.relations + (*shape.relation_begin)[e] + i * at.keys,
                          at.keys, row);
        }
        softmax(row, seen);
        std::fill(row + seen, row + at.keys, 0.0F);
      }
      drop_probabilities(p, kept, at.queries * at.keys, dropout, random);
      if (related) {
        for (Index i = 0; i < at.queries; ++i)
          sum_by_relation(kept + i * at.keys,
                          shape.relations + (*shape.relation_begin)[e] + i * at.keys, at.keys,
                          stride, scratch,
                          memory.by_relation + (head * queries + at.query + i) * stride);
      }
      gemm(Form::plain, Form::plain, at.queries, h, at.keys, 1, kept, at.keys,
           value.start + at.key * value.ld + head * h, value.ld, 0,
           out + at.query * width + head * h, width);
    }
  }
  if (related) {
    for (int head = 0; head < shape.heads; ++head)
      gemm(Form::plain, Form::plain, queries, h, shape.relation_count, 1,
           memory.by_relation + head * queries * stride, stride, relation_value, h, 1,
           out + head * h, width);
  }
}

void attend_backward(const AttentionShape& shape, Rows query, Rows key, Rows value,
                     const float* relation_key, const float* relation_value, Dropout dropout,
                     const AttentionMemory& memory, const float* d_out, Arena& arena,
                     MutableRows d_query, MutableRows d_key, MutableRows d_value,
                     float* d_relation_key, float* d_relation_value) {
  const Index h = shape.head_width;
  const Index width = shape.heads * h;
  const Index queries = shape.queries();
  const Index stride = shape.relation_stride();
  const bool related = shape.relations != nullptr;
  const float scale = 1 / std::sqrt(static_cast<float>(h));
  const float keep_scale = dropout.probability > 0 ? dropout.scale() : 1;

  Index most_cells = 0;
  for (int e = 0; e < shape.examples(); ++e) {
    const Span at = span_of(shape, e);
    most_cells = std::max(most_cells, at.queries * at.keys);
  }
  float* kept = arena.take(most_cells);
  float* d_scores = arena.take(most_cells);
  float* scratch = arena.take(4 * stride);
  float* d_by_relation = nullptr;

  if (related) {
    d_by_relation = arena.take(shape.heads * queries * stride);
    for (int head = 0; head < shape.heads; ++head) {
      gemm(Form::plain, Form::transposed, queries, shape.relation_count, h, 1, d_out + head * h,
           width, relation_value, h, 0, d_by_relation + head * queries * stride, stride);
      gemm(Form::transposed, Form::plain, shape.relation_count, h, queries, 1,
           memory.by_relation + head * queries * stride, stride, d_out + head * h, width, 1,
           d_relation_value, h);
    }
  }
  for (int e = 0; e < shape.examples(); ++e) {
    const Span at = span_of(shape, e);
    const Index cells = at.queries * at.keys;
    for (int head = 0; head < shape.heads; ++head) {
      const float* p = memory.probabilities + memory.begin[e] + head * cells;
      const float* d = d_out + at.query * width + head * h;
      for (Index c = 0; c < cells; ++c) kept[c] = p[c] > 0 ? p[c] * keep_scale : 0;
      gemm(Form::transposed, Form::plain, at.keys, h, at.queries, 1, kept, at.keys, d, width, 0,
           d_value.start + at.key * d_value.ld + head * h, d_value.ld);
      gemm(Form::plain, Form::transposed, at.queries, at.keys, h, 1, d, width,
           value.start + at.key * value.ld + head * h, value.ld, 0, d_scores, at.keys);
      for (Index i = 0; i < at.queries; ++i) {
        float* row = d_scores + i * at.keys;
        if (!related) {
          softmax_backward(p + i * at.keys, row, at.keys, keep_scale, scale);
          continue;
        }
        const std::uint8_t* relations = shape.relations + (*shape.relation_begin)[e] + i * at.keys;
        float* by_relation = d_by_relation + (head * queries + at.query + i) * stride;
        add_by_relation(by_relation, relations, at.keys, row);
        softmax_backward(p + i * at.keys, row, at.keys, keep_scale, scale);
        sum_by_relation(row, relations, at.keys, stride, scratch, by_relation);
      }
      gemm(Form::plain, Form::plain, at.queries, h, at.keys, 1, d_scores, at.keys,
           key.start + at.key * key.ld + head * h, key.ld, 0,
           d_query.start + at.query * d_query.ld + head * h, d_query.ld);
      gemm(Form::transposed, Form::plain, at.keys, h, at.queries, 1, d_scores, at.keys,
           query.start + at.query * query.ld + head * h, query.ld, 0,
           d_key.start + at.key * d_key.ld + head * h, d_key.ld);
    }
  }
  if (related) {
    for (int head = 0; head < shape.heads; ++head) {
      gemm(Form::plain, Form::plain, queries, h, shape.relation_count, 1,
           d_by_relation + head * queries * stride, stride, relation_key, h, 1,
           d_query.start + head * h, d_query.ld);
      gemm(Form::transposed, Form::plain, shape.relation_count, h, queries, 1,
           d_by_relation + head * queries * stride, stride, query.start + head * h, query.ld, 1,
           d_relation_key, h);
    }
  }
}

}  // namespace idi::train
