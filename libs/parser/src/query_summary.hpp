// What a question asks for by its cue words, and what a query does by its tokens: two flat
// summaries that the selector's features compare.
#pragma once

#include <set>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/parser/candidate.hpp"

namespace idi::parser {

struct Cues {
  bool superlative = false, count = false, group = false, average = false, sum = false;
  bool negation = false, distinct = false, comparison = false;
  bool least = false;     ///< A superlative or order that begins with the smallest.
  bool greatest = false;  ///< One that begins with the largest.
  bool singular = false;  ///< Asks for one thing: "what is the …", "who is …".
};

[[nodiscard]] Cues cues_of(const link::LinkedQuestion& question);

struct QuerySummary {
  std::set<int> columns;  ///< Flat indices.
  std::set<int> tables;   ///< Of those columns, and mentioned alone.
  std::set<int> values;   ///< Candidates of the question.
  int select_items = 0, conditions = 0, aggregates = 0, subqueries = 0, set_operations = 0;
  int any_values = 0, type_conflicts = 0, misplaced_cells = 0;
  int repeated_items = 0;       ///< Select items that stand there twice.
  int repeated_conditions = 0;  ///< The same comparison twice, or two that exclude each other.
  int odd_literals = 0;         ///< A bare 0 or 1 compared with a text.
  int strange_keys = 0;         ///< A key sought among keys of something else.
  int extra_tables = 0, join_hints = 0;
  bool ordered = false, limited = false, grouped = false, distinct = false, negated = false;
  bool counted = false, averaged = false, summed = false, extreme = false, compared = false;
  bool ascending = false, descending = false;  ///< ORDER, or min and max.
  bool ungrouped = false;  ///< Aggregates beside plain columns, and no GROUP BY.
};

[[nodiscard]] QuerySummary summarize(const Candidate& candidate,
                                     const link::LinkedQuestion& question, const Schema& schema);

}  // namespace idi::parser
