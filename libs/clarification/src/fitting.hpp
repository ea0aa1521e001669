// Whether an earlier choice applies to a question, and what it says there.
#pragma once

#include <optional>
#include <vector>

#include "cards.hpp"

namespace idi::clarification {

/// A choice in terms of this schema and question. Which members count follows from `ambiguity`.
struct Fitted {
  Ambiguity ambiguity = Ambiguity::reading;
  ColumnRef column;            ///< column, date, value; measure: its column, if it has but one.
  int table = -1;              ///< table
  std::vector<int> tables;     ///< date, join: what the id is about.
  std::vector<Phrase> places;  ///< The unclear words of this question.
  std::string option;          ///< measure, join, reading: what queries are compared with.
};

/// nullopt: made for another question or schema, or the question says itself what is meant.
[[nodiscard]] std::optional<Fitted> fit(const Resolution& resolution,
                                        const link::LinkedQuestion& question, const Schema& schema);

/// What a query does about a choice that fits.
enum class Bearing {
  follows,    ///< It does as chosen.
  unrelated,  ///< The choice is about something that the query does not do.
  against
};
[[nodiscard]] Bearing bearing_of(const ir::Query& query, const Fitted& fitted,
                                 const Schema& schema);

}  // namespace idi::clarification
