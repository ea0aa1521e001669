// Small schemas with sample values.
#pragma once

#include "idi/core/schema.hpp"

namespace idi::synth {

[[nodiscard]] Schema music();
[[nodiscard]] Schema shop();
/// A business with everything that a pattern may ask for.
[[nodiscard]] Schema trade();

}  // namespace idi::synth
