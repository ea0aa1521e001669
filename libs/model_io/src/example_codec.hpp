// One training example ↔ bytes. Words, nodes and grammar masks that were seen before are numbers
// into tables that both sides grow alike, so examples are read in the order they were written.
//
//   example  = source database counts(4) node*N relations steps
//   node     = number, or the next unused number followed by class, word count, word*
//   word     = number, or the next unused number followed by id, class, gram count, gram*
//   relations = (run of right guesses, then one byte: the true relation)* to N·N cells
//   steps    = count (target mask)*;  mask = number, or the next unused one followed by its bits
// All numbers are varints unless said otherwise.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "framing.hpp"
#include "idi/model_io/example_file.hpp"

namespace idi::model_io {

inline constexpr std::string_view example_magic = "IDIEXAMP";
inline constexpr std::size_t nodes_max = 1024;
inline constexpr std::size_t words_per_node_max = 8;
inline constexpr std::size_t grams_per_word_max = 128;
inline constexpr std::size_t steps_max = 1024;

/// What the header says about the examples.
struct ExampleLimits {
  std::uint32_t symbols, relations, node_classes, grams, word_classes, vocabulary, sources,
      databases;
};

/// Throws FormatError(corrupt) if a key is missing or not a sensible number.
[[nodiscard]] ExampleLimits limits_of(const ExampleHeader& header, const std::string& path);

/// Throws FormatError(corrupt) with what is wrong: sizes that disagree, a number out of range, a
/// target that the grammar did not allow.
void check_example(const TrainingExample& example, const ExampleLimits& limits,
                   const std::string& path);

class ExampleEncoder {
 public:
  ExampleEncoder();
  ~ExampleEncoder();
  /// REQUIRES: checked.
  void encode(const TrainingExample& example, ByteSink& sink);

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

class ExampleDecoder {
 public:
  explicit ExampleDecoder(const ExampleLimits& limits);
  ~ExampleDecoder();
  /// Throws FormatError(corrupt); what it returns has passed the same checks as check_example.
  [[nodiscard]] TrainingExample decode(ByteSource& source, const std::string& path);

 private:
  struct Tables;
  ExampleLimits limits_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace idi::model_io
