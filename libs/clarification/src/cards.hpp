// Cards in the making: a doubt with what may be meant, before the best one is chosen and worded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "idi/clarification/clarification.hpp"
#include "phrase.hpp"

namespace idi::clarification {

/// What is unclear, with its two sides so far. Which kinds have columns, which a text of their own
/// follows from `ambiguity`.
struct Doubt {
  Ambiguity ambiguity = Ambiguity::reading;
  std::string id;
  Phrase phrase;
  std::vector<Option> options;  ///< The likeliest alternative's first.
};

/// Options for columns: labels that tell them apart.
[[nodiscard]] Option column_option(const Schema& schema, ColumnRef column, bool with_table);
/// By name; a card of the date column of time ranges over these tables.
[[nodiscard]] std::string date_id(const Schema& schema, const std::vector<ColumnRef>& columns);
/// "date:orders" → date, "orders"; nullopt: no id of ours.
struct IdParts {
  Ambiguity ambiguity = Ambiguity::reading;
  std::string rest;
};
[[nodiscard]] std::optional<IdParts> parts_of_id(const std::string& id);
[[nodiscard]] std::string id_of(Ambiguity ambiguity, const std::string& rest);

/// The id of a whole question, and of a query as the reading of one.
[[nodiscard]] std::string question_id(const link::LinkedQuestion& question);
[[nodiscard]] std::string reading_id(const ir::Query& query, const Schema& schema);

/// The question on the card.
[[nodiscard]] std::string card_text(const Doubt& doubt, const link::LinkedQuestion& question,
                                    const Schema& schema);

/// Columns that hold times: by type, or by a name like "year".
[[nodiscard]] bool is_time(const Schema& schema, ColumnRef column);
/// The table's, in its order; with `plausible`, without those that tell when a row was changed.
[[nodiscard]] std::vector<ColumnRef> time_columns(const Schema& schema, int table, bool plausible);

/// Where a query looks at times: columns compared with values, cut to parts or ordered by.
[[nodiscard]] std::vector<ColumnRef> times_used(const ir::Query& query, const Schema& schema);

}  // namespace idi::clarification
