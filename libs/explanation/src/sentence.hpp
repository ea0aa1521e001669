// The clauses of a query, in the order of a sentence.
#pragma once

#include <string>
#include <vector>

#include "idi/explanation/explanation.hpp"
#include "joins.hpp"
#include "origins.hpp"

namespace idi::explanation {

struct DraftPart {
  PartKind kind = PartKind::glue;
  std::string text;
  Origins origins;
};

/// "Counts customers whose city is “Berlin”." Longer ones than max_sentence_bytes end with a hint
/// at the SQL.
[[nodiscard]] std::vector<DraftPart> sentence_of(const ir::Query& query, const Schema& schema,
                                                 const Joins& joins);
inline constexpr std::size_t max_sentence_bytes = 4000;

/// "the name of customers whose city is “Berlin”"
[[nodiscard]] std::string noun_phrase(const ir::Query& query, const Schema& schema,
                                      const Joins& joins, int depth);
/// The same as a side of a comparison: in parentheses where its end could be missed.
[[nodiscard]] std::string operand_phrase(const ir::Query& query, const Schema& schema,
                                         const Joins& joins, int depth);
/// Queries within queries beyond this are not told.
inline constexpr int max_query_depth = 5;

}  // namespace idi::explanation
