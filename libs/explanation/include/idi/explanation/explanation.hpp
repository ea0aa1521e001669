// A query in plain words. Says what the query does, not what the question asked for: that is the
// point, a reader sees the difference. Made from the tree alone, so that it is true even when the
// engines were wrong; every condition and every join is named.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::explanation {

/// Bytes of the question as it was understood, half-open.
struct TextRange {
  std::size_t begin = 0, end = 0;
  friend bool operator==(TextRange, TextRange) = default;
};

/// What a part of the text is about.
enum class PartKind { measure, item, table, join, condition, group, order, limit, set, glue };

/// A piece of the sentence and the words of the question that led to it; none: it follows from the
/// others, or nothing in the question speaks of it.
struct Part {
  PartKind kind = PartKind::glue;
  std::string text;
  std::vector<TextRange> words;
};

struct Explanation {
  std::string
      text;  ///< "Counts customers without an order since 1 June 2024, for each city, most first."
  std::vector<Part> parts;  ///< Their texts joined are `text`.
  std::vector<std::string> tables;
  std::vector<std::string> columns;  ///< "orders.status"
  std::vector<std::string> values;
  /// Words of the question with a meaning of their own that led to nothing in the query.
  std::vector<TextRange> unused_words;
};

/// `question` may be null: then no part has words. `planner`: of the same schema; without one it is
/// made anew where tables have to be joined, which costs milliseconds for a thousand tables.
[[nodiscard]] Explanation explain(const ir::Query& query, const Schema& schema,
                                  const link::LinkedQuestion* question = nullptr,
                                  const sql::JoinPlanner* planner = nullptr);

/// Of a language model's own SQL that the tree has no words for: says just that.
[[nodiscard]] Explanation explain_without_tree();

/// By question token: whether something in the query came from it or can be explained by it.
/// Function words ("the", "of") and words of the asking ("show me") count as used.
[[nodiscard]] std::vector<bool> used_words(const ir::Query& query, const Schema& schema,
                                           const link::LinkedQuestion& question,
                                           const sql::JoinPlanner* planner = nullptr);

}  // namespace idi::explanation
