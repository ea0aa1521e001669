#include "random_network.hpp"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <stdexcept>

namespace idi::parser::testing {

model_io::TensorData& WeightsContent::tensor(const std::string& name) {
  for (auto& tensor : tensors)
    if (tensor.name == name) return tensor;
  throw std::out_of_range(name);
}

void WeightsContent::write(const std::string& path, model_io::TensorType type) const {
  model_io::write_tensor_file(path, tensors, texts, type);
}

namespace {

class WeightsMaker {
 public:
  WeightsMaker(const RandomSizes& sizes, unsigned seed) : sizes_(sizes), random_(seed) {}

  WeightsContent make() {
    const int d = sizes_.width;
    add("word.embedding", {sizes_.vocabulary, d}, 0.5F);
    add("gram.embedding", {sizes_.gram_buckets, d}, 0.5F);
    add("class.embedding", {sizes_.word_class_count, d}, 0.5F);
    add("node.embedding", {sizes_.node_class_count, d}, 0.5F);
    add_norm("input.norm");
    for (int l = 0; l < sizes_.encoder_layers; ++l) add_encoder_layer(l);
    add_norm("encoder.norm");
    add_linear("used", d, 1);
    add("symbol.embedding", {sizes_.symbol_count + 1, d}, 0.5F);
    add("position.embedding", {sizes_.max_steps, d}, 0.5F);
    add_linear("pointer.input", d, d);
    for (int l = 0; l < sizes_.decoder_layers; ++l) add_decoder_layer(l);
    add_norm("decoder.norm");
    add_linear("output.symbol", d, sizes_.symbol_count);
    add("output.pointer_query.weight", {d, d}, 0.3F);
    add("output.pointer_key.weight", {d, d}, 0.3F);
    add_texts();
    return std::move(content_);
  }

 private:
  void add(const std::string& name, std::vector<std::int64_t> shape, float spread,
           float centre = 0) {
    std::int64_t count = 1;
    for (const auto size : shape) count *= size;
    std::normal_distribution<float> normal(centre, spread);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) value = normal(random_);
    content_.tensors.push_back({name, std::move(shape), std::move(values)});
  }
  void add_linear(const std::string& name, int in, int out) {
    add(name + ".weight", {out, in}, 0.25F);
    add(name + ".bias", {out}, 0.2F);
  }
  void add_norm(const std::string& name) {
    add(name + ".weight", {sizes_.width}, 0.2F, 1);
    add(name + ".bias", {sizes_.width}, 0.2F);
  }
  void add_feed_forward(const std::string& prefix) {
    add_linear(prefix + "ff1", sizes_.width, sizes_.feed_forward);
    add_linear(prefix + "ff2", sizes_.feed_forward, sizes_.width);
  }
  void add_attention(const std::string& prefix) {
    for (const char* name : {"query", "key", "value", "output"})
      add_linear(prefix + name, sizes_.width, sizes_.width);
  }
  void add_encoder_layer(int layer) {
    const std::string prefix = "encoder." + std::to_string(layer) + ".";
    const int h = sizes_.width / sizes_.heads;
    add_norm(prefix + "norm1");
    add_attention(prefix);
    add(prefix + "relation_key", {sizes_.relation_count, h}, 0.5F);
    add(prefix + "relation_value", {sizes_.relation_count, h}, 0.5F);
    add_norm(prefix + "norm2");
    add_feed_forward(prefix);
  }
  void add_decoder_layer(int layer) {
    const std::string prefix = "decoder." + std::to_string(layer) + ".";
    add_norm(prefix + "norm1");
    add_attention(prefix + "self.");
    add_norm(prefix + "norm2");
    add_attention(prefix + "cross.");
    add_norm(prefix + "norm3");
    add_feed_forward(prefix);
  }
  void add_texts() {
    const std::pair<const char*, int> numbers[] = {
        {"width", sizes_.width},
        {"heads", sizes_.heads},
        {"encoder_layers", sizes_.encoder_layers},
        {"decoder_layers", sizes_.decoder_layers},
        {"feed_forward", sizes_.feed_forward},
        {"gram_buckets", sizes_.gram_buckets},
        {"relation_count", sizes_.relation_count},
        {"node_class_count", sizes_.node_class_count},
        {"word_class_count", sizes_.word_class_count},
        {"symbol_count", sizes_.symbol_count},
        {"max_steps", sizes_.max_steps},
    };
    for (const auto& [key, value] : numbers) content_.texts[key] = std::to_string(value);
    std::string vocabulary = "<unknown>";
    for (int word = 1; word < sizes_.vocabulary; ++word)
      vocabulary += "\nword" + std::to_string(word);
    content_.texts["vocabulary"] = vocabulary;
  }

  RandomSizes sizes_;
  std::mt19937 random_;
  WeightsContent content_;
};

}  // namespace

WeightsContent random_weights(const RandomSizes& sizes, unsigned seed) {
  return WeightsMaker(sizes, seed).make();
}

model_io::ModelInput random_input(const RandomSizes& sizes, int tokens, int columns, int tables,
                                  int values, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](int limit) {
    return std::uniform_int_distribution<int>(0, limit - 1)(random);
  };
  model_io::ModelInput input;
  input.tokens = tokens;
  input.columns = columns;
  input.tables = tables;
  input.values = values;
  input.word_begin = {0};
  input.gram_begin = {0};
  const int nodes = input.nodes();
  for (int node = 0; node < nodes; ++node) {
    for (int word = 1 + below(4); word > 0; --word) {
      input.word_ids.push_back(below(sizes.vocabulary));
      input.word_classes.push_back(static_cast<std::uint8_t>(below(sizes.word_class_count)));
      for (int gram = below(6); gram > 0; --gram)
        input.gram_ids.push_back(static_cast<std::uint16_t>(below(sizes.gram_buckets)));
      input.gram_begin.push_back(static_cast<std::int32_t>(input.gram_ids.size()));
    }
    input.word_begin.push_back(static_cast<std::int32_t>(input.word_ids.size()));
    input.node_classes.push_back(static_cast<std::uint8_t>(below(sizes.node_class_count)));
  }
  for (int pair = 0; pair < nodes * nodes; ++pair)
    input.relations.push_back(static_cast<std::uint8_t>(below(sizes.relation_count)));
  return input;
}

TemporaryFile::TemporaryFile(const std::string& suffix) {
  static std::atomic<int> next{0};
  const auto name = "idi-parser-" + std::to_string(getpid()) + "-" + std::to_string(next++);
  path_ = (std::filesystem::temp_directory_path() / (name + suffix)).string();
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace idi::parser::testing
