// Columns whose cells say only yes or no: their cells are worth offering when a question speaks of
// the column ("students on scholarship"), though no word of it is a cell.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/value_index.hpp"

namespace idi::link {

struct FlagColumn {
  ColumnRef column;
  std::string yes, no;  ///< As stored; one of them may be empty (no cell says so yet).
};

[[nodiscard]] std::vector<FlagColumn> flag_columns(const Schema& schema, const ValueIndex& values);

}  // namespace idi::link
