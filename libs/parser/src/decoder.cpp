#include "decoder.hpp"

#include <algorithm>

#include "idi/core/assert.hpp"

namespace idi::parser {

Decoder::Decoder(const Network& network, const Memory& memory)
    : network_(network), sizes_(network.sizes_), nodes_(memory.nodes()) {
  const int d = sizes_.width;
  const int h = sizes_.head_width();
  std::vector<float> both(static_cast<std::size_t>(nodes_) * 2 * d);
  for (const DecoderLayer& layer : network_.decoder_) {
    layer.cross_key_value.apply(memory.rows.data(), nodes_, both.data());
    LayerMemory& kept = layers_.emplace_back();
    for (int head = 0; head < sizes_.heads; ++head) {
      kept.keys.push_back(PackedMatrix::transposed(both.data() + head * h, 2L * d, nodes_, h));
      kept.values.push_back(PackedMatrix::plain(both.data() + d + head * h, 2L * d, nodes_, h));
    }
  }
  pointer_inputs_.resize(static_cast<std::size_t>(nodes_) * d);
  network_.pointer_input_.apply(memory.rows.data(), nodes_, pointer_inputs_.data());
  both.resize(pointer_inputs_.size());
  network_.pointer_key_.apply(memory.rows.data(), nodes_, both.data());
  pointer_keys_ = PackedMatrix::transposed(both.data(), d, nodes_, d);
}

int Decoder::logits_per_step() const { return sizes_.symbol_count + nodes_; }

void Decoder::read_inputs(std::span<const DecoderStep> steps) {
  const int d = sizes_.width;
  x_.resize(steps.size() * d);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const DecoderStep& step = steps[i];
    IDI_ASSERT(step.previous < logits_per_step());
    const float* token = nullptr;
    if (step.previous >= sizes_.symbol_count)
      token = pointer_inputs_.data() +
              static_cast<std::ptrdiff_t>(step.previous - sizes_.symbol_count) * d;
    else
      token = network_.symbols_.data() +
              static_cast<std::ptrdiff_t>(step.previous == DecoderStep::start ? sizes_.symbol_count
                                                                              : step.previous) *
                  d;
    const auto position = std::min(static_cast<int>(step.history->size()), sizes_.max_steps - 1);
    const float* place = network_.positions_.data() + static_cast<std::ptrdiff_t>(position) * d;
    for (int k = 0; k < d; ++k) x_[i * d + k] = token[k] + place[k];
  }
}

// Outputs have different histories, and these are short: plain dot products.
void Decoder::attend_to_outputs(std::span<const DecoderStep> steps, LayerMemory& memory) {
  const int d = sizes_.width;
  const int h = sizes_.head_width();
  const auto& arithmetic = kernels();
  const std::size_t first_row = memory.pool.size() / (2 * d);
  for (std::size_t i = 0; i < steps.size(); ++i)
    memory.pool.insert(memory.pool.end(), qkv_.begin() + static_cast<std::ptrdiff_t>(i * 3 * d) + d,
                       qkv_.begin() + static_cast<std::ptrdiff_t>((i + 1) * 3 * d));
  std::fill(mixed_.begin(), mixed_.end(), 0.0F);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::vector<int>& history = *steps[i].history;
    const std::size_t length = history.size() + 1;
    const auto row = [&](std::size_t t) {
      const std::size_t r = t + 1 == length ? first_row + i : static_cast<std::size_t>(history[t]);
      return memory.pool.data() + r * 2 * d;
    };
    scores_.resize(std::max(scores_.size(), length));
    for (int head = 0; head < sizes_.heads; ++head) {
      const float* query = qkv_.data() + i * 3 * d + head * h;
      float* out = mixed_.data() + i * d + head * h;
      for (std::size_t t = 0; t < length; ++t)
        scores_[t] = arithmetic.dot(query, row(t) + head * h, h);
      arithmetic.softmax(scores_.data(), 0, 1, static_cast<int>(length));
      for (std::size_t t = 0; t < length; ++t)
        arithmetic.add_scaled(scores_[t], row(t) + d + head * h, out, h);
    }
  }
}

void Decoder::attend_to_nodes(const LayerMemory& memory, int count) {
  const int d = sizes_.width;
  const int h = sizes_.head_width();
  scores_.resize(std::max(scores_.size(), static_cast<std::size_t>(count) * nodes_));
  for (int head = 0; head < sizes_.heads; ++head) {
    memory.keys[head].multiply(qkv_.data() + head * h, d, count, scores_.data(), nodes_);
    kernels().softmax(scores_.data(), nodes_, count, nodes_);
    memory.values[head].multiply(scores_.data(), nodes_, count, mixed_.data() + head * h, d);
  }
}

std::span<const float> Decoder::advance(std::span<const DecoderStep> steps) {
  const auto count = static_cast<int>(steps.size());
  read_inputs(steps);
  normed_.resize(x_.size());
  mixed_.resize(x_.size());
  qkv_.resize(x_.size() * 3);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const DecoderLayer& layer = network_.decoder_[l];
    layer.norm1.apply(x_.data(), count, normed_.data());
    layer.self_query_key_value.apply(normed_.data(), count, qkv_.data());
    attend_to_outputs(steps, layers_[l]);
    layer.self_output.apply(mixed_.data(), count, x_.data(), {.accumulate = true});

    layer.norm2.apply(x_.data(), count, normed_.data());
    layer.cross_query.apply(normed_.data(), count, qkv_.data());
    attend_to_nodes(layers_[l], count);
    layer.cross_output.apply(mixed_.data(), count, x_.data(), {.accumulate = true});

    layer.feed_forward.add_to(x_.data(), count, layer.norm3, normed_, inner_);
  }
  network_.decoder_norm_.apply(x_.data(), count, normed_.data());
  last_rows_ += count;
  last_count_ = count;

  const int row = logits_per_step();
  logits_.resize(static_cast<std::size_t>(count) * row);
  const float* h = normed_.data();
  network_.symbol_output_.weight.multiply(h, sizes_.width, count, logits_.data(), row,
                                          {.bias = network_.symbol_output_.bias.data()});
  network_.pointer_query_.apply(h, count, mixed_.data());
  pointer_keys_.multiply(mixed_.data(), sizes_.width, count, logits_.data() + sizes_.symbol_count,
                         row);
  return {logits_.data(), logits_.size()};
}

}  // namespace idi::parser
