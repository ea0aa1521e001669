// In what two queries differ, if that is one kind of thing.
#pragma once

#include "cards.hpp"

namespace idi::clarification {

/// The doubt between two readings of a question, with an option for each: the first one's first.
/// Of kind `reading`, without options, where they differ in more than one thing or where no word
/// of the question speaks of the difference.
[[nodiscard]] Doubt doubt_between(const ir::Query& first, const ir::Query& second,
                                  const link::LinkedQuestion& question, const Schema& schema);

}  // namespace idi::clarification
