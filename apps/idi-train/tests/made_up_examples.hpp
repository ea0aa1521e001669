// Random examples that can be learned: the output points to the columns whose word stands in the
// question, in the question's order.
#pragma once

#include <cstdint>

#include "idi/model_io/example_file.hpp"

namespace idi::train {

struct MadeUp {
  int tokens = 14, columns = 28, tables = 5, values = 2;  ///< On average.
  int vocabulary = 3000;
  int pointers = 3;  ///< In the output, about.
};

inline constexpr int made_up_symbols = 42;
inline constexpr int made_up_relations = 71;

/// A header with two sources ("real", "synthetic") and eight databases ("db0" …).
[[nodiscard]] model_io::ExampleHeader made_up_header(const MadeUp& shape);
[[nodiscard]] model_io::TrainingExample make_up_example(const MadeUp& shape, std::uint64_t seed);

}  // namespace idi::train
