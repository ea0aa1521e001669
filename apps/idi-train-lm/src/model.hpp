// The Llama architecture exactly as llama.cpp computes it: RMS norms before each part, rotary
// positions on neighbouring pairs of numbers (its "norm" kind, so that nothing is permuted in the
// file), SwiGLU, no biases, input and output embeddings tied.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <vector>

#include "batch.hpp"

namespace idi::lm {

struct ModelSizes {
  std::int64_t vocabulary = 0, width = 128, layers = 5, heads = 4, inner = 320;
  [[nodiscard]] std::int64_t head() const { return width / heads; }
  friend bool operator==(const ModelSizes&, const ModelSizes&) = default;
};

inline constexpr double norm_epsilon = 1e-5, rope_base = 10000;

class Model {
 public:
  enum class Operators { plain, fused };  ///< libtorch's; our own, on the processor alone.
  Model(const ModelSizes& sizes, torch::Device device, std::uint64_t seed,
        Operators operators = Operators::fused);

  /// Logits [targets, vocabulary] at the batch's targets.
  [[nodiscard]] torch::Tensor logits(const Batch& batch) const;

  struct Parameter {
    std::string name;  ///< As in a GGUF file; "attn_qkv" holds three, one after the other.
    torch::Tensor value;
  };
  [[nodiscard]] const std::vector<Parameter>& parameters() const { return parameters_; }
  [[nodiscard]] const ModelSizes& sizes() const { return sizes_; }
  [[nodiscard]] torch::Device device() const { return device_; }
  [[nodiscard]] std::int64_t parameter_count() const;

 private:
  struct Layer {
    torch::Tensor attention_norm, qkv, output, inner_norm, gate_up, down;
  };
  struct Place;
  torch::Tensor add(std::string name, torch::Tensor value);
  [[nodiscard]] torch::Tensor normed(const torch::Tensor& x, const torch::Tensor& weight) const;
  [[nodiscard]] torch::Tensor attend(const torch::Tensor& qkv, const torch::Tensor& cosine,
                                     const torch::Tensor& sine,
                                     const std::vector<Place>& places) const;
  [[nodiscard]] std::vector<Place> places_of(const Batch& batch) const;

  const ModelSizes sizes_;
  const torch::Device device_;
  const bool fused_;
  std::vector<Parameter> parameters_;
  torch::Tensor embedding_, output_norm_;
  std::vector<Layer> layers_;
};

}  // namespace idi::lm
