#include "ir_trees.hpp"

#include <algorithm>
#include <utility>

namespace idi::verification {
namespace {

void add_new(std::vector<int>& tables, int table) {
  if (table >= 0 && std::find(tables.begin(), tables.end(), table) == tables.end()) {
    tables.push_back(table);
  }
}

Leaves into(std::vector<int>& tables) {
  return {[&tables](ColumnRef column) { add_new(tables, column.table); },
          [&tables](int table) { add_new(tables, table); }};
}

void collect(const ir::Condition& condition, std::vector<const ir::AggregateCall*>& found);

void collect(const ir::Expression& expression, std::vector<const ir::AggregateCall*>& found) {
  if (const auto* call = std::get_if<ir::AggregateCall>(&expression.node)) {
    found.push_back(call);
  } else if (const auto* function = std::get_if<ir::FunctionCall>(&expression.node)) {
    collect(*function->argument, found);
  } else if (const auto* binary = std::get_if<ir::Binary>(&expression.node)) {
    collect(*binary->left, found);
    collect(*binary->right, found);
  }
}

void collect(const ir::Condition& condition, std::vector<const ir::AggregateCall*>& found) {
  if (const auto* predicate = std::get_if<ir::Predicate>(&condition.node)) {
    collect(*predicate->left, found);
    for (const auto& operand : predicate->operands) {
      if (const auto* expression = std::get_if<ir::ExpressionPtr>(&operand)) {
        collect(**expression, found);
      }
    }
    return;
  }
  const auto* all = std::get_if<ir::And>(&condition.node);
  for (const auto& part : all != nullptr ? all->parts : std::get<ir::Or>(condition.node).parts) {
    collect(*part, found);
  }
}

class FilterCollector {
 public:
  std::vector<Filter> run(const ir::Query& query) {
    collect_chain(query, true);
    return std::move(filters_);
  }

 private:
  void collect_chain(const ir::Query& query, bool required) {
    // Of an intersection every part is needed; of the rest, an empty part may be right.
    for (const ir::Query* core = &query; core != nullptr; core = core->set_right.get()) {
      if (counts_a_query(*core)) {
        const auto& call = std::get<ir::AggregateCall>(core->select.front()->node);
        collect_chain(*std::get<ir::RowsOf>(call.argument->node).query, required);
      }
      const bool alone = core == &query && !query.set_operator;
      if (core->where) collect_where(*core->where, *core, required && alone);
      if (core->having) collect_subqueries(*core->having);
    }
  }

  void collect_where(const ir::Condition& condition, const ir::Query& core, bool required) {
    if (const auto* predicate = std::get_if<ir::Predicate>(&condition.node)) {
      filters_.push_back({predicate, &core, required});
      const bool positive = !predicate->negated && predicate->op != ir::Comparison::not_equal;
      for (const auto& operand : predicate->operands) {
        const auto* query = std::get_if<ir::QueryPtr>(&operand);
        if (query != nullptr) collect_chain(**query, required && positive);
      }
    } else if (const auto* all = std::get_if<ir::And>(&condition.node)) {
      for (const auto& part : all->parts) collect_where(*part, core, required);
    } else {
      for (const auto& part : std::get<ir::Or>(condition.node).parts) {
        collect_where(*part, core, false);
      }
    }
  }

  void collect_subqueries(const ir::Condition& condition) {
    if (const auto* predicate = std::get_if<ir::Predicate>(&condition.node)) {
      for (const auto& operand : predicate->operands) {
        if (const auto* query = std::get_if<ir::QueryPtr>(&operand)) collect_chain(**query, false);
      }
      return;
    }
    const auto* all = std::get_if<ir::And>(&condition.node);
    for (const auto& part : all != nullptr ? all->parts : std::get<ir::Or>(condition.node).parts) {
      collect_subqueries(*part);
    }
  }

  std::vector<Filter> filters_;
};

}  // namespace

ir::ExpressionPtr aggregate_of(ir::Aggregate aggregate, ir::ExpressionPtr argument) {
  ir::AggregateCall call;
  call.aggregate = aggregate;
  call.argument = std::move(argument);
  return make_expression(std::move(call));
}

ir::ExpressionPtr count_of_rows() {
  return aggregate_of(ir::Aggregate::count, make_expression(ir::StarOf{-1}));
}

ir::Literal whole_number(std::int64_t number) {
  return {ir::Literal::Kind::number, std::to_string(number), -1};
}

ir::ConditionPtr all_of(std::vector<ir::ConditionPtr> parts) {
  if (parts.empty()) return nullptr;
  if (parts.size() == 1) return parts.front();
  return make_condition(ir::And{std::move(parts)});
}

std::vector<ir::ConditionPtr> conjuncts(const ir::ConditionPtr& condition) {
  if (!condition) return {};
  const auto* all = std::get_if<ir::And>(&condition->node);
  if (all == nullptr) return {condition};
  std::vector<ir::ConditionPtr> parts;
  for (const auto& part : all->parts) {
    for (auto& inner : conjuncts(part)) parts.push_back(std::move(inner));
  }
  return parts;
}

void visit(const ir::Expression& expression, const Leaves& leaves) {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) {
    if (leaves.column) leaves.column(*column);
  } else if (const auto* star = std::get_if<ir::StarOf>(&expression.node)) {
    if (leaves.star) leaves.star(star->table);
  } else if (const auto* call = std::get_if<ir::AggregateCall>(&expression.node)) {
    if (call->when) visit(*call->when, leaves);
    visit(*call->argument, leaves);
  } else if (const auto* function = std::get_if<ir::FunctionCall>(&expression.node)) {
    visit(*function->argument, leaves);
  } else if (const auto* binary = std::get_if<ir::Binary>(&expression.node)) {
    visit(*binary->left, leaves);
    visit(*binary->right, leaves);
  }
}

void visit(const ir::Condition& condition, const Leaves& leaves) {
  if (const auto* predicate = std::get_if<ir::Predicate>(&condition.node)) {
    visit(*predicate->left, leaves);
    for (const auto& operand : predicate->operands) {
      if (const auto* expression = std::get_if<ir::ExpressionPtr>(&operand)) {
        visit(**expression, leaves);
      }
    }
    return;
  }
  const auto* all = std::get_if<ir::And>(&condition.node);
  for (const auto& part : all != nullptr ? all->parts : std::get<ir::Or>(condition.node).parts) {
    visit(*part, leaves);
  }
}

void visit(const ir::Query& core, const Leaves& leaves) {
  for (const auto& item : core.select) visit(*item, leaves);
  if (core.where) visit(*core.where, leaves);
  for (const auto& key : core.group_by) visit(*key, leaves);
  if (core.having) visit(*core.having, leaves);
  for (const auto& item : core.order_by) visit(*item.expression, leaves);
  for (const auto& key : core.limit_per) visit(*key, leaves);
}

std::vector<int> tables_of(const ir::Expression& expression) {
  std::vector<int> tables;
  visit(expression, into(tables));
  return tables;
}

std::vector<int> tables_of(const ir::Condition& condition) {
  std::vector<int> tables;
  visit(condition, into(tables));
  return tables;
}

std::vector<ColumnRef> columns_of(const ir::Expression& expression) {
  std::vector<ColumnRef> columns;
  visit(expression, {[&](ColumnRef column) { columns.push_back(column); }, nullptr});
  return columns;
}

std::vector<int> mentioned_tables(const ir::Query& core) {
  std::vector<int> tables;
  visit(core, into(tables));
  for (const int table : core.extra_tables) add_new(tables, table);
  for (const auto& hint : core.join_hints) {
    add_new(tables, hint.left.table);
    add_new(tables, hint.right.table);
  }
  return tables;
}

std::vector<int> shown_tables(const ir::Query& core) {
  ir::Query shown = core;
  shown.where = nullptr;
  std::vector<int> tables;
  visit(shown, into(tables));
  return tables;
}

std::vector<const ir::AggregateCall*> aggregates_of(const ir::Query& core) {
  std::vector<const ir::AggregateCall*> found;
  for (const auto& item : core.select) collect(*item, found);
  if (core.having) collect(*core.having, found);
  for (const auto& item : core.order_by) collect(*item.expression, found);
  return found;
}

std::vector<const ir::AggregateCall*> aggregates_of(const ir::Expression& expression) {
  std::vector<const ir::AggregateCall*> found;
  collect(expression, found);
  return found;
}

bool counts_a_query(const ir::Query& core) {
  if (core.select.size() != 1) return false;
  const auto* call = std::get_if<ir::AggregateCall>(&core.select.front()->node);
  return call != nullptr && std::holds_alternative<ir::RowsOf>(call->argument->node);
}

ir::Query from_of(const ir::Query& core) {
  ir::Query from;
  from.extra_tables = mentioned_tables(core);
  from.join_hints = core.join_hints;
  return from;
}

std::vector<Filter> filters_of(const ir::Query& query) { return FilterCollector().run(query); }

bool same(const ir::Expression& a, const ir::Expression& b) {
  if (a.node.index() != b.node.index()) return false;
  if (const auto* column = std::get_if<ColumnRef>(&a.node)) {
    return *column == std::get<ColumnRef>(b.node);
  }
  if (const auto* star = std::get_if<ir::StarOf>(&a.node)) {
    return *star == std::get<ir::StarOf>(b.node);
  }
  if (const auto* function = std::get_if<ir::FunctionCall>(&a.node)) {
    const auto& other = std::get<ir::FunctionCall>(b.node);
    return function->function == other.function && same(*function->argument, *other.argument);
  }
  if (const auto* binary = std::get_if<ir::Binary>(&a.node)) {
    const auto& other = std::get<ir::Binary>(b.node);
    return binary->op == other.op && same(*binary->left, *other.left) &&
           same(*binary->right, *other.right);
  }
  if (const auto* call = std::get_if<ir::AggregateCall>(&a.node)) {
    const auto& other = std::get<ir::AggregateCall>(b.node);
    return call->aggregate == other.aggregate && call->distinct == other.distinct &&
           call->when == other.when && call->over == other.over &&
           same(*call->argument, *other.argument);
  }
  if (const auto* literal = std::get_if<ir::Literal>(&a.node)) {
    return *literal == std::get<ir::Literal>(b.node);
  }
  return false;
}

}  // namespace idi::verification
