// AST → IR: the class behind to_ir, in three parts: queries (translate_query.cpp), expressions
// (translate_expression.cpp), conditions (translate_condition.cpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ast.hpp"
#include "idi/core/result.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"
#include "no_words.hpp"
#include "scope.hpp"

namespace idi::sql {

template <typename Node>
ir::ExpressionPtr make_expression(Node node) {
  return std::make_shared<const ir::Expression>(ir::Expression{std::move(node)});
}
template <typename Node>
ir::ConditionPtr make_condition(Node node) {
  return std::make_shared<const ir::Condition>(ir::Condition{std::move(node)});
}

/// One condition of several; nested conditions of the same kind are spliced in.
template <typename Connective>
[[nodiscard]] ir::ConditionPtr joined(std::vector<ir::ConditionPtr> parts) {
  Connective flat;
  for (ir::ConditionPtr& part : parts) {
    if (const auto* same = std::get_if<Connective>(&part->node)) {
      flat.parts.insert(flat.parts.end(), same->parts.begin(), same->parts.end());
    } else {
      flat.parts.push_back(std::move(part));
    }
  }
  if (flat.parts.size() == 1) return flat.parts.front();
  return make_condition(std::move(flat));
}

/// Keeps references to the schema and the planner, nothing of what it translates.
class Translator {
 public:
  Translator(const Schema& schema, const JoinPlanner& planner)
      : schema_(schema), planner_(planner) {}
  Result<ir::QueryPtr> translate_chain(const ast::Select& select, const Scope* outer);

 private:
  using Operand = std::variant<ir::Literal, ir::QueryPtr, ir::ExpressionPtr>;

  static ir::QueryPtr without_distinct(ir::QueryPtr query);
  Result<ir::Query> translate_core(const ast::Select& select, const Scope* outer);
  /// SELECT count(*) FROM (query): the only use of derived tables that there are words for.
  Result<ir::Query> translate_rows_of(const ast::Select& select, const Scope* outer);
  Status open_scope(const ast::Select& select, Scope& scope) const;
  Status take_join(const ast::TableReference& reference, std::size_t index, Scope& scope,
                   std::vector<ir::ConditionPtr>& filters);
  /// Conjuncts: equalities between columns of two tables are joins, all others filters.
  Status take_filters(const ast::Expression& condition, Scope& scope,
                      std::vector<ir::ConditionPtr>& filters);
  Status take_item(const ast::Item& item, const Scope& scope, ir::Query& query);

  Result<ir::ExpressionPtr> translate(const ast::Expression& expression, const Scope& scope);
  Result<ir::ExpressionPtr> translate_node(const ast::Expression& expression, const Scope& scope);
  Result<ir::ExpressionPtr> translate_call(const ast::Expression& call, const Scope& scope);
  /// AGG(CASE WHEN c THEN x END), AGG(…) FILTER (WHERE c) and SUM(c): of some of the rows.
  Result<ir::ExpressionPtr> translate_partial(const ast::Expression& call, const Scope& scope);
  Result<ir::ExpressionPtr> translate_function(const ast::Expression& call, const Scope& scope);
  /// Casts that the writer adds itself (real division, numeric parts of dates) leave no trace.
  Result<ir::ExpressionPtr> translate_cast(const ast::Expression& cast, const Scope& scope);
  Result<ir::ExpressionPtr> translate_arithmetic(const ast::Expression& binary, const Scope& scope);

  // Times (translate_time.cpp) and windows (translate_window.cpp), as the writer writes them.
  /// A part of a time in the writer's words; nullptr if it is none.
  ir::ExpressionPtr read_time(const ast::Expression& expression, const Scope& scope);
  /// JULIANDAY(a) - JULIANDAY(b); nullptr if it is none.
  Result<ir::ExpressionPtr> read_days_between(const ast::Expression& binary, const Scope& scope);
  Result<ir::ExpressionPtr> read_day_number(const ast::Expression& call, const Scope& scope);
  bool is_time(const ir::Expression& expression) const;
  /// SUM(AGG(x)) OVER (…): up to this group.
  Result<ir::ExpressionPtr> translate_running(const ast::Expression& call, const Scope& scope);
  /// Shares of all groups, changes and growth; nullptr if it is none of them.
  Result<ir::ExpressionPtr> read_relation(const ast::Expression& binary, const Scope& scope);
  Result<ir::ExpressionPtr> related(const ast::Expression& aggregate, ir::Over over,
                                    const Scope& scope);
  /// Errors: not_supported unless the window follows the groups as ir::Over says.
  Status check_group_order(const ast::Window& window, const Scope& scope);
  Status compare_group_order(const ast::Window& window, const Scope& scope);
  /// SELECT … FROM (SELECT …, ROW_NUMBER() OVER (…) AS place …) WHERE place <= n, as a SELECT of
  /// its own with `limit_per`; nullptr if it is none.
  static Result<ast::SelectPtr> read_ranked(const ast::Select& select);

  /// `negated`: NOT is pushed down to the leaves; under three-valued logic that changes nothing.
  Result<ir::ConditionPtr> translate_condition(const ast::Expression& condition, bool negated,
                                               const Scope& scope);
  /// Within IN, duplicates and order mean nothing. Dropped before the joins are, for they may be
  /// what a table is mentioned by.
  static ast::Select plain_set(ast::Select select);
  Result<ir::Predicate> start_predicate(const ast::Expression& condition, bool negated,
                                        const Scope& scope);
  Result<Operand> translate_operand(const ast::Expression& operand, const Scope& scope);
  Result<ir::ConditionPtr> translate_comparison(const ast::Expression& comparison, bool negated,
                                                const Scope& scope);
  Result<ir::ConditionPtr> translate_like(const ast::Expression& like, bool negated,
                                          const Scope& scope);

  const Schema& schema_;
  const JoinPlanner& planner_;
  bool within_window_ = false;  // the keys of one are being translated
};

}  // namespace idi::sql
