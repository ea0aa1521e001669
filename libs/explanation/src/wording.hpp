// Parts of a query in plain words: what explanations and summaries are made of.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/explanation/phrases.hpp"
#include "idi/sql/ir.hpp"

namespace idi::explanation {

class Wording {
 public:
  /// `one_table`: all columns are of it, so that it need not be said each time. The schema must
  /// outlive this.
  Wording(const Schema& schema, bool one_table) : schema_(schema), one_table_(one_table) {}

  /// "Shows name of customer where age is greater than 30."
  [[nodiscard]] std::string sentence(const ir::Query& query) const;
  /// "the number of rows of customer"
  [[nodiscard]] std::string expression(const ir::ExpressionPtr& e, bool with_table = true) const;
  /// "age is greater than 30 and city is 'Berlin'"
  [[nodiscard]] std::string condition(const ir::ConditionPtr& c, bool nested = false) const;

 private:
  [[nodiscard]] std::string table(int index) const;
  [[nodiscard]] std::string column(ColumnRef ref, bool with_table) const;
  /// "cities of customer": several values of it.
  [[nodiscard]] std::string values_of(ColumnRef ref) const;
  [[nodiscard]] std::string rows_of(ir::StarOf star) const;
  [[nodiscard]] std::string aggregate(const ir::AggregateCall& call) const;
  static std::string value(const ir::Literal& literal);
  [[nodiscard]] std::string operand(
      const std::variant<ir::Literal, ir::QueryPtr, ir::ExpressionPtr>& o) const;
  [[nodiscard]] std::string predicate(const ir::Predicate& p) const;
  [[nodiscard]] std::string items(const ir::Query& query) const;
  static int table_of(const ir::ExpressionPtr& e);
  [[nodiscard]] std::string main_clause(const ir::Query& query) const;
  [[nodiscard]] std::string tail(const ir::Query& query) const;
  [[nodiscard]] std::string noun(const ir::Query& query) const;

  const Schema& schema_;
  bool one_table_;
};

}  // namespace idi::explanation
