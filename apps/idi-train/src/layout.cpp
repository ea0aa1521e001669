#include "layout.hpp"

#include <cmath>
#include <random>
#include <stdexcept>

namespace idi::train {
namespace {

/// Tensors start on cache lines, so that kernels may load whole vectors.
constexpr Index alignment = 16;

class Builder {
 public:
  explicit Builder(Layout& layout) : layout_(layout) {}

  Index tensor(const std::string& name, std::vector<std::int64_t> shape, bool decays,
               float deviation, float value = 0) {
    TensorAt at;
    at.name = name;
    at.shape = std::move(shape);
    at.count = 1;
    for (const std::int64_t extent : at.shape) at.count *= extent;
    at.offset = layout_.count;
    at.decays = decays;
    at.start_deviation = deviation;
    at.start_value = value;
    layout_.count = (at.offset + at.count + alignment - 1) / alignment * alignment;
    layout_.tensors.push_back(at);
    return at.offset;
  }

  Index embedding(const std::string& name, int rows, int width, float deviation) {
    return tensor(name, {rows, width}, false, deviation);
  }

  NormAt norm(const std::string& name) {
    const int width = layout_.sizes.width;
    NormAt at;
    at.weight = tensor(name + ".weight", {width}, false, 0, 1);
    at.bias = tensor(name + ".bias", {width}, false, 0);
    return at;
  }

  /// Several maps [out, in] of one input, stored as one map [n·out, in].
  LinearAt linears(const std::string& prefix, const std::vector<std::string>& names, int in,
                   int out, float gain = 1, bool biased = true) {
    const float deviation = gain * std::sqrt(2.0F / static_cast<float>(in + out));
    LinearAt at;
    at.in = in;
    at.out = out * static_cast<int>(names.size());
    at.weight = layout_.count;
    for (const auto& name : names) tensor(prefix + name + ".weight", {out, in}, true, deviation);
    if (!biased) return at;
    at.bias = layout_.count;
    for (const auto& name : names) tensor(prefix + name + ".bias", {out}, false, 0);
    return at;
  }

  FeedForwardAt feed_forward(const std::string& prefix, const std::string& norm_name, float gain) {
    const Sizes& sizes = layout_.sizes;
    FeedForwardAt at;
    at.norm = norm(prefix + norm_name);
    at.first = linears(prefix, {"ff1"}, sizes.width, sizes.feed_forward);
    at.second = linears(prefix, {"ff2"}, sizes.feed_forward, sizes.width, gain);
    return at;
  }

 private:
  Layout& layout_;
};

void check(const Sizes& sizes) {
  const auto require = [](bool condition, const char* what) {
    if (!condition) throw std::invalid_argument(what);
  };
  require(sizes.width >= 16 && sizes.width <= 2048 && sizes.width % 16 == 0,
          "--width must be a multiple of 16 from 16 to 2048");
  require(sizes.heads >= 1 && sizes.heads <= 64 && sizes.width % sizes.heads == 0,
          "--heads must divide --width");
  require(sizes.encoder_layers >= 1 && sizes.encoder_layers <= 64,
          "--encoder-layers must be from 1 to 64");
  require(sizes.decoder_layers >= 1 && sizes.decoder_layers <= 64,
          "--decoder-layers must be from 1 to 64");
  require(sizes.feed_forward >= 16 && sizes.feed_forward <= 16384 && sizes.feed_forward % 16 == 0,
          "--feed-forward must be a multiple of 16 from 16 to 16384");
  require(sizes.max_steps >= 1 && sizes.max_steps <= 1024, "--max-steps must be from 1 to 1024");
}

}  // namespace

std::map<std::string, std::string> Sizes::texts() const {
  return {{"width", std::to_string(width)},
          {"heads", std::to_string(heads)},
          {"encoder_layers", std::to_string(encoder_layers)},
          {"decoder_layers", std::to_string(decoder_layers)},
          {"feed_forward", std::to_string(feed_forward)},
          {"max_steps", std::to_string(max_steps)},
          {"gram_buckets", std::to_string(grams)},
          {"word_class_count", std::to_string(word_classes)},
          {"node_class_count", std::to_string(node_classes)},
          {"relation_count", std::to_string(relations)},
          {"symbol_count", std::to_string(symbols)}};
}

Layout::Layout(const Sizes& wanted) : sizes(wanted) {
  check(sizes);
  Builder build(*this);
  const int d = sizes.width;
  const float row = 1 / std::sqrt(static_cast<float>(d));
  // The residual sum of 2L branches keeps the scale of one.
  const float encoder_gain = 1 / std::sqrt(2.0F * static_cast<float>(sizes.encoder_layers));
  const float decoder_gain = 1 / std::sqrt(3.0F * static_cast<float>(sizes.decoder_layers));

  words = build.embedding("word.embedding", sizes.vocabulary, d, row);
  grams = build.embedding("gram.embedding", sizes.grams, d, row);
  word_classes = build.embedding("class.embedding", sizes.word_classes, d, row);
  node_classes = build.embedding("node.embedding", sizes.node_classes, d, row);
  input_norm = build.norm("input.norm");
  for (int l = 0; l < sizes.encoder_layers; ++l) {
    const std::string prefix = "encoder." + std::to_string(l) + ".";
    EncoderLayerAt at;
    at.norm = build.norm(prefix + "norm1");
    at.query_key_value = build.linears(prefix, {"query", "key", "value"}, d, d);
    at.output = build.linears(prefix, {"output"}, d, d, encoder_gain);
    at.relation_key =
        build.embedding(prefix + "relation_key", sizes.relations, sizes.head_width(), 0.1F);
    at.relation_value =
        build.embedding(prefix + "relation_value", sizes.relations, sizes.head_width(), 0.1F);
    at.feed_forward = build.feed_forward(prefix, "norm2", encoder_gain);
    encoder.push_back(at);
  }
  encoder_norm = build.norm("encoder.norm");
  used = build.linears("", {"used"}, d, 1);
  symbols = build.embedding("symbol.embedding", sizes.symbols + 1, d, row);
  positions = build.embedding("position.embedding", sizes.max_steps, d, row);
  pointer_input = build.linears("pointer.", {"input"}, d, d);
  for (int l = 0; l < sizes.decoder_layers; ++l) {
    const std::string prefix = "decoder." + std::to_string(l) + ".";
    DecoderLayerAt at;
    at.self_norm = build.norm(prefix + "norm1");
    at.self_query_key_value = build.linears(prefix + "self.", {"query", "key", "value"}, d, d);
    at.self_output = build.linears(prefix + "self.", {"output"}, d, d, decoder_gain);
    at.cross_norm = build.norm(prefix + "norm2");
    at.cross_query = build.linears(prefix + "cross.", {"query"}, d, d);
    at.cross_key_value = build.linears(prefix + "cross.", {"key", "value"}, d, d);
    at.cross_output = build.linears(prefix + "cross.", {"output"}, d, d, decoder_gain);
    at.feed_forward = build.feed_forward(prefix, "norm3", decoder_gain);
    decoder.push_back(at);
  }
  decoder_norm = build.norm("decoder.norm");
  symbol_output = build.linears("output.", {"symbol"}, d, sizes.symbols);
  pointer_query = build.linears("output.", {"pointer_query"}, d, d, 1, false);
  pointer_key = build.linears("output.", {"pointer_key"}, d, d, 1, false);
}

Index Layout::parameter_count() const {
  Index sum = 0;
  for (const TensorAt& at : tensors) sum += at.count;
  return sum;
}

std::vector<float> Layout::initial_values(std::uint64_t seed) const {
  std::vector<float> values(static_cast<std::size_t>(count));
  std::mt19937_64 random(seed);
  for (const TensorAt& at : tensors) {
    std::normal_distribution<float> normal(0, at.start_deviation > 0 ? at.start_deviation : 1);
    float* start = values.data() + at.offset;
    for (Index i = 0; i < at.count; ++i)
      start[i] = at.start_deviation > 0 ? normal(random) : at.start_value;
  }
  return values;
}

}  // namespace idi::train
