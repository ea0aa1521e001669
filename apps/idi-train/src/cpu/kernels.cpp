#include "kernels.hpp"

#include <cmath>
#include <cstring>

#include "exponential.hpp"
#include "lane_random.hpp"

namespace idi::train {
namespace {

constexpr float norm_epsilon = 1e-5F;

using Vector = float __attribute__((vector_size(64), aligned(4), may_alias));
using Choice = std::int32_t __attribute__((vector_size(64)));

Vector load(const float* x) { return *reinterpret_cast<const Vector*>(x); }
void store(float* x, Vector value) { *reinterpret_cast<Vector*>(x) = value; }

}  // namespace

void fill_rows(const float* bias, Index rows, Index width, float* out) {
  for (Index r = 0; r < rows; ++r)
    std::memcpy(out + r * width, bias, static_cast<std::size_t>(width) * sizeof(float));
}

void add_column_sums(const float* x, Index rows, Index width, float* sums) {
  for (Index r = 0; r < rows; ++r)
    for (Index j = 0; j < width; ++j) sums[j] += x[r * width + j];
}

void relu(float* x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = x[i] > 0 ? x[i] : 0;
}

void relu_backward(const float* y, Index count, float* dx) {
  for (Index i = 0; i < count; ++i) dx[i] = y[i] > 0 ? dx[i] : 0;
}

void normalize(const float* x, Index rows, Index width, const float* weight, const float* bias,
               float* y, float* centered, float* inverse_deviation) {
  const float share = 1 / static_cast<float>(width);
  for (Index r = 0; r < rows; ++r) {
    const float* in = x + r * width;
    float sum = 0;
    for (Index j = 0; j < width; ++j) sum += in[j];
    const float mean = sum * share;
    float squares = 0;
    for (Index j = 0; j < width; ++j) squares += (in[j] - mean) * (in[j] - mean);
    const float inverse = 1 / std::sqrt(squares * share + norm_epsilon);
    inverse_deviation[r] = inverse;
    float* kept = centered + r * width;
    float* out = y + r * width;
    for (Index j = 0; j < width; ++j) {
      const float value = (in[j] - mean) * inverse;
      kept[j] = value;
      out[j] = value * weight[j] + bias[j];
    }
  }
}

void normalize_backward(const float* dy, const float* centered, const float* inverse_deviation,
                        Index rows, Index width, const float* weight, float* dx, float* d_weight,
                        float* d_bias) {
  const float share = 1 / static_cast<float>(width);
  for (Index r = 0; r < rows; ++r) {
    const float* out = dy + r * width;
    const float* kept = centered + r * width;
    float sum = 0;
    float product = 0;
    for (Index j = 0; j < width; ++j) {
      const float scaled = out[j] * weight[j];
      sum += scaled;
      product += scaled * kept[j];
      d_weight[j] += out[j] * kept[j];
      d_bias[j] += out[j];
    }
    sum *= share;
    product *= share;
    const float inverse = inverse_deviation[r];
    float* in = dx + r * width;
    for (Index j = 0; j < width; ++j)
      in[j] += inverse * (out[j] * weight[j] - sum - kept[j] * product);
  }
}

void add_dropped(const float* z, Index count, Dropout dropout, float* x) {
  if (dropout.probability <= 0) {
    for (Index i = 0; i < count; ++i) x[i] += z[i];
    return;
  }
  LaneRandom random(dropout.seed);
  const Lanes threshold = Lanes{} + dropout.threshold();
  const float scale = dropout.scale();
  for (Index i = 0; i < count; i += 16) {
    const Choice kept = random.next() >= threshold;
    store(x + i, load(x + i) + (kept ? load(z + i) * scale : Vector{}));
  }
}

void drop(const float* dx, Index count, Dropout dropout, float* dz) {
  if (dropout.probability <= 0) {
    if (dz != dx) std::memcpy(dz, dx, static_cast<std::size_t>(count) * sizeof(float));
    return;
  }
  LaneRandom random(dropout.seed);
  const Lanes threshold = Lanes{} + dropout.threshold();
  const float scale = dropout.scale();
  for (Index i = 0; i < count; i += 16) {
    const Choice kept = random.next() >= threshold;
    store(dz + i, kept ? load(dx + i) * scale : Vector{});
  }
}

void softmax(float* s, Index count) {
  float most = s[0];
  for (Index j = 1; j < count; ++j) most = s[j] > most ? s[j] : most;
  float sum = 0;
  for (Index j = 0; j < count; ++j) {
    s[j] = exponential(s[j] - most);
    sum += s[j];
  }
  const float scale = 1 / sum;
  for (Index j = 0; j < count; ++j) s[j] *= scale;
}

void add_scaled(const float* x, Index count, float factor, float* y) {
  for (Index i = 0; i < count; ++i) y[i] += factor * x[i];
}

float dot(const float* x, const float* y, Index count) {
  float sum = 0;
  for (Index i = 0; i < count; ++i) sum += x[i] * y[i];
  return sum;
}

double merge_gradients(float* const* shards, int shard_count, Index begin, Index end) {
  constexpr Index block = 4096;  // stays in the nearest cache, and floats sum precisely
  double total = 0;
  for (Index start = begin; start < end; start += block) {
    const Index stop = start + block < end ? start + block : end;
    float* gradient = shards[0];
    for (int s = 1; s < shard_count; ++s) {
      float* other = shards[s];
      for (Index i = start; i < stop; ++i) {
        gradient[i] += other[i];
        other[i] = 0;
      }
    }
    float sum = 0;
    for (Index i = start; i < stop; ++i) sum += gradient[i] * gradient[i];
    total += static_cast<double>(sum);
  }
  return total;
}

namespace {

template <bool has_gradient>
void adam_loop(const AdamStep& step, Index count, float* gradient, float* values, float* first,
               float* second, float* averages) {
  const float rate = step.rate / step.correction1;
  const float root = 1 / std::sqrt(step.correction2);
  const float keep = 1 - step.rate * step.weight_decay;
  const float average_share = 1 - step.average_decay;
  for (Index i = 0; i < count; ++i) {
    float m = step.beta1 * first[i];
    float v = step.beta2 * second[i];
    if constexpr (has_gradient) {
      const float g = gradient[i] * step.gradient_scale;
      gradient[i] = 0;
      m += (1 - step.beta1) * g;
      v += (1 - step.beta2) * g * g;
    }
    first[i] = m;
    second[i] = v;
    const float value = values[i] * keep - rate * m / (std::sqrt(v) * root + step.epsilon);
    values[i] = value;
    averages[i] += average_share * (value - averages[i]);
  }
}

}  // namespace

void adam(const AdamStep& step, Index count, float* gradient, float* values, float* first,
          float* second, float* averages) {
  if (gradient != nullptr)
    adam_loop<true>(step, count, gradient, values, first, second, averages);
  else
    adam_loop<false>(step, count, gradient, values, first, second, averages);
}

}  // namespace idi::train
