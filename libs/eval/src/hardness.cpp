#include "idi/eval/hardness.hpp"

#include <algorithm>

#include "sql_outline.hpp"

namespace idi::eval {
namespace {

int count_of(bool condition) { return condition ? 1 : 0; }

int ors(const ConditionsOutline& conditions) {
  return static_cast<int>(
      std::count(conditions.connectors.begin(), conditions.connectors.end(), "or"));
}

int likes(const ConditionsOutline& conditions) {
  return static_cast<int>(
      std::count_if(conditions.predicates.begin(), conditions.predicates.end(),
                    [](const PredicateOutline& predicate) { return predicate.op == "like"; }));
}

int subqueries(const ConditionsOutline& conditions) {
  int count = 0;
  for (const auto& predicate : conditions.predicates) {
    count += static_cast<int>(predicate.subqueries.size());
  }
  return count;
}

/// Clauses, joins, OR, LIKE.
int clause_count(const SelectOutline& query) {
  int count = count_of(!query.where.predicates.empty()) + count_of(!query.group_by.empty()) +
              count_of(!query.order_by.empty()) + count_of(!query.limit.empty());
  if (!query.tables.empty()) count += static_cast<int>(query.tables.size()) - 1;
  for (const auto* conditions : {&query.join_conditions, &query.where, &query.having}) {
    count += ors(*conditions) + likes(*conditions);
  }
  return count;
}

/// Subqueries in conditions and set operations, of the outermost SELECT only.
int nesting_count(const SelectOutline& query) {
  return subqueries(query.join_conditions) + subqueries(query.where) + subqueries(query.having) +
         count_of(!query.set_right.empty());
}

/// The official count of "aggregates" looks at the first field of each part, whatever that is:
/// negated conditions in WHERE and the connectors in HAVING count too. Kept, to agree with it.
int aggregate_count(const SelectOutline& query) {
  auto count = std::count(query.item_is_aggregate.begin(), query.item_is_aggregate.end(), true);
  count += std::count_if(query.where.predicates.begin(), query.where.predicates.end(),
                         [](const PredicateOutline& predicate) { return predicate.negated; });
  for (const auto& item : query.order_by) count += static_cast<long>(item.aggregates.size());
  count += static_cast<long>(query.having.connectors.size());
  count += std::count_if(query.having.predicates.begin(), query.having.predicates.end(),
                         [](const PredicateOutline& predicate) { return predicate.negated; });
  return static_cast<int>(count);
}

int other_count(const SelectOutline& query) {
  return count_of(aggregate_count(query) > 1) + count_of(query.items.size() > 1) +
         count_of(query.where.predicates.size() > 1) + count_of(query.group_by.size() > 1);
}

}  // namespace

Hardness hardness_of(std::string_view gold_sql) {
  const SelectOutline query = outline_sql(gold_sql, nullptr);
  const int clauses = clause_count(query);
  const int nesting = nesting_count(query);
  const int others = other_count(query);
  if (nesting == 0) {
    if (clauses <= 1 && others == 0) return Hardness::easy;
    if ((clauses <= 1 && others <= 2) || (clauses <= 2 && others < 2)) return Hardness::medium;
    if ((clauses <= 2 && others > 2) || (clauses == 3 && others <= 2)) return Hardness::hard;
  }
  return clauses <= 1 && others == 0 && nesting <= 1 ? Hardness::hard : Hardness::extra;
}

std::string_view hardness_name(Hardness hardness) noexcept {
  switch (hardness) {
    case Hardness::easy:
      return "easy";
    case Hardness::medium:
      return "medium";
    case Hardness::hard:
      return "hard";
    case Hardness::extra:
      return "extra";
  }
  return "extra";
}

}  // namespace idi::eval
