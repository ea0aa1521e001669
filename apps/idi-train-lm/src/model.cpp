#include "model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "fused.hpp"

namespace idi::lm {

using torch::Tensor;

namespace {

constexpr double embedding_deviation = 0.5;
/// With embeddings of that size, ones would make the first answers all too sure.
constexpr double output_norm_start = 0.2;
constexpr double lowest = -std::numeric_limits<double>::infinity();

/// Each neighbouring pair of a head's numbers turns by its angle. x: [rows, heads, head].
Tensor rotate(const Tensor& x, const Tensor& cosine, const Tensor& sine) {
  const Tensor pairs = x.unflatten(-1, std::vector<std::int64_t>{-1, 2});
  const Tensor even = pairs.select(-1, 0), odd = pairs.select(-1, 1);
  return torch::stack({even * cosine - odd * sine, even * sine + odd * cosine}, -1).flatten(-2);
}

/// [length, length]: minus infinity where a row would look ahead.
Tensor look_ahead(std::int64_t length, torch::Device device) {
  return torch::full({length, length}, lowest, torch::TensorOptions(device)).triu(1);
}

Tensor index_tensor(const std::vector<std::int64_t>& values, torch::Device device) {
  return torch::tensor(values, torch::kLong).to(device);
}

}  // namespace

/// A group's rows, its questions padded to the longest.
struct Model::Place {
  std::int64_t prefix_begin, prefix_length, questions, longest;
  Tensor padded;  ///< [questions * longest] rows; padding repeats the question's last row.
  Tensor packed;  ///< Positions in `padded` of the real rows, in the order of the rows.
};

Model::Model(const ModelSizes& sizes, torch::Device device, std::uint64_t seed, Operators operators)
    : sizes_(sizes), device_(device), fused_(operators == Operators::fused && device.is_cpu()) {
  torch::manual_seed(seed);
  const auto d = sizes.width;
  const auto normal = [](std::int64_t rows, std::int64_t columns, double deviation) {
    return torch::randn({rows, columns}) * deviation;
  };
  const double in = 1 / std::sqrt(static_cast<double>(d));
  const double depth = 1 / std::sqrt(2.0 * static_cast<double>(sizes.layers));
  embedding_ = add("token_embd", normal(sizes.vocabulary, d, embedding_deviation));
  for (std::int64_t i = 0; i < sizes.layers; ++i) {
    const std::string at = "blk." + std::to_string(i) + '.';
    Layer layer;
    layer.attention_norm = add(at + "attn_norm", torch::ones({d}));
    // Heads begin by looking for their own token and copying what they find: from here the copying
    // of symbols forms in minutes, from independent maps it may not form at all.
    const Tensor query = normal(d, d, in), value = normal(d, d, in);
    layer.qkv = add(at + "attn_qkv", torch::cat({query, query, value}));
    layer.output = add(at + "attn_output", value.t().contiguous() * depth);
    layer.inner_norm = add(at + "ffn_norm", torch::ones({d}));
    layer.gate_up = add(at + "ffn_gate_up", normal(2 * sizes.inner, d, in));
    layer.down = add(at + "ffn_down",
                     normal(d, sizes.inner, depth / std::sqrt(static_cast<double>(sizes.inner))));
    layers_.push_back(std::move(layer));
  }
  output_norm_ = add("output_norm", torch::full({d}, output_norm_start));
}

Tensor Model::normed(const Tensor& x, const Tensor& weight) const {
  if (fused_) return fused_norm(x, weight, norm_epsilon);
  return x * torch::rsqrt(x.square().mean(-1, true) + norm_epsilon) * weight;
}

Tensor Model::add(std::string name, Tensor value) {
  value = value.to(device_).set_requires_grad(true);
  parameters_.push_back({std::move(name), value});
  return value;
}

std::int64_t Model::parameter_count() const {
  std::int64_t count = 0;
  for (const Parameter& parameter : parameters_) count += parameter.value.numel();
  return count;
}

std::vector<Model::Place> Model::places_of(const Batch& batch) const {
  std::vector<Place> places;
  for (const Group& group : batch.groups) {
    Place place;
    place.prefix_begin = group.prefix_begin;
    place.prefix_length = group.prefix_length;
    place.questions = static_cast<std::int64_t>(group.begins.size());
    place.longest = *std::max_element(group.lengths.begin(), group.lengths.end());
    std::vector<std::int64_t> padded, packed;
    for (std::size_t i = 0; i < group.begins.size(); ++i) {
      for (std::int64_t t = 0; t < place.longest; ++t) {
        if (t < group.lengths[i]) packed.push_back(static_cast<std::int64_t>(padded.size()));
        padded.push_back(group.begins[i] + std::min(t, group.lengths[i] - 1));
      }
    }
    place.padded = index_tensor(padded, device_);
    place.packed = index_tensor(packed, device_);
    places.push_back(std::move(place));
  }
  return places;
}

// qkv: [rows, 3 width]. Rows of the prefix see those before them; rows of a question the whole
// prefix and what is before them in the question.
Tensor Model::attend(const Tensor& qkv, const Tensor& cosine, const Tensor& sine,
                     const std::vector<Place>& places) const {
  const auto parts = qkv.unflatten(-1, std::vector<std::int64_t>{3, sizes_.heads, -1}).unbind(1);
  const Tensor q = rotate(parts[0], cosine, sine), k = rotate(parts[1], cosine, sine), v = parts[2];
  const double scale = 1 / std::sqrt(static_cast<double>(sizes_.head()));
  std::vector<Tensor> mixed;
  for (const Place& place : places) {
    const auto prefix = [&](const Tensor& x) {
      return x.narrow(0, place.prefix_begin, place.prefix_length).transpose(0, 1);
    };
    const Tensor keys = prefix(k), values = prefix(v);
    const Tensor own_scores = torch::baddbmm(look_ahead(place.prefix_length, device_), prefix(q),
                                             keys.transpose(1, 2), 1, scale);
    mixed.push_back(torch::bmm(torch::softmax(own_scores, -1), values).transpose(0, 1));

    const auto n = place.questions, length = place.longest;
    const auto h = sizes_.heads, size = sizes_.head();
    const auto questions = [&](const Tensor& x) {  // [n, heads, length, head]
      return x.index_select(0, place.padded).view({n, length, h, size}).transpose(1, 2);
    };
    const Tensor asking = questions(q) * scale;
    const Tensor flat = asking.transpose(0, 1).reshape({h, n * length, size});
    const Tensor before =
        torch::bmm(flat, keys.transpose(1, 2)).view({h, n, length, -1}).transpose(0, 1);
    const Tensor within =
        torch::matmul(asking, questions(k).transpose(2, 3)) + look_ahead(length, device_);
    const Tensor weights = torch::softmax(torch::cat({before, within}, -1), -1);
    const auto split = place.prefix_length;
    const Tensor from_prefix =
        torch::bmm(weights.narrow(-1, 0, split).transpose(0, 1).reshape({h, n * length, split}),
                   values)
            .view({h, n, length, size})
            .permute({1, 2, 0, 3});
    const Tensor from_own =
        torch::matmul(weights.narrow(-1, split, length), questions(v)).transpose(1, 2);
    mixed.push_back(
        (from_prefix + from_own).reshape({n * length, h, size}).index_select(0, place.packed));
  }
  return torch::cat(mixed, 0).flatten(1);
}

Tensor Model::logits(const Batch& batch) const {
  const auto half = sizes_.head() / 2;
  const Tensor frequencies =
      torch::pow(rope_base, torch::arange(0, half, torch::TensorOptions(device_)) *
                                (-2.0 / static_cast<double>(sizes_.head())));
  const Tensor angles =
      torch::outer(index_tensor(batch.positions, device_).to(torch::kFloat), frequencies);
  const Tensor cosine = angles.cos(), sine = angles.sin();
  const auto places = fused_ ? std::vector<Place>() : places_of(batch);

  Tensor x = torch::embedding(embedding_, index_tensor(batch.ids, device_));
  for (const Layer& layer : layers_) {
    const Tensor qkv = torch::linear(normed(x, layer.attention_norm), layer.qkv);
    const Tensor mixed =
        fused_ ? fused_attention(qkv, cosine, sine, batch, {sizes_.heads, sizes_.head()})
               : attend(qkv, cosine.unsqueeze(1), sine.unsqueeze(1), places);
    x = x + torch::linear(mixed, layer.output);
    const Tensor gate_up = torch::linear(normed(x, layer.inner_norm), layer.gate_up);
    Tensor inner;
    if (fused_) {
      inner = fused_gate(gate_up);
    } else {
      const auto parts = gate_up.chunk(2, -1);
      inner = torch::silu(parts[0]) * parts[1];
    }
    x = x + torch::linear(inner, layer.down);
  }
  std::vector<std::int64_t> rows;
  for (const Target& target : batch.targets) rows.push_back(target.row);
  const Tensor asked = x.index_select(0, index_tensor(rows, device_));
  return torch::linear(normed(asked, output_norm_), embedding_);
}

}  // namespace idi::lm
