// Literals of a query that point at value candidates (or mean "some value") → literals as SQL has
// them: typed by the column that they are compared with, spelled like that column's cell.
//
// What a value becomes, in this order (column: the one it is compared with):
//   LIKE          the words as they are
//   a number side (count, sum, arithmetic, year(c), a number column): a number, if it reads as one
//   a time        beside a column of times: time_condition.hpp
//   a weekday     "Mondays" beside weekday(c) or a column of times: weekday(c) = 'Monday'
//   a cell        the column's own cell of that text; then the cell nearest to the
//                 question's words, but for a date: the nearest cell is another day
//   any_value     the nearest cell to an n-gram of the question that no other value has used; then
//                 the "yes" of a column of flags
//   otherwise     the question's words, counted as unresolved
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/value_index.hpp"
#include "idi/sql/ir.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::parser {

struct ResolvedQuery {
  ir::Query query;
  int unresolved = 0;
};

/// For one question; remembers what it looked up. Its arguments must outlive it. One thread.
class ValueResolver {
 public:
  ValueResolver(const link::LinkedQuestion& question, const Schema& schema,
                const link::ValueIndex& index, const temporal::Calendar& calendar)
      : question_(question), schema_(schema), index_(index), calendar_(calendar) {}

  /// Errors: unanswerable where no literal would make sense (a LIMIT that is no whole number).
  [[nodiscard]] Result<ResolvedQuery> resolve(const ir::Query& query);

 private:
  friend class QueryRewriter;
  struct Spelling {
    std::string text;
    bool known = false;  ///< It is a cell of the column, or a time beside a column of times.
  };
  /// The words of the question that a candidate covers.
  [[nodiscard]] std::string words(int token_begin, int token_end) const;
  [[nodiscard]] std::optional<std::string> exact_cell(ColumnRef column, const std::string& phrase);
  [[nodiscard]] std::optional<std::string> nearest_cell(ColumnRef column,
                                                        const std::string& phrase);
  /// The candidate that is the time whose words the given one's are among ("March" in "March
  /// 2023"); else the given one.
  [[nodiscard]] int time_around(int candidate) const;
  [[nodiscard]] bool has_cells(ColumnRef column);
  [[nodiscard]] Spelling spell(const link::ValueCandidate& candidate, ColumnRef column);
  /// used_tokens: one flag per question token.
  [[nodiscard]] std::optional<std::string> any_cell(ColumnRef column,
                                                    const std::vector<bool>& used_tokens);
  [[nodiscard]] std::optional<std::string> flag_cell(ColumnRef column);
  [[nodiscard]] std::string unused_words(const std::vector<bool>& used_tokens) const;

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  const link::ValueIndex& index_;
  const temporal::Calendar& calendar_;
  std::map<std::pair<int, std::string>, std::optional<std::string>> exact_, nearest_;
  std::map<int, bool> has_cells_;
};

}  // namespace idi::parser
