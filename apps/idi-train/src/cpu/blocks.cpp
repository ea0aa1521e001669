#include "blocks.hpp"

#include "gemm.hpp"
#include "kernels.hpp"

namespace idi::train {

void linear(const Pass& pass, const LinearAt& at, const float* x, Index rows, float* y,
            Activation activation) {
  const bool biased = at.bias >= 0;
  if (has_weight_product(at.in, at.out)) {
    multiply(x, rows, at.in, at.out, pass.forward + at.weight,
             biased ? pass.values + at.bias : nullptr, activation, y);
    return;
  }
  if (biased) fill_rows(pass.values + at.bias, rows, at.out, y);
  gemm(Form::plain, Form::transposed, rows, at.out, at.in, 1, x, at.in, pass.values + at.weight,
       at.in, biased ? 1 : 0, y, at.out);
  if (activation == Activation::relu) relu(y, rows * at.out);
}

void linear_backward(const Pass& pass, const LinearAt& at, const float* x, const float* dy,
                     Index rows, float* dx, bool accumulate) {
  if (at.bias >= 0) add_column_sums(dy, rows, at.out, pass.gradients + at.bias);
  if (has_weight_product(at.in, at.out)) {
    add_outer(dy, x, rows, at.in, at.out, pass.gradients + at.weight);
    if (dx != nullptr)
      multiply_back(dy, rows, at.in, at.out, pass.back + at.weight, accumulate, dx);
    return;
  }
  gemm(Form::transposed, Form::plain, at.out, at.in, rows, 1, dy, at.out, x, at.in, 1,
       pass.gradients + at.weight, at.in);
  if (dx != nullptr)
    gemm(Form::plain, Form::plain, rows, at.in, at.out, 1, dy, at.out, pass.values + at.weight,
         at.in, accumulate ? 1 : 0, dx, at.in);
}

float* NormBlock::forward(const Pass& pass, const NormAt& at, const float* x, Index rows) {
  at_ = at;
  rows_ = rows;
  centered_ = pass.arena->take(rows * pass.width);
  inverse_deviation_ = pass.arena->take(rows);
  float* y = pass.arena->take(rows * pass.width);
  normalize(x, rows, pass.width, pass.values + at.weight, pass.values + at.bias, y, centered_,
            inverse_deviation_);
  return y;
}

void NormBlock::backward(const Pass& pass, const float* dy, float* dx) const {
  normalize_backward(dy, centered_, inverse_deviation_, rows_, pass.width, pass.values + at_.weight,
                     dx, pass.gradients + at_.weight, pass.gradients + at_.bias);
}

void FeedForwardBlock::forward(Pass& pass, const FeedForwardAt& at, float* x, Index rows) {
  at_ = at;
  rows_ = rows;
  normed_ = norm_.forward(pass, at.norm, x, rows);
  inner_ = pass.arena->take(rows * at.first.out);
  linear(pass, at.first, normed_, rows, inner_, Activation::relu);
  float* z = pass.arena->take(rows * pass.width);
  linear(pass, at.second, inner_, rows, z);
  dropout_ = pass.next_dropout();
  add_dropped(z, rows * pass.width, dropout_, x);
}

void FeedForwardBlock::backward(const Pass& pass, float* dx) const {
  float* dz = pass.arena->take(rows_ * pass.width);
  float* d_inner = pass.arena->take(rows_ * at_.first.out);
  float* d_normed = pass.arena->take(rows_ * pass.width);
  drop(dx, rows_ * pass.width, dropout_, dz);
  linear_backward(pass, at_.second, inner_, dz, rows_, d_inner);
  relu_backward(inner_, rows_ * at_.first.out, d_inner);
  linear_backward(pass, at_.first, normed_, d_inner, rows_, d_normed);
  norm_.backward(pass, d_normed, dx);
}

void SelfAttentionBlock::forward(Pass& pass, const AttentionShape& shape, const NormAt& norm,
                                 const LinearAt& query_key_value, const LinearAt& output,
                                 Index relation_key, Index relation_value, float* x) {
  shape_ = shape;
  query_key_value_at_ = query_key_value;
  output_at_ = output;
  relation_key_ = relation_key;
  relation_value_ = relation_value;
  const Index rows = shape.queries();
  const Index d = pass.width;
  normed_ = norm_.forward(pass, norm, x, rows);
  query_key_value_ = pass.arena->take(rows * 3 * d);
  linear(pass, query_key_value, normed_, rows, query_key_value_);
  mixed_ = pass.arena->take(rows * d);
  attention_dropout_ = pass.next_dropout();
  attend(shape_, {query_key_value_, 3 * d}, {query_key_value_ + d, 3 * d},
         {query_key_value_ + 2 * d, 3 * d}, pass.values + relation_key,
         pass.values + relation_value, attention_dropout_, *pass.arena, memory_, mixed_);
  float* z = pass.arena->take(rows * d);
  linear(pass, output, mixed_, rows, z);
  dropout_ = pass.next_dropout();
  add_dropped(z, rows * d, dropout_, x);
}

void SelfAttentionBlock::backward(const Pass& pass, float* dx) const {
  const Index rows = shape_.queries();
  const Index d = pass.width;
  float* dz = pass.arena->take(rows * d);
  float* d_mixed = pass.arena->take(rows * d);
  float* d_rows = pass.arena->take(rows * 3 * d);
  drop(dx, rows * d, dropout_, dz);
  linear_backward(pass, output_at_, mixed_, dz, rows, d_mixed);
  attend_backward(shape_, {query_key_value_, 3 * d}, {query_key_value_ + d, 3 * d},
                  {query_key_value_ + 2 * d, 3 * d}, pass.values + relation_key_,
                  pass.values + relation_value_, attention_dropout_, memory_, d_mixed, *pass.arena,
                  {d_rows, 3 * d}, {d_rows + d, 3 * d}, {d_rows + 2 * d, 3 * d},
                  pass.gradients + relation_key_, pass.gradients + relation_value_);
  float* d_normed = dz;
  linear_backward(pass, query_key_value_at_, normed_, d_rows, rows, d_normed);
  norm_.backward(pass, d_normed, dx);
}

void CrossAttentionBlock::forward(Pass& pass, const AttentionShape& shape, const NormAt& norm,
                                  const LinearAt& query, const LinearAt& key_value,
                                  const LinearAt& output, const float* nodes, float* x) {
  shape_ = shape;
  query_at_ = query;
  key_value_at_ = key_value;
  output_at_ = output;
  nodes_ = nodes;
  const Index rows = shape.queries();
  const Index keys = shape.key_begin->back();
  const Index d = pass.width;
  normed_ = norm_.forward(pass, norm, x, rows);
  query_ = pass.arena->take(rows * d);
  linear(pass, query, normed_, rows, query_);
  key_value_ = pass.arena->take(keys * 2 * d);
  linear(pass, key_value, nodes, keys, key_value_);
  mixed_ = pass.arena->take(rows * d);
  attention_dropout_ = pass.next_dropout();
  attend(shape_, {query_, d}, {key_value_, 2 * d}, {key_value_ + d, 2 * d}, nullptr, nullptr,
         attention_dropout_, *pass.arena, memory_, mixed_);
  float* z = pass.arena->take(rows * d);
  linear(pass, output, mixed_, rows, z);
  dropout_ = pass.next_dropout();
  add_dropped(z, rows * d, dropout_, x);
}

void CrossAttentionBlock::backward(const Pass& pass, float* dx, float* d_nodes) const {
  const Index rows = shape_.queries();
  const Index keys = shape_.key_begin->back();
  const Index d = pass.width;
  float* dz = pass.arena->take(rows * d);
  float* d_mixed = pass.arena->take(rows * d);
  float* d_query = pass.arena->take(rows * d);
  float* d_key_value = pass.arena->take(keys * 2 * d);
  drop(dx, rows * d, dropout_, dz);
  linear_backward(pass, output_at_, mixed_, dz, rows, d_mixed);
  attend_backward(shape_, {query_, d}, {key_value_, 2 * d}, {key_value_ + d, 2 * d}, nullptr,
                  nullptr, attention_dropout_, memory_, d_mixed, *pass.arena, {d_query, d},
                  {d_key_value, 2 * d}, {d_key_value + d, 2 * d}, nullptr, nullptr);
  linear_backward(pass, key_value_at_, nodes_, d_key_value, keys, d_nodes, true);
  float* d_normed = dz;
  linear_backward(pass, query_at_, normed_, d_query, rows, d_normed);
  norm_.backward(pass, d_normed, dx);
}

}  // namespace idi::train
