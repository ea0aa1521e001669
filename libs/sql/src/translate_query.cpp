// One scope (query core) at a time: FROM gives the names and the joins, the clauses are translated,
// then canonicalise_joins takes the joins out.
#include "canonical_joins.hpp"
#include "idi/core/text.hpp"
#include "translator.hpp"

namespace idi::sql {

using ast::Kind;
using ir::ConditionPtr;
using ir::ExpressionPtr;
using ir::Literal;
Result<ir::QueryPtr> Translator::translate_chain(const ast::Select& select, const Scope* outer) {
  IDI_TRY(ir::Query query, translate_core(select, outer));
  if (select.set_operator.empty()) return std::make_shared<const ir::Query>(std::move(query));
  if (!query.order_by.empty() || query.limit) {
    return no_words_for("ORDER BY and LIMIT within a set operation");
  }
  if (select.set_operator == "union") {
    query.set_operator = ir::SetOperator::unite;
  } else if (select.set_operator == "intersect") {
    query.set_operator = ir::SetOperator::intersect;
  } else if (select.set_operator == "except") {
    query.set_operator = ir::SetOperator::except;
  } else {
    return no_words_for(select.set_operator);
  }
  IDI_TRY(ir::QueryPtr right, translate_chain(*select.set_right, outer));
  if (!right->order_by.empty() || right->limit) {
    return no_words_for("ORDER BY and LIMIT after a set operation");
  }
  query.set_right = without_distinct(std::move(right));
  query.distinct = false;  // implied by the set operator
  return std::make_shared<const ir::Query>(std::move(query));
}

ir::QueryPtr Translator::without_distinct(ir::QueryPtr query) {
  if (!query->distinct) return query;
  ir::Query plain = *query;
  plain.distinct = false;
  return std::make_shared<const ir::Query>(std::move(plain));
}

Result<ir::Query> Translator::translate_core(const ast::Select& select, const Scope* outer) {
  if (select.from.empty()) return no_words_for("a query without FROM");
  if (select.from.size() == 1 && select.from.front().derived) {
    IDI_TRY(const ast::SelectPtr ranked, read_ranked(select));
    return ranked ? translate_core(*ranked, outer) : translate_rows_of(select, outer);
  }
  Scope scope{schema_, select, outer};
  IDI_CHECK(open_scope(select, scope));

  ir::Query query;
  query.distinct = select.distinct;
  std::vector<ConditionPtr> filters;
  for (std::size_t i = 0; i < select.from.size(); ++i) {
    IDI_CHECK(take_join(select.from[i], i, scope, filters));
  }
  if (select.where) IDI_CHECK(take_filters(*select.where, scope, filters));
  if (!filters.empty()) query.where = joined<ir::And>(std::move(filters));
  for (const ast::Item& item : select.items) {
    IDI_CHECK(take_item(item, scope, query));
  }
  scope.aliases_visible = true;
  for (const ast::ExpressionPtr& key : select.group_by) {
    IDI_TRY(ExpressionPtr translated, translate(dereference(*key, scope), scope));
    query.group_by.push_back(std::move(translated));
  }
  if (select.having) {
    if (query.group_by.empty()) return no_words_for("HAVING without GROUP BY");
    IDI_TRY(query.having, translate_condition(*select.having, false, scope));
  }
  for (const ast::OrderTerm& term : select.order_by) {
    IDI_TRY(ExpressionPtr translated, translate(dereference(*term.expression, scope), scope));
    query.order_by.push_back({std::move(translated), term.descending});
  }
  for (const ast::ExpressionPtr& key : select.limit_per) {
    IDI_TRY(ExpressionPtr translated, translate(*key, scope));
    query.limit_per.push_back(std::move(translated));
  }
  if (select.limit) {
    if (select.limit->kind != Kind::number) return no_words_for("a LIMIT that is no number");
    query.limit = literal_of(*select.limit);
  }
  std::vector<int> tables;
  for (const ScopeTable& table : scope.tables) tables.push_back(table.table);
  IDI_CHECK(canonicalise_joins(query, tables, scope.joins, schema_, planner_));
  return query;
}

/// SELECT count(*) FROM (query): the only use of derived tables that there are words for.
Result<ir::Query> Translator::translate_rows_of(const ast::Select& select, const Scope* outer) {
  const bool alone = select.items.size() == 1 && !select.where && select.group_by.empty() &&
                     !select.having && select.order_by.empty() && !select.limit && !select.distinct;
  const ast::Expression& item = *select.items.front().expression;
  const bool counts = item.kind == Kind::call && item.name == "count" && !item.distinct &&
                      item.arguments.size() == 1 && item.arguments[0]->kind == Kind::star;
  if (!alone || !counts) return no_words_for("a subquery in FROM");
  IDI_TRY(ir::QueryPtr rows, translate_chain(*select.from.front().derived, outer));
  ir::Query query;
  query.select.push_back(make_expression(ir::AggregateCall{
      ir::Aggregate::count, false, make_expression(ir::RowsOf{std::move(rows)})}));
  return query;
}

Status Translator::open_scope(const ast::Select& select, Scope& scope) const {
  for (const ast::TableReference& reference : select.from) {
    if (reference.derived) return no_words_for("a subquery in FROM");
    const std::optional<int> table = schema_.find_table(reference.name);
    if (!table) {
      return make_error(ErrorCode::sql_rejected, "there is no table " + reference.name);
    }
    for (const ScopeTable& other : scope.tables) {
      if (other.table == *table) return no_words_for("self-join");
    }
    if (reference.join == ast::JoinKind::outer) return no_words_for("outer join");
    scope.tables.push_back({reference.alias.empty() ? reference.name : reference.alias, *table});
  }
  return {};
}

Status Translator::take_join(const ast::TableReference& reference, std::size_t index, Scope& scope,
                             std::vector<ConditionPtr>& filters) {
  if (reference.on) return take_filters(*reference.on, scope, filters);
  std::vector<std::string> names = reference.using_columns;
  const int table = scope.tables[index].table;
  if (reference.join == ast::JoinKind::natural) {
    for (const Column& column : schema_.tables[static_cast<std::size_t>(table)].columns) {
      names.push_back(column.name);
    }
  }
  for (const std::string& name : names) {
    const std::optional<int> right = schema_.find_column(table, name);
    for (std::size_t left = 0; left < index && right; ++left) {
      const std::optional<int> column = schema_.find_column(scope.tables[left].table, name);
      if (!column) continue;
      scope.joins.push_back({{scope.tables[left].table, *column}, {table, *right}});
      break;
    }
  }
  return {};
}

/// Conjuncts: equalities between columns of two tables are joins, all others filters.
Status Translator::take_filters(const ast::Expression& condition, Scope& scope,
                                std::vector<ConditionPtr>& filters) {
  if (condition.kind == Kind::binary && condition.name == "and") {
    IDI_CHECK(take_filters(*condition.arguments[0], scope, filters));
    return take_filters(*condition.arguments[1], scope, filters);
  }
  if (condition.kind == Kind::binary && condition.name == "=" &&
      condition.arguments[0]->kind == Kind::column &&
      condition.arguments[1]->kind == Kind::column) {
    const auto left = find_column(*condition.arguments[0], scope);
    const auto right = find_column(*condition.arguments[1], scope);
    if (left && right && left->table != right->table) {
      scope.joins.push_back({*left, *right});
      return {};
    }
  }
  IDI_TRY(ConditionPtr filter, translate_condition(condition, false, scope));
  if (const auto* all = std::get_if<ir::And>(&filter->node)) {
    filters.insert(filters.end(), all->parts.begin(), all->parts.end());
  } else {
    filters.push_back(std::move(filter));
  }
  return {};
}

Status Translator::take_item(const ast::Item& item, const Scope& scope, ir::Query& query) {
  const ast::Expression& expression = *item.expression;
  if (expression.kind != Kind::star) {
    IDI_TRY(ExpressionPtr translated, translate(expression, scope));
    query.select.push_back(std::move(translated));
    return {};
  }
  bool found = false;
  for (const ScopeTable& table : scope.tables) {
    if (expression.qualifier.empty() ||
        text::equals_ignoring_ascii_case(expression.qualifier, table.alias)) {
      query.select.push_back(make_expression(ir::StarOf{table.table}));
      found = true;
    }
  }
  if (!found) {
    return make_error(ErrorCode::sql_rejected, "there is no table " + expression.qualifier);
  }
  return {};
}

}  // namespace idi::sql
