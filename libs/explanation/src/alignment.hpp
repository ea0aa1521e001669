// Which words of the question led to which part of the text. Values by where they were found,
// names by how the linker matched them, operations by words that stand for them.
#pragma once

#include <vector>

#include "idi/link/linked_question.hpp"
#include "sentence.hpp"

namespace idi::explanation {

struct Alignment {
  std::vector<std::vector<int>> tokens;  ///< Per part, ascending.
  std::vector<bool> used;                ///< Per token: led to a part, or needs none.
  bool joins_may_help = false;  ///< A token led to no part and names something in the schema.
};

/// A token leads to one part; to several only where these would have no words else.
[[nodiscard]] Alignment align(const std::vector<DraftPart>& parts,
                              const link::LinkedQuestion& question, const Schema& schema);

}  // namespace idi::explanation
