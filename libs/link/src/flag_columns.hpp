// Columns whose cells say only yes or no: their cells are worth offering when a question speaks of
// the column ("students on scholarship"), though no word of it is a cell.
#pragma once

#include <string>
#include <vector>

#include "candidate_list.hpp"
#include "idi/core/schema.hpp"
#include "idi/link/value_index.hpp"
#include "name_index.hpp"

namespace idi::link {

struct FlagColumn {
  ColumnRef column;
  std::string yes, no;  ///< As stored; one of them may be empty (no cell says so yet).
};

[[nodiscard]] std::vector<FlagColumn> flag_columns(const Schema& schema, const ValueIndex& values);

/// Both cells of every flag that a word of the question names, at that word.
void add_flags(CandidateList& list, const std::vector<ItemMatches>& names,
               const std::vector<FlagColumn>& flags, const std::vector<int>& first_columns);

}  // namespace idi::link
