// Expressions and conditions of one core of a query, in words.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "joins.hpp"
#include "names.hpp"

namespace idi::explanation {

/// Where the words stand.
struct Scope {
  /// All is about this table, which need not be named; -1: about several, or not known.
  int only_table = -1;
  bool name_tables = true;                          ///< "the order's total", not "the total"
  const std::vector<ir::ExpressionPtr>* keys = {};  ///< Of the groups, if any.
  int depth = 0;                                    ///< Of queries within queries.
};
[[nodiscard]] Scope scope_of(const ir::Query& core, int depth);

class Wording {
 public:
  /// All must outlive this.
  Wording(const Schema& schema, const Joins& joins, Scope scope)
      : schema_(schema), joins_(joins), names_(schema), scope_(scope) {}

  /// "the order's total", "the number of orders"
  [[nodiscard]] std::string expression(const ir::ExpressionPtr& e) const;
  /// "total of the order", "number of orders": after "the highest", "for each".
  [[nodiscard]] std::string bare(const ir::ExpressionPtr& e) const;
  /// "customer" for its key, "city", "month of ordered at": after "for each".
  [[nodiscard]] std::string key(const ir::ExpressionPtr& e) const;
  /// The key is called by its own name, not by its table's.
  [[nodiscard]] bool is_named_key(const ir::ExpressionPtr& e) const;

  /// "the age is above 30 and (the city is “Berlin” or …)". `enclosed`: a list in parentheses.
  [[nodiscard]] std::string condition(const ir::ConditionPtr& c, bool enclosed) const;
  /// After the noun of the only table: "whose age is above 30", "without an order", "since 2023".
  /// Empty: it has to be said as a clause. `last`: nothing follows that could be taken for a part.
  [[nodiscard]] std::string relative(const ir::Predicate& p, bool last) const;
  /// Two conditions as one span of time, in both forms; empty: they are not one.
  [[nodiscard]] std::string range(const ir::ConditionPtr& from, const ir::ConditionPtr& before,
                                  bool as_relative) const;

  [[nodiscard]] bool is_time(const ir::ExpressionPtr& e) const;
  [[nodiscard]] bool is_text(const ir::ExpressionPtr& e) const;
  /// The table whose rows a count counts; -1: rows of all.
  [[nodiscard]] std::string rows(ir::StarOf star) const;
  [[nodiscard]] std::string aggregate(const ir::AggregateCall& call) const;  ///< without "the"
  /// What a count of a column counts: "different cities", "known ages".
  [[nodiscard]] std::string counted(const ir::AggregateCall& call) const;
  [[nodiscard]] const Names& names() const { return names_; }

 private:
  [[nodiscard]] std::string column(ColumnRef ref) const;
  [[nodiscard]] std::string of_table(ColumnRef ref) const;
  [[nodiscard]] std::string values_of(const ir::ExpressionPtr& e) const;
  [[nodiscard]] std::string plain_aggregate(const ir::AggregateCall& call) const;
  [[nodiscard]] std::string function(const ir::FunctionCall& call) const;
  [[nodiscard]] std::string arithmetic(const ir::Binary& binary) const;
  [[nodiscard]] std::string period() const;

  [[nodiscard]] std::string predicate(const ir::Predicate& p) const;
  [[nodiscard]] std::string operand(const ir::Predicate& p, std::size_t at) const;
  [[nodiscard]] std::string comparison(const ir::Predicate& p) const;
  [[nodiscard]] std::string quality(const ir::Predicate& p) const;
  [[nodiscard]] std::string pattern(const ir::Predicate& p) const;
  [[nodiscard]] std::string choices(const ir::Predicate& p) const;
  /// "an order (where …)": the rows that a membership by key asks for; empty: it is no such.
  [[nodiscard]] std::string partner(const ir::Predicate& p, bool last) const;

  const Schema& schema_;
  const Joins& joins_;
  Names names_;
  Scope scope_;
};

}  // namespace idi::explanation
