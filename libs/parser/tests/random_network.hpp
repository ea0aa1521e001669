// Small networks with random weights, and random inputs that fit them.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "idi/model_io/model_input.hpp"
#include "idi/model_io/tensor_file.hpp"

namespace idi::parser::testing {

struct RandomSizes {
  int width = 24, heads = 3, encoder_layers = 2, decoder_layers = 2, feed_forward = 40;
  int gram_buckets = 97, relation_count = 11, node_class_count = 9, word_class_count = 46;
  int symbol_count = 54, max_steps = 64, vocabulary = 50;
};

struct WeightsContent {
  std::vector<model_io::TensorData> tensors;
  std::map<std::string, std::string> texts;

  [[nodiscard]] model_io::TensorData& tensor(const std::string& name);
  void write(const std::string& path, model_io::TensorType type = model_io::TensorType::f32) const;
};

/// Every tensor and text that docs/model.md names.
[[nodiscard]] WeightsContent random_weights(const RandomSizes& sizes, unsigned seed);

/// Counts of nodes are as given; words, grams, classes and relations are random.
[[nodiscard]] model_io::ModelInput random_input(const RandomSizes& sizes, int tokens, int columns,
                                                int tables, int values, unsigned seed);

/// A file name in the test's temporary folder that no other process uses; removed at exit.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& suffix);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace idi::parser::testing
