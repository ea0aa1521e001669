// docs/model.md written down a second time: loops in double precision, nothing shared with the
// runtime but the weights. Slow and plain on purpose.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "idi/model_io/model_input.hpp"
#include "random_network.hpp"

namespace idi::parser::testing {

using Matrix = std::vector<std::vector<double>>;

class ReferenceNetwork {
 public:
  ReferenceNetwork(const RandomSizes& sizes, const WeightsContent& content);

  [[nodiscard]] Matrix encode(const model_io::ModelInput& input) const;
  [[nodiscard]] std::vector<double> used_probabilities(const Matrix& memory) const;
  /// Logits [symbol_count + nodes] of the step that follows `outputs` (whole history recomputed).
  [[nodiscard]] std::vector<double> logits(const Matrix& memory,
                                           const std::vector<int>& outputs) const;

 private:
  [[nodiscard]] double at(const std::string& name, std::int64_t row, std::int64_t column) const;
  [[nodiscard]] Matrix linear(const std::string& name, const Matrix& x, bool bias = true) const;
  [[nodiscard]] Matrix norm(const std::string& name, const Matrix& x) const;
  void add_feed_forward(const std::string& prefix, const std::string& norm_name, Matrix& x) const;
  /// relations: null for none; causal: j <= i only.
  [[nodiscard]] Matrix attend(const std::string& prefix, const Matrix& from, const Matrix& to,
                              const std::vector<std::uint8_t>* relations, bool causal) const;

  RandomSizes sizes_;
  std::map<std::string, model_io::TensorData> tensors_;
};

}  // namespace idi::parser::testing
