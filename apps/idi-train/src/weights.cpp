#include "weights.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

#include "idi/model_io/tensor_file.hpp"

namespace idi::train {
namespace {

using model_io::FormatError;

int line_count(std::string_view text) {
  const auto lines = std::count(text.begin(), text.end(), '\n');
  return static_cast<int>(lines) + (!text.empty() && text.back() != '\n' ? 1 : 0);
}

/// Row `row` and those after it, up to `end`, become the mean of the first `row` rows plus noise.
void append_rows(float* rows, Index row, Index end, Index width, float deviation,
                 std::mt19937_64& random) {
  std::normal_distribution<float> normal(0, deviation);
  for (Index c = 0; c < width; ++c) {
    double sum = 0;
    for (Index r = 0; r < row; ++r) sum += static_cast<double>(rows[r * width + c]);
    const auto mean = static_cast<float>(sum / static_cast<double>(row));
    for (Index r = row; r < end; ++r) rows[r * width + c] = mean + normal(random);
  }
}

}  // namespace

Sizes with_header(Sizes sizes, const model_io::ExampleHeader& header) {
  // read_examples() has checked that these are numbers.
  const auto number = [&](const char* key) { return std::atoi(header.at(key).c_str()); };
  sizes.symbols = number("symbol_count");
  sizes.relations = number("relation_count");
  sizes.node_classes = number("node_class_count");
  sizes.word_classes = number("word_class_count");
  sizes.grams = number("gram_buckets");
  sizes.vocabulary = line_count(header.at("vocabulary"));
  return sizes;
}

void save_weights(const std::string& path, const Layout& layout, const std::vector<float>& values,
                  const model_io::ExampleHeader& header, const std::string& training, bool half) {
  auto texts = header;
  for (const auto& [key, text] : layout.sizes.texts()) texts[key] = text;
  texts["training"] = training;
  std::vector<model_io::TensorData> tensors;
  for (const TensorAt& at : layout.tensors)
    tensors.push_back(
        {at.name, at.shape, {values.begin() + at.offset, values.begin() + at.offset + at.count}});
  model_io::write_tensor_file(path, tensors, texts,
                              half ? model_io::TensorType::f16 : model_io::TensorType::f32);
}

LoadedWeights load_weights(const std::string& path) {
  const auto file = model_io::TensorFile::open(path);
  LoadedWeights loaded;
  Sizes& sizes = loaded.sizes;
  sizes.width = file->number("width");
  sizes.heads = file->number("heads");
  sizes.encoder_layers = file->number("encoder_layers");
  sizes.decoder_layers = file->number("decoder_layers");
  sizes.feed_forward = file->number("feed_forward");
  sizes.max_steps = file->number("max_steps");
  sizes.grams = file->number("gram_buckets");
  sizes.word_classes = file->number("word_class_count");
  sizes.node_classes = file->number("node_class_count");
  sizes.relations = file->number("relation_count");
  sizes.symbols = file->number("symbol_count");
  const auto texts = file->texts();
  if (const auto found = texts.find("selector"); found != texts.end()) {
    loaded.selector = found->second;
  }
  loaded.vocabulary = file->text("vocabulary");
  sizes.vocabulary = line_count(loaded.vocabulary);
  const Layout layout(sizes);
  loaded.values.resize(static_cast<std::size_t>(layout.count));
  for (const TensorAt& at : layout.tensors) {
    if (file->tensor(at.name).shape != at.shape)
      throw FormatError(FormatError::Kind::corrupt,
                        path + ": tensor " + at.name + " has another shape");
    const auto floats = file->floats(at.name);
    std::copy(floats.begin(), floats.end(), loaded.values.begin() + at.offset);
  }
  return loaded;
}

LoadedWeights with_symbols(LoadedWeights from, int symbols, std::uint64_t seed) {
  if (symbols == from.sizes.symbols) return from;
  constexpr float noise = 0.2F;  // of what a row of random weights would have
  const Layout before(from.sizes);
  const Index had = from.sizes.symbols;
  from.sizes.symbols = symbols;
  const Layout after(from.sizes);
  std::vector<float> values(static_cast<std::size_t>(after.count));
  std::mt19937_64 random(seed);
  for (std::size_t t = 0; t < after.tensors.size(); ++t) {
    const TensorAt& old = before.tensors[t];
    const TensorAt& now = after.tensors[t];
    float* to = values.data() + now.offset;
    const auto start = from.values.begin() + old.offset;
    std::copy(start, start + old.count, to);
    if (now.count == old.count) continue;
    const Index width = now.shape.size() == 2 ? now.shape[1] : 1;
    const bool embedding = now.offset == after.symbols;
    const Index last = embedding ? symbols : now.shape[0];
    if (embedding) std::copy_n(start + had * width, width, to + last * width);
    append_rows(to, had, last, width, noise * now.start_deviation, random);
  }
  from.values = std::move(values);
  return from;
}

}  // namespace idi::train
