// IR → SQL text: the class behind to_sql, one for all dialects, in parts: queries (to_sql.cpp),
// expressions (write_expression.cpp), conditions and literals (write_condition.cpp), groups in
// relation to each other and the top n of each group (write_window.cpp). What the dialects make of
// times is in write_time.hpp, of names in identifiers.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"
#include "write_time.hpp"

namespace idi::sql {

class SqlWriter {
 public:
  SqlWriter(const Schema& schema, Dialect dialect, const JoinPlanner& planner)
      : schema_(schema), dialect_(dialect), planner_(planner) {}

  Result<std::string> write_chain(const ir::Query& query);

 private:
  /// How a literal beside an expression is to be written.
  enum class LiteralType { number, text, plain };

  void fail(Error error) {
    if (!problem_) problem_ = std::move(error);
  }
  /// Its items compare with what stands outside where `is_operand`.
  std::string subquery(const ir::Query& query, bool is_operand);

  // Queries.
  std::string write_core(const ir::Query& query);
  std::string write_item(const ir::Expression& item, bool alone);
  std::string write_from(const ir::Query& query);
  /// FROM to HAVING.
  std::string write_body(const ir::Query& query, const std::string& from);
  std::string write_order(const std::vector<ir::OrderItem>& order_by);
  std::string table_name(int table) const;
  std::string column_name(ColumnRef column) const;

  // The first rows of each group.
  std::string write_ranked(const ir::Query& query, const std::string& from);
  std::vector<ir::ExpressionPtr> without_stars(const std::vector<ir::ExpressionPtr>& items) const;

  // Expressions.
  std::string write(const ir::Expression& expression);
  std::string write_node(ColumnRef column) { return column_name(column); }
  std::string write_node(ir::StarOf) { return "*"; }
  std::string write_node(const ir::AggregateCall& call);
  std::string write_node(const ir::FunctionCall& call);
  std::string write_node(const ir::Binary& binary);
  std::string write_node(const ir::Literal& literal) {
    return write_literal(literal, LiteralType::number);
  }
  std::string write_node(const ir::RowsOf& rows);
  std::string enclosed(const ir::Expression& operand, bool in_product, bool on_right);
  /// As write, but times compare as times and have extremes.
  std::string write_comparable(const ir::Expression& expression);
  /// As write_comparable, but weekdays go from Monday to Sunday.
  std::string write_sorted(const ir::Expression& expression);
  /// The aggregate itself, in relation to nothing.
  std::string write_plain(const ir::AggregateCall& call);
  std::string write_related(const ir::AggregateCall& call);
  /// PARTITION BY and ORDER BY of the groups of the current core.
  std::string write_group_order();
  std::string nonzero(const std::string& divisor) const;
  bool is_time(const ir::Expression& expression) const;
  /// REQUIRES: is_time(expression).
  Moment moment(const ir::Expression& expression);

  // Conditions.
  std::string write(const ir::Condition& condition);
  std::string write_predicate(const ir::Predicate& predicate);
  std::string write_operand(const ir::Predicate& predicate, std::size_t index);
  std::string write_list(const ir::Predicate& predicate);
  std::string write_matched(const ir::Expression& left);
  std::string write_pattern(const ir::Predicate& predicate);
  /// Two columns that store their times in different ways; nullopt if it is none of those.
  std::optional<std::string> write_mixed_times(const ir::Predicate& predicate);

  // Literals.
  std::string write_literal(const ir::Literal& literal, LiteralType type);
  std::string write_limit(const ir::Literal& limit);
  LiteralType type_of(const ir::Expression& expression) const;
  LiteralType type_of(const Column& column) const;

  const Schema& schema_;
  Dialect dialect_;
  const JoinPlanner& planner_;
  bool qualified_ = false;   // the current core joins tables, so columns need their table's name
  bool is_operand_ = false;  // the current chain's items are compared with something outside
  const std::vector<ir::ExpressionPtr>* groups_ = nullptr;  // of the current core
  std::optional<Error> problem_;
};

}  // namespace idi::sql
