// Asking back: what in a question can be read in several ways, put to the user as a card of
// choices in his own words, and how a choice is put to use. Pure functions; no database, no state.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/sql/ir.hpp"

namespace idi::clarification {

/// What is unclear. Names are part of the protocol.
enum class Ambiguity {
  column,   ///< A word means one of several columns (list price or paid amount).
  date,     ///< A time range, and the table has several dates.
  table,    ///< A word means one of several tables.
  value,    ///< A word is a cell of several columns.
  join,     ///< Several ways to connect the tables.
  measure,  ///< "best", "top": by what.
  reading,  ///< The whole question: none of the above, but several answers are likely.
};
[[nodiscard]] std::string_view ambiguity_name(Ambiguity ambiguity) noexcept;

struct Option {
  std::string id;      ///< Stable: names schema items, not positions ("orders.ordered_at").
  std::string label;   ///< "the day it was ordered (ordered at)"
  std::string detail;  ///< An example or what it would answer; may be empty.
};

struct Clarification {
  Ambiguity ambiguity = Ambiguity::column;
  std::string id;                  ///< Stable within a database: "date:orders", "column:sold".
  std::size_t begin = 0, end = 0;  ///< Bytes of the question that are unclear; equal: all of it.
  std::string text;                ///< "Which date of the orders do you mean?"
  std::vector<Option> options;     ///< Two to five, likeliest first.
  double doubt = 0;                ///< 0–1: the probability that the first option is not meant.
};

/// What a user chose once; holds for the conversation.
struct Resolution {
  std::string clarification;  ///< Clarification::id
  std::string option;         ///< Option::id
  std::string phrase;         ///< The words that were unclear, for a person.
  std::string label;          ///< The option's, for a person.
  friend bool operator==(const Resolution&, const Resolution&) = default;
};

/// A candidate as far as this room needs it.
struct Alternative {
  const ir::Query* query = nullptr;  ///< Null: cannot be compared; takes no part.
  double probability = 0;            ///< Sums to at most 1 over all.
  int cluster = 0;                   ///< Equal for equal results.
  bool usable = true;                ///< Ran without error.
};

/// A query in plain words, as one sentence.
using QueryWords = std::function<std::string(const ir::Query&)>;

/// Less doubt than this is no card.
inline constexpr double least_doubt = 0.1;

/// The most doubtful point of the question that no resolution has settled; nullopt: it is clear.
/// The first option is what the likeliest cluster of alternatives took (of equal ones, the first).
/// Without `words` the question as a whole is never asked about. Deterministic: the same arguments
/// give the same card.
[[nodiscard]] std::optional<Clarification> find_ambiguity(const link::LinkedQuestion& question,
                                                          const Schema& schema,
                                                          std::span<const Alternative> alternatives,
                                                          std::span<const Resolution> resolutions,
                                                          const QueryWords& words);

/// The links of the question as the resolutions settle them: the unclear words match the chosen
/// items exactly, and not the others. What does not apply to this question is left alone. Returns
/// the resolutions that may apply: whether one does is seen in the query (in_use).
std::vector<Resolution> apply(link::LinkedQuestion& question, const Schema& schema,
                              std::span<const Resolution> resolutions);

/// Whether a query is in accord with the resolutions that apply to this question.
[[nodiscard]] bool in_accord(const ir::Query& query, const link::LinkedQuestion& question,
                             const Schema& schema, std::span<const Resolution> resolutions);

/// The resolutions that this query follows where it could have done otherwise: what to tell the
/// user of. A choice of the orders' date is not in use in a query about customers.
[[nodiscard]] std::vector<Resolution> in_use(const ir::Query& query,
                                             const link::LinkedQuestion& question,
                                             const Schema& schema,
                                             std::span<const Resolution> resolutions);

}  // namespace idi::clarification
