// All parameters of the network (docs/model.md) in one flat buffer: where each tensor lies, how it
// starts, whether it decays. Engines, the optimiser and the files all use this one table.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace idi::train {

using Index = std::int64_t;

struct Sizes {
  int width = 192, heads = 4, encoder_layers = 4, decoder_layers = 2, feed_forward = 512;
  int max_steps = 64;
  int vocabulary = 0, grams = 0, word_classes = 0, node_classes = 0, relations = 0, symbols = 0;

  [[nodiscard]] int head_width() const { return width / heads; }
  /// As the weights file has them (vocabulary excepted: it is a text of its own).
  [[nodiscard]] std::map<std::string, std::string> texts() const;
};

struct TensorAt {
  std::string name;
  std::vector<std::int64_t> shape;
  Index offset = 0;
  Index count = 0;
  bool decays = false;        ///< Weight decay applies: matrices, not embeddings.
  float start_deviation = 0;  ///< Standard deviation of the normal it starts from; 0: constant.
  float start_value = 0;
};

struct LinearAt {
  Index weight = 0, bias = -1;  ///< bias -1: none
  int in = 0, out = 0;
};
struct NormAt {
  Index weight = 0, bias = 0;
};
struct FeedForwardAt {
  NormAt norm;
  LinearAt first, second;
};
struct EncoderLayerAt {
  NormAt norm;
  LinearAt query_key_value, output;  ///< Three maps of one input, one after the other.
  Index relation_key = 0, relation_value = 0;
  FeedForwardAt feed_forward;
};
struct DecoderLayerAt {
  NormAt self_norm;
  LinearAt self_query_key_value, self_output;
  NormAt cross_norm;
  LinearAt cross_query, cross_key_value, cross_output;
  FeedForwardAt feed_forward;
};

struct Layout {
  /// Throws std::invalid_argument if the sizes cannot be built.
  explicit Layout(const Sizes& sizes);

  Sizes sizes;
  std::vector<TensorAt> tensors;
  Index count = 0;  ///< Floats of the buffer; gaps between tensors stay zero.

  Index words = 0, grams = 0, word_classes = 0, node_classes = 0;
  NormAt input_norm;
  std::vector<EncoderLayerAt> encoder;
  NormAt encoder_norm;
  LinearAt used;
  Index symbols = 0, positions = 0;
  LinearAt pointer_input;
  std::vector<DecoderLayerAt> decoder;
  NormAt decoder_norm;
  LinearAt symbol_output, pointer_query, pointer_key;

  [[nodiscard]] Index parameter_count() const;
  /// The buffer as training starts.
  [[nodiscard]] std::vector<float> initial_values(std::uint64_t seed) const;
};

}  // namespace idi::train
