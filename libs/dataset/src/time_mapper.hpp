// Bounds of days in gold SQL → the time of the question that they mean: "t >= '2023-07-01' AND
// t < '2023-10-01'" is t = the candidate "2023-07-01/2023-10-01", and "t >= '2024-01-01'" is t
// after the candidate "2023".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "idi/link/linked_question.hpp"
#include "idi/sql/ir.hpp"

namespace idi::dataset {

/// "2023-05-17"
[[nodiscard]] bool is_day(std::string_view text);

struct TimeBound {
  ir::Comparison op;
  ir::Literal literal;  ///< With its candidate.
};
/// A column compared with a day that begins or ends a time of the question; nullopt if it is none.
[[nodiscard]] std::optional<TimeBound> time_bound(const ir::Predicate& predicate,
                                                  const link::LinkedQuestion& question);

/// The parts of an AND, with each pair of bounds that is one time of the question made one equation
/// with its candidate; `candidates` gets those.
[[nodiscard]] std::vector<ir::ConditionPtr> folded_times(const std::vector<ir::ConditionPtr>& parts,
                                                         const link::LinkedQuestion& question,
                                                         std::vector<int>& candidates);

}  // namespace idi::dataset
