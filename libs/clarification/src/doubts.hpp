// What is unclear by the words alone, even where every alternative takes it the same way: engines
// learn to prefer one of two things that the question does not tell apart.
#pragma once

#include <vector>

#include "cards.hpp"

namespace idi::clarification {

/// How doubtful such a point is without any alternative that takes it otherwise. Less than even:
/// the engines did see the question.
inline constexpr double date_doubt = 0.3;
/// The date that a table's rows are named after: orders.ordered_at.
inline constexpr double own_date_doubt = 0.12;
inline constexpr double number_doubt = 0.25;
inline constexpr double cell_doubt = 0.2;

struct WeighedDoubt {
  Doubt doubt;
  double weight = 0;
};

/// `query`: the likeliest reading; its choices come first.
[[nodiscard]] std::vector<WeighedDoubt> doubts_of_words(const ir::Query& query,
                                                        const link::LinkedQuestion& question,
                                                        const Schema& schema);

}  // namespace idi::clarification
