// A database of singers and concerts, and a value index that knows some of its cells.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/value_index.hpp"

namespace idi::parser::testing {

/// singer(singer_id, name, country, age, is_male, birthday, joined_at),
/// concert(concert_id, concert_name, year, venue), singer_in_concert(concert_id, singer_id).
[[nodiscard]] Schema small_schema();

/// Cells by column; a phrase is near a cell if it is its key in `near`.
class FakeValueIndex final : public link::ValueIndex {
 public:
  std::map<ColumnRef, std::vector<std::string>> known;
  std::map<std::string, std::string> near;

  std::vector<link::CellHit> lookup(std::string_view phrase, int max_hits) const override;
  std::vector<link::CellHit> lookup_word(std::string_view word, int max_hits) const override;
  std::optional<std::string> closest_cell(ColumnRef column, std::string_view phrase) const override;
  std::vector<std::string> cells(ColumnRef column, int max) const override;
};

}  // namespace idi::parser::testing
