// The flat buffer ↔ a weights file (docs/weights-format.md, docs/model.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "idi/model_io/example_file.hpp"
#include "layout.hpp"

namespace idi::train {

/// The input sizes that an example file's header fixes; the network's own stay as they are.
[[nodiscard]] Sizes with_header(Sizes sizes, const model_io::ExampleHeader& header);

/// Throws FormatError. `training`: how it was made, for people.
void save_weights(const std::string& path, const Layout& layout, const std::vector<float>& values,
                  const model_io::ExampleHeader& header, const std::string& training, bool half);

struct LoadedWeights {
  Sizes sizes;
  std::vector<float> values;  ///< By Layout(sizes)
  std::string vocabulary;     ///< As in an example file's header
  std::string selector;       ///< Of the choice among candidates; empty: none was fitted
};
/// Throws FormatError.
[[nodiscard]] LoadedWeights load_weights(const std::string& path);

/// The weights with output symbols appended, for examples that know more of them: the new rows are
/// the mean of the old ones with a little noise, the row of the start stays the last, everything
/// else is kept. REQUIRES: symbols is not less than from.sizes.symbols.
[[nodiscard]] LoadedWeights with_symbols(LoadedWeights from, int symbols, std::uint64_t seed);

}  // namespace idi::train
