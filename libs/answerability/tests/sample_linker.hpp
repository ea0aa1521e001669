// Databases of several walks of life, linked, for the tests of this room.
#pragma once

#include <memory>
#include <string>

#include "idi/link/linker.hpp"

namespace idi::answerability::testing {

/// "shop", "sports", "hospital", "library", "school", "flights", "staff", "films": made once. A
/// name that is none of these fails the test. WordNet as it is installed.
[[nodiscard]] std::shared_ptr<const link::Linker> sample_linker(const std::string& name);

}  // namespace idi::answerability::testing
