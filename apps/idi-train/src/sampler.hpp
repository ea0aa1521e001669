// Which examples come next: sources by weight, each source in a new random order every time round.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "augment.hpp"
#include "options.hpp"

namespace idi::train {

/// Examples of a set by what they are for.
struct Selection {
  std::vector<std::vector<std::uint32_t>> by_source;  ///< For training: indices
  std::vector<double> weights;                        ///< Of the draws, by source
  std::vector<bool> synthetic;                        ///< By source
  std::vector<std::uint32_t> validation;              ///< Of held-out databases
};

[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);

/// Throws UsageError for names that the file does not have, or if nothing is left to train on.
[[nodiscard]] Selection select(const std::vector<model_io::TrainingExample>& examples,
                               const std::vector<std::string>& sources,
                               const std::vector<std::string>& databases, const Options& options);

class Sampler {
 public:
  Sampler(const Selection& selection, std::uint64_t seed);

  /// Index of the next example.
  [[nodiscard]] std::uint32_t next(bool real_only);
  /// Position as text, and back: a continued training draws what an unbroken one would have drawn.
  [[nodiscard]] std::string state() const;
  void set_state(const std::string& state);

 private:
  struct Stream {
    std::vector<std::uint32_t> order;
    std::uint64_t round = 0;
    std::size_t place = 0;
  };
  void shuffle(std::size_t source);

  const Selection& selection_;
  std::uint64_t seed_;
  std::uint64_t draws_ = 0;
  std::vector<Stream> streams_;
};

}  // namespace idi::train
