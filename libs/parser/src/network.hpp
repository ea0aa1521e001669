// The network of docs/model.md: weights, encoder, and what the decoder needs of one question.
// Immutable after loading, thread-safe. Knows nothing of SQL: nodes, relations and numbers only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/model_io/model_input.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "interrupt.hpp"
#include "kernels.hpp"

namespace idi::parser {

struct NetworkSizes {
  int width = 0, heads = 0, encoder_layers = 0, decoder_layers = 0, feed_forward = 0;
  int gram_buckets = 0, relation_count = 0, node_class_count = 0, word_class_count = 0;
  int symbol_count = 0, max_steps = 0, vocabulary = 0;

  [[nodiscard]] int head_width() const { return width / heads; }
};

/// y = W x + b.
struct Linear {
  PackedMatrix weight;
  std::vector<float> bias;  ///< Empty: none.

  void apply(const float* x, int rows, float* y, Epilogue epilogue = {}) const {
    epilogue.bias = bias.empty() ? nullptr : bias.data();
    weight.multiply(x, weight.inner(), rows, y, weight.columns(), epilogue);
  }
};

struct Norm {
  std::vector<float> weight, bias;

  void apply(const float* x, int rows, float* y) const {
    kernels().layer_norm(x, rows, static_cast<int>(weight.size()), weight.data(), bias.data(), y);
  }
};

struct FeedForward {
  Linear in, out;

  /// x += out(relu(in(norm(x)))); `inner` and `normed` are scratch.
  void add_to(float* x, int rows, const Norm& norm, std::vector<float>& normed,
              std::vector<float>& inner) const;
};

/// A table of which few rows are read: left in the file, widened row by row.
class EmbeddingTable {
 public:
  EmbeddingTable() = default;
  explicit EmbeddingTable(model_io::TensorView view) : view_(std::move(view)) {}
  /// y += scale · row; `scratch` holds one row.
  void add_row(int row, float scale, float* y, float* scratch) const;

 private:
  model_io::TensorView view_;
};

struct EncoderLayer {
  Norm norm1, norm2;
  Linear query_key_value, output;  ///< One product for all three.
  PackedMatrix relation_key, relation_value;
  FeedForward feed_forward;
};

struct DecoderLayer {
  Norm norm1, norm2, norm3;
  Linear self_query_key_value, self_output;
  Linear cross_query, cross_key_value, cross_output;
  FeedForward feed_forward;
};

/// What the encoder says of one input: one row of `width` floats per node.
struct Memory {
  std::vector<float> rows;
  int tokens = 0, columns = 0, tables = 0, values = 0;

  [[nodiscard]] int nodes() const { return tokens + columns + tables + values; }
};

class Network {
 public:
  /// Errors: unreadable (a tensor is missing or of another shape than the sizes say).
  static Result<std::shared_ptr<const Network>> load(
      std::shared_ptr<const model_io::TensorFile> file);

  /// Errors: invalid_argument (an id is beyond its table), timeout, cancelled.
  [[nodiscard]] Result<Memory> encode(const model_io::ModelInput& input,
                                      const Interrupt& interrupt) const;
  /// Probability, for every node, that the query uses it (meaningful for columns, tables, values).
  [[nodiscard]] std::vector<float> used_probabilities(const Memory& memory) const;

  [[nodiscard]] const NetworkSizes& sizes() const { return sizes_; }
  [[nodiscard]] const model_io::TensorFile& file() const { return *file_; }

 private:
  friend class Decoder;
  friend class NetworkLoader;
  Network() = default;
  [[nodiscard]] Status check(const model_io::ModelInput& input) const;
  [[nodiscard]] std::vector<float> embed(const model_io::ModelInput& input) const;

  std::shared_ptr<const model_io::TensorFile> file_;
  NetworkSizes sizes_;
  EmbeddingTable words_, grams_;
  std::vector<float> word_classes_, node_classes_;
  Norm input_norm_, encoder_norm_, decoder_norm_;
  std::vector<EncoderLayer> encoder_;
  std::vector<DecoderLayer> decoder_;
  std::vector<float> used_weight_;
  float used_bias_ = 0;
  std::vector<float> symbols_;    ///< [symbol_count + 1, width]; the last is the start.
  std::vector<float> positions_;  ///< [max_steps, width]
  Linear pointer_input_, symbol_output_, pointer_query_, pointer_key_;
};

}  // namespace idi::parser
