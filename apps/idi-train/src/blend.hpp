// Two weights files of one line of training as one: between what the older knew and what the newer
// learnt there is often a network that is better than both (WiSE-FT, arXiv 2109.01903).
#pragma once

#include <string>

namespace idi::train {

/// Writes `share` of the newer file's weights plus the rest of the older's, stored as the newer's
/// are, with its texts. The newer may have more output symbols: the rows of those are its own.
/// Throws FormatError; std::invalid_argument where the networks differ otherwise.
void blend(const std::string& older, const std::string& newer, double share,
           const std::string& into);

}  // namespace idi::train
