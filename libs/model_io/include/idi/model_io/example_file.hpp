// The compact file of pre-computed training examples: everything the trainer needs.
// Standard library only.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "idi/model_io/format_error.hpp"
#include "idi/model_io/model_input.hpp"

namespace idi::model_io {

inline constexpr std::uint32_t example_file_version = 1;

/// `texts` hold at least: symbol_count, relation_count, node_class_count, gram_buckets,
/// word_class_count (numbers as text), vocabulary (one word a line; line 0 is the unknown word),
/// sources, databases (one name a line). The trainer copies them into the weights file unread.
using ExampleHeader = std::map<std::string, std::string>;

/// Streams examples to disk (varint/byte packed). Throws FormatError.
class ExampleWriter {
 public:
  static std::unique_ptr<ExampleWriter> create(const std::string& path,
                                               const ExampleHeader& header);
  virtual ~ExampleWriter() = default;
  virtual void add(const TrainingExample& example) = 0;
  /// Writes the count and checksum; without it the file is refused when read.
  virtual void finish() = 0;
};

struct ExampleSet {
  ExampleHeader header;
  std::vector<TrainingExample> examples;
};

/// Whole file into memory. Throws FormatError.
[[nodiscard]] ExampleSet read_examples(const std::string& path);

}  // namespace idi::model_io
