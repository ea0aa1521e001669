// Stored values near a text that a column does not hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linker.hpp"

namespace idi::verification {

struct NearValues {
  /// Of the column: differs in case, blanks around and accents only.
  std::vector<std::string> same;
  /// Of the column, nearest first, at most three: spelled nearly so, or near in meaning.
  std::vector<std::string> near;
  bool near_in_spelling = false;
  /// The value itself in other text columns, at most two.
  std::vector<link::CellHit> elsewhere;
};

[[nodiscard]] NearValues near_values(ColumnRef column, std::string_view text,
                                     const link::Linker& linker);
/// Whether the index knows the cell, exactly so. false: it may be there all the same.
[[nodiscard]] bool is_known_cell(ColumnRef column, std::string_view text,
                                 const link::ValueIndex& values);

}  // namespace idi::verification
