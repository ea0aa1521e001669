// Tensors of a weights file → Network. Every shape is checked before a float is read.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "network.hpp"

namespace idi::parser {

namespace {

/// Sizes beyond these are a corrupt file, not a model of ours; they also keep products in range.
constexpr int max_width = 2048;
constexpr int max_layers = 64;
constexpr int max_rows = 1 << 22;

struct SizeRule {
  const char* key;
  int NetworkSizes::*field;
  int low, high;
};
constexpr SizeRule size_rules[] = {
    {"width", &NetworkSizes::width, 1, max_width},
    {"heads", &NetworkSizes::heads, 1, 64},
    {"encoder_layers", &NetworkSizes::encoder_layers, 1, max_layers},
    {"decoder_layers", &NetworkSizes::decoder_layers, 1, max_layers},
    {"feed_forward", &NetworkSizes::feed_forward, 1, 8 * max_width},
    {"gram_buckets", &NetworkSizes::gram_buckets, 1, 65536},
    {"relation_count", &NetworkSizes::relation_count, 1, 256},
    {"node_class_count", &NetworkSizes::node_class_count, 1, 256},
    {"word_class_count", &NetworkSizes::word_class_count, 1, 256},
    {"symbol_count", &NetworkSizes::symbol_count, 1, 128},  // more than known: a later version's
    {"max_steps", &NetworkSizes::max_steps, 1, 4096},
};

Error unreadable(std::string what) {
  return make_error(
      ErrorCode::unreadable, fmt::format("The weights file does not hold a parser: {}", what),
      "Restore the file from the release that this program came with, or name another "
      "with --weights.");
}

}  // namespace

/// Reads tensors by name; throws FormatError like TensorFile where one is missing or misshapen.
class NetworkLoader {
 public:
  explicit NetworkLoader(const model_io::TensorFile& file) : file_(file) {}

  void load(Network& network) {
    read_sizes();
    const int d = sizes_.width;
    network.sizes_ = sizes_;
    network.words_ = EmbeddingTable(view("word.embedding", {sizes_.vocabulary, d}));
    network.grams_ = EmbeddingTable(view("gram.embedding", {sizes_.gram_buckets, d}));
    network.word_classes_ = floats("class.embedding", {sizes_.word_class_count, d});
    network.node_classes_ = floats("node.embedding", {sizes_.node_class_count, d});
    network.input_norm_ = norm("input.norm");
    for (int l = 0; l < sizes_.encoder_layers; ++l)
      network.encoder_.push_back(encoder_layer(fmt::format("encoder.{}.", l)));
    network.encoder_norm_ = norm("encoder.norm");
    network.used_weight_ = floats("used.weight", {1, d});
    network.used_bias_ = floats("used.bias", {1})[0];
    network.symbols_ = floats("symbol.embedding", {sizes_.symbol_count + 1, d});
    network.positions_ = floats("position.embedding", {sizes_.max_steps, d});
    network.pointer_input_ = linear("pointer.input", d, d);
    for (int l = 0; l < sizes_.decoder_layers; ++l)
      network.decoder_.push_back(decoder_layer(fmt::format("decoder.{}.", l)));
    network.decoder_norm_ = norm("decoder.norm");
    network.symbol_output_ = linear("output.symbol", sizes_.symbol_count, d);
    network.pointer_query_.weight =
        matrix("output.pointer_query.weight", d, d, 1.0F / std::sqrt(static_cast<float>(d)));
    network.pointer_key_.weight = matrix("output.pointer_key.weight", d, d, 1.0F);
  }

 private:
  [[noreturn]] static void corrupt(const std::string& what) {
    throw model_io::FormatError(model_io::FormatError::Kind::corrupt, what);
  }

  void read_sizes() {
    for (const SizeRule& rule : size_rules) {
      const int value = file_.number(rule.key);
      if (value < rule.low || value > rule.high)
        corrupt(
            fmt::format("\"{}\" is {}, expected {} to {}", rule.key, value, rule.low, rule.high));
      sizes_.*rule.field = value;
    }
    if (sizes_.width % sizes_.heads != 0)
      corrupt(fmt::format("width {} is no multiple of {} heads", sizes_.width, sizes_.heads));
    const auto& words = file_.tensor("word.embedding");
    if (words.shape.size() != 2 || words.shape[0] < 1 || words.shape[0] > max_rows)
      corrupt("\"word.embedding\" has no rows");
    sizes_.vocabulary = static_cast<int>(words.shape[0]);
  }

  model_io::TensorView view(const std::string& name, std::vector<std::int64_t> shape) const {
    const auto& tensor = file_.tensor(name);
    if (tensor.shape != shape)
      corrupt(fmt::format("\"{}\" has the shape [{}], expected [{}]", name,
                          fmt::join(tensor.shape, ", "), fmt::join(shape, ", ")));
    return tensor;
  }

  std::vector<float> floats(const std::string& name, std::vector<std::int64_t> shape) const {
    const auto tensor = view(name, std::move(shape));
    std::vector<float> values(static_cast<std::size_t>(tensor.count()));
    if (tensor.type == model_io::TensorType::f16)
      kernels().widen(reinterpret_cast<const std::uint16_t*>(tensor.bytes.data()), values.data(),
                      values.size());
    else
      std::copy_n(reinterpret_cast<const float*>(tensor.bytes.data()), values.size(),
                  values.begin());
    return values;
  }

  PackedMatrix matrix(const std::string& name, int out, int in, float scale) const {
    auto values = floats(name, {out, in});
    if (scale != 1.0F)
      for (float& value : values) value *= scale;
    return PackedMatrix::transposed(values.data(), in, out, in);
  }

  Norm norm(const std::string& name) const {
    return {floats(name + ".weight", {sizes_.width}), floats(name + ".bias", {sizes_.width})};
  }

  Linear linear(const std::string& name, int out, int in) const {
    return {matrix(name + ".weight", out, in, 1.0F), floats(name + ".bias", {out})};
  }

  /// Several maps of the same input as one. Queries are divided by sqrt(head width) here, once.
  Linear joined(const std::string& prefix, std::initializer_list<const char*> names) const {
    const int d = sizes_.width;
    std::vector<float> weights;
    std::vector<float> biases;
    for (const std::string name : names) {
      auto weight = floats(prefix + name + ".weight", {d, d});
      auto bias = floats(prefix + name + ".bias", {d});
      if (name == "query") {
        const float scale = 1.0F / std::sqrt(static_cast<float>(sizes_.head_width()));
        for (float& value : weight) value *= scale;
        for (float& value : bias) value *= scale;
      }
      weights.insert(weights.end(), weight.begin(), weight.end());
      biases.insert(biases.end(), bias.begin(), bias.end());
    }
    return {PackedMatrix::transposed(weights.data(), d, static_cast<int>(biases.size()), d),
            std::move(biases)};
  }

  FeedForward feed_forward(const std::string& prefix) const {
    return {linear(prefix + "ff1", sizes_.feed_forward, sizes_.width),
            linear(prefix + "ff2", sizes_.width, sizes_.feed_forward)};
  }

  EncoderLayer encoder_layer(const std::string& prefix) const {
    const int d = sizes_.width;
    const int h = sizes_.head_width();
    const int relations = sizes_.relation_count;
    EncoderLayer layer;
    layer.norm1 = norm(prefix + "norm1");
    layer.norm2 = norm(prefix + "norm2");
    layer.query_key_value = joined(prefix, {"query", "key", "value"});
    layer.output = linear(prefix + "output", d, d);
    layer.relation_key = matrix(prefix + "relation_key", relations, h, 1.0F);
    const auto values = floats(prefix + "relation_value", {relations, h});
    layer.relation_value = PackedMatrix::plain(values.data(), h, relations, h);
    layer.feed_forward = feed_forward(prefix);
    return layer;
  }

  DecoderLayer decoder_layer(const std::string& prefix) const {
    const int d = sizes_.width;
    DecoderLayer layer;
    layer.norm1 = norm(prefix + "norm1");
    layer.norm2 = norm(prefix + "norm2");
    layer.norm3 = norm(prefix + "norm3");
    layer.self_query_key_value = joined(prefix + "self.", {"query", "key", "value"});
    layer.self_output = linear(prefix + "self.output", d, d);
    layer.cross_query = joined(prefix + "cross.", {"query"});
    layer.cross_key_value = joined(prefix + "cross.", {"key", "value"});
    layer.cross_output = linear(prefix + "cross.output", d, d);
    layer.feed_forward = feed_forward(prefix);
    return layer;
  }

  const model_io::TensorFile& file_;
  NetworkSizes sizes_;
};

Result<std::shared_ptr<const Network>> Network::load(
    std::shared_ptr<const model_io::TensorFile> file) {
  std::shared_ptr<Network> network(new Network);
  try {
    NetworkLoader(*file).load(*network);
  } catch (const model_io::FormatError& error) {
    return unreadable(error.what());
  }
  network->file_ = std::move(file);
  return std::shared_ptr<const Network>(std::move(network));
}

}  // namespace idi::parser
