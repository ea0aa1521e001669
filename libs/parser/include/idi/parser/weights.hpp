// Several networks in one weights file: the parser answers with the mean of their probabilities,
// which is right more often than any of them alone, at the sum of their times and sizes.
#pragma once

#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::parser {

/// Writes the networks of `paths` into one file. They may differ in size, not in vocabulary and
/// features. Texts (name, selector) are the first one's. Errors: unreadable, invalid_argument.
[[nodiscard]] Status join_weights(const std::vector<std::string>& paths, const std::string& into);

}  // namespace idi::parser
