// Carrying a template to another schema.
#pragma once

#include <optional>

#include "phrasing.hpp"
#include "template.hpp"

namespace idi::synth {

/// The pair in terms of `schema`, or nullopt if its tables and columns do not fit (this time: the
/// choice is random).
[[nodiscard]] std::optional<Pair> fill(const Template& form, const Schema& source,
                                       const Schema& schema, const Rewording& rewording,
                                       Random& random);

}  // namespace idi::synth
