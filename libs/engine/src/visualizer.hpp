// The sixth phase: what the columns of a result are, and the picture that shows it.
#pragma once

#include <optional>
#include <vector>

#include "idi/chart/chart.hpp"
#include "idi/core/schema.hpp"
#include "idi/engine/answer.hpp"
#include "idi/sql/ir.hpp"

namespace idi::engine {

/// One per column. `query` made the result, if it is known: a person's own SQL is not.
[[nodiscard]] std::vector<chart::ColumnHint> column_hints(const ResultTable& result,
                                                          const ir::Query* query,
                                                          const Schema& schema);

/// Fills the hints and the chart. What was asked for and cannot be drawn honestly becomes a
/// warning beside the chart that is chosen instead.
void visualize(Answer& answer, const ir::Query* query, const Schema& schema,
               std::optional<chart::Kind> asked_for);

}  // namespace idi::engine
