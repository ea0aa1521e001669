#include "idi/eval/error_kind.hpp"

#include <algorithm>
#include <string>

#include "sql_outline.hpp"

namespace idi::eval {
namespace {

using Bag = std::vector<std::string>;  // sorted before it is compared

/// Everything that the SELECTs of a query mention, by the kind of error that a difference means.
struct Inventory {
  Bag nesting;
  Bag aggregates;
  Bag conditions;
  Bag columns;
  Bag tables;
  Bag joins;
  Bag order;
  Bag values;
};

void add(const Bag& from, Bag& to) { to.insert(to.end(), from.begin(), from.end()); }

class InventoryTaker {
 public:
  static Inventory take(const SelectOutline& query) {
    InventoryTaker taker;
    taker.read(query);
    Inventory& all = taker.inventory_;
    for (Bag* bag : {&all.nesting, &all.aggregates, &all.conditions, &all.columns, &all.tables,
                     &all.joins, &all.order, &all.values}) {
      std::sort(bag->begin(), bag->end());
    }
    return std::move(all);
  }

 private:
  void read(const SelectOutline& query) {
    add(query.tables, inventory_.tables);
    for (const auto& item : query.items) read_expression(item);
    for (const auto& item : query.group_by) {
      read_expression(item);
      for (const auto& column : item.columns) inventory_.aggregates.push_back("by " + column);
    }
    if (query.distinct) inventory_.aggregates.emplace_back("distinct");
    for (const auto* conditions : {&query.join_conditions, &query.where, &query.having}) {
      read_conditions(*conditions);
    }
    read_order(query);
    read_nested("from", query.from_subqueries);
    read_nested("item", query.item_subqueries);
    read_nested(query.set_operator, query.set_right);
  }

  void read_expression(const ExpressionOutline& expression) {
    add(expression.columns, inventory_.columns);
    add(expression.aggregates, inventory_.aggregates);
    add(expression.functions, inventory_.columns);
    add(expression.literals, inventory_.values);
    if (!expression.arithmetic.empty()) inventory_.columns.push_back(expression.arithmetic);
  }

  void read_conditions(const ConditionsOutline& conditions) {
    for (const auto& connector : conditions.connectors) {
      if (connector == "or") inventory_.conditions.push_back(connector);
    }
    for (const auto& predicate : conditions.predicates) {
      if (is_join(predicate)) {
        Bag sides = {predicate.left.columns.front(), predicate.right.columns.front()};
        std::sort(sides.begin(), sides.end());
        inventory_.joins.push_back(sides[0] + "=" + sides[1]);
        continue;
      }
      inventory_.conditions.push_back((predicate.negated ? "not " : "") + predicate.op);
      read_expression(predicate.left);
      read_expression(predicate.right);
      read_nested("condition", predicate.subqueries);
    }
  }

  static bool is_join(const PredicateOutline& predicate) {
    const auto is_column = [](const ExpressionOutline& side) {
      return side.columns.size() == 1 && side.literals.empty() && side.aggregates.empty() &&
             side.functions.empty() && side.arithmetic.empty();
    };
    return predicate.op == "=" && !predicate.negated && predicate.subqueries.empty() &&
           is_column(predicate.left) && is_column(predicate.right);
  }

  void read_order(const SelectOutline& query) {
    for (std::size_t i = 0; i < query.order_by.size(); ++i) {
      const ExpressionOutline& item = query.order_by[i];
      read_expression(item);
      std::string text = query.descending[i] ? "desc" : "asc";
      for (const auto& column : item.columns) text += " " + column;
      inventory_.order.push_back(text);
    }
    if (!query.limit.empty()) inventory_.order.push_back("limit " + query.limit);
  }

  void read_nested(const std::string& where, const std::vector<SelectOutline>& queries) {
    for (const auto& query : queries) {
      inventory_.nesting.push_back(where);
      read(query);
    }
  }

  Inventory inventory_;
};

}  // namespace

ErrorDiagnosis diagnose(std::string_view gold_sql, std::string_view predicted_sql,
                        const Schema* schema) {
  const Inventory gold = InventoryTaker::take(outline_sql(gold_sql, schema));
  const Inventory predicted = InventoryTaker::take(outline_sql(predicted_sql, schema));
  ErrorDiagnosis kinds;
  if (gold.nesting != predicted.nesting) kinds.push_back(ErrorKind::nesting);
  if (gold.aggregates != predicted.aggregates) kinds.push_back(ErrorKind::aggregate);
  if (gold.conditions != predicted.conditions) kinds.push_back(ErrorKind::condition);
  const bool tables_differ = gold.tables != predicted.tables;
  // count(*) over another table mentions no other column, yet it is a wrong table, not a wrong
  // join.
  const bool other_table_alone =
      tables_differ && gold.tables.size() == 1 && predicted.tables.size() == 1;
  if (gold.columns != predicted.columns || other_table_alone) kinds.push_back(ErrorKind::schema);
  if (!other_table_alone && (tables_differ || gold.joins != predicted.joins)) {
    kinds.push_back(ErrorKind::join);
  }
  if (gold.order != predicted.order) kinds.push_back(ErrorKind::order);
  if (gold.values != predicted.values) kinds.push_back(ErrorKind::value);
  if (kinds.empty()) kinds.push_back(ErrorKind::other);
  return kinds;
}

std::string_view error_kind_name(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::unanswered:
      return "unanswered";
    case ErrorKind::timeout:
      return "timeout";
    case ErrorKind::failed:
      return "error";
    case ErrorKind::nesting:
      return "nesting";
    case ErrorKind::aggregate:
      return "aggregate";
    case ErrorKind::condition:
      return "condition";
    case ErrorKind::schema:
      return "schema";
    case ErrorKind::join:
      return "join";
    case ErrorKind::order:
      return "order";
    case ErrorKind::value:
      return "value";
    case ErrorKind::other:
      return "other";
  }
  return "other";
}

std::optional<ErrorKind> error_kind_from_name(std::string_view name) noexcept {
  for (const ErrorKind kind : all_error_kinds) {
    if (error_kind_name(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string_view error_kind_meaning(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::unanswered:
      return "no SQL came";
    case ErrorKind::timeout:
      return "took too long";
    case ErrorKind::failed:
      return "the SQL was refused or broke";
    case ErrorKind::nesting:
      return "subqueries or set operations differ";
    case ErrorKind::aggregate:
      return "aggregates, grouping or DISTINCT differ";
    case ErrorKind::condition:
      return "number or kind of conditions differ";
    case ErrorKind::schema:
      return "other columns or another table";
    case ErrorKind::join:
      return "other tables joined, or joined otherwise";
    case ErrorKind::order:
      return "ORDER BY or LIMIT differ";
    case ErrorKind::value:
      return "compared with other values";
    case ErrorKind::other:
      return "same parts, other meaning";
  }
  return "";
}

}  // namespace idi::eval
