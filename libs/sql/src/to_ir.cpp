// AST → IR, one scope (query core) at a time: names are resolved, joins gathered, conditions
// flattened; then canonicalise_joins takes the joins out.
#include <algorithm>
#include <optional>

#include "canonical_joins.hpp"
#include "idi/core/text.hpp"
#include "idi/sql/translate.hpp"
#include "select_parser.hpp"

namespace idi::sql {
namespace {

using ast::Kind;
using ir::Comparison;
using ir::ConditionPtr;
using ir::ExpressionPtr;
using ir::JoinHint;
using ir::Literal;
using Operand = std::variant<Literal, ir::QueryPtr, ExpressionPtr>;

Error unsupported(std::string_view what) {
  return make_error(ErrorCode::not_supported,
                    "the intermediate representation has no words for: " + std::string(what));
}

template <typename Node>
ExpressionPtr make_expression(Node node) {
  return std::make_shared<const ir::Expression>(ir::Expression{std::move(node)});
}
template <typename Node>
ConditionPtr make_condition(Node node) {
  return std::make_shared<const ir::Condition>(ir::Condition{std::move(node)});
}

struct ScopeTable {
  std::string alias;  ///< Or the table's name.
  int table = -1;
};

struct Scope {
  std::vector<ScopeTable> tables;
  std::vector<JoinHint> joins;
  const ast::Select* select = nullptr;
  const Scope* outer = nullptr;
};

Comparison flipped(Comparison op) {
  switch (op) {
    case Comparison::less:
      return Comparison::greater;
    case Comparison::greater:
      return Comparison::less;
    case Comparison::less_equal:
      return Comparison::greater_equal;
    case Comparison::greater_equal:
      return Comparison::less_equal;
    default:
      return op;
  }
}
Comparison opposite(Comparison op) {
  switch (op) {
    case Comparison::equal:
      return Comparison::not_equal;
    case Comparison::not_equal:
      return Comparison::equal;
    case Comparison::less:
      return Comparison::greater_equal;
    case Comparison::greater:
      return Comparison::less_equal;
    case Comparison::less_equal:
      return Comparison::greater;
    case Comparison::greater_equal:
      return Comparison::less;
    default:
      return op;
  }
}
std::optional<Comparison> comparison_of(std::string_view op) {
  if (op == "=") return Comparison::equal;
  if (op == "!=") return Comparison::not_equal;
  if (op == "<") return Comparison::less;
  if (op == ">") return Comparison::greater;
  if (op == "<=") return Comparison::less_equal;
  if (op == ">=") return Comparison::greater_equal;
  return std::nullopt;
}
std::optional<ir::Aggregate> aggregate_of(std::string_view name) {
  if (name == "count") return ir::Aggregate::count;
  if (name == "sum" || name == "total") return ir::Aggregate::sum;
  if (name == "avg") return ir::Aggregate::avg;
  if (name == "min") return ir::Aggregate::min;
  if (name == "max") return ir::Aggregate::max;
  return std::nullopt;
}

bool is_literal(const ast::Expression& expression) {
  return expression.kind == Kind::number || expression.kind == Kind::text;
}

/// The rest of the parser's tree is dropped after translation, so subtrees need not be copied.
class Translator {
 public:
  Translator(const Schema& schema, const JoinPlanner& planner)
      : schema_(schema), planner_(planner) {}

  Result<ir::QueryPtr> translate_chain(const ast::Select& select, const Scope* outer) {
    IDI_TRY(ir::Query query, translate_core(select, outer));
    if (select.set_operator.empty()) return std::make_shared<const ir::Query>(std::move(query));
    if (!query.order_by.empty() || query.limit) {
      return unsupported("ORDER BY and LIMIT within a set operation");
    }
    if (select.set_operator == "union") {
      query.set_operator = ir::SetOperator::unite;
    } else if (select.set_operator == "intersect") {
      query.set_operator = ir::SetOperator::intersect;
    } else if (select.set_operator == "except") {
      query.set_operator = ir::SetOperator::except;
    } else {
      return unsupported(select.set_operator);
    }
    IDI_TRY(ir::QueryPtr right, translate_chain(*select.set_right, outer));
    if (!right->order_by.empty() || right->limit) {
      return unsupported("ORDER BY and LIMIT after a set operation");
    }
    query.set_right = without_distinct(std::move(right));
    query.distinct = false;  // implied by the set operator
    return std::make_shared<const ir::Query>(std::move(query));
  }

 private:
  static ir::QueryPtr without_distinct(ir::QueryPtr query) {
    if (!query->distinct) return query;
    ir::Query plain = *query;
    plain.distinct = false;
    return std::make_shared<const ir::Query>(std::move(plain));
  }

  // ---- one core
  Result<ir::Query> translate_core(const ast::Select& select, const Scope* outer) {
    if (select.from.empty()) return unsupported("a query without FROM");
    if (select.from.size() == 1 && select.from.front().derived) {
      return translate_rows_of(select, outer);
    }
    Scope scope;
    scope.select = &select;
    scope.outer = outer;
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
    for (const ast::ExpressionPtr& key : select.group_by) {
      IDI_TRY(ExpressionPtr translated, translate(*dereference(key, scope), scope));
      query.group_by.push_back(std::move(translated));
    }
    if (select.having) {
      if (query.group_by.empty()) return unsupported("HAVING without GROUP BY");
      IDI_TRY(query.having, translate_condition(*select.having, false, scope));
    }
    for (const ast::OrderTerm& term : select.order_by) {
      IDI_TRY(ExpressionPtr translated, translate(*dereference(term.expression, scope), scope));
      query.order_by.push_back({std::move(translated), term.descending});
    }
    if (select.limit) {
      if (select.limit->kind != Kind::number) return unsupported("a LIMIT that is no number");
      query.limit = literal_of(*select.limit);
    }
    std::vector<int> tables;
    for (const ScopeTable& table : scope.tables) tables.push_back(table.table);
    IDI_CHECK(canonicalise_joins(query, tables, scope.joins, schema_, planner_));
    return query;
  }

  /// SELECT count(*) FROM (query): the only use of derived tables that there are words for.
  Result<ir::Query> translate_rows_of(const ast::Select& select, const Scope* outer) {
    const bool alone = select.items.size() == 1 && !select.where && select.group_by.empty() &&
                       !select.having && select.order_by.empty() && !select.limit &&
                       !select.distinct;
    const ast::Expression& item = *select.items.front().expression;
    const bool counts = item.kind == Kind::call && item.name == "count" && !item.distinct &&
                        item.arguments.size() == 1 && item.arguments[0]->kind == Kind::star;
    if (!alone || !counts) return unsupported("a subquery in FROM");
    IDI_TRY(ir::QueryPtr rows, translate_chain(*select.from.front().derived, outer));
    ir::Query query;
    query.select.push_back(make_expression(ir::AggregateCall{
        ir::Aggregate::count, false, make_expression(ir::RowsOf{std::move(rows)})}));
    return query;
  }

  // ---- FROM
  Status open_scope(const ast::Select& select, Scope& scope) const {
    for (const ast::TableReference& reference : select.from) {
      if (reference.derived) return unsupported("a subquery in FROM");
      const std::optional<int> table = schema_.find_table(reference.name);
      if (!table) {
        return make_error(ErrorCode::sql_rejected, "there is no table " + reference.name);
      }
      for (const ScopeTable& other : scope.tables) {
        if (other.table == *table) return unsupported("self-join");
      }
      if (reference.join == ast::JoinKind::outer) return unsupported("outer join");
      scope.tables.push_back({reference.alias.empty() ? reference.name : reference.alias, *table});
    }
    return {};
  }

  Status take_join(const ast::TableReference& reference, std::size_t index, Scope& scope,
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
  Status take_filters(const ast::Expression& condition, Scope& scope,
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

  // ---- names
  std::optional<ColumnRef> find_column(const ast::Expression& column, const Scope& scope) const {
    for (const ScopeTable& table : scope.tables) {
      if (!column.qualifier.empty() &&
          !text::equals_ignoring_ascii_case(column.qualifier, table.alias)) {
        continue;
      }
      if (const auto index = schema_.find_column(table.table, column.name)) {
        return ColumnRef{table.table, *index};
      }
    }
    return std::nullopt;
  }

  /// "x" that is no column is a text, as SQLite has it.
  bool is_text(const ast::Expression& expression, const Scope& scope) const {
    if (expression.kind == Kind::text) return true;
    return expression.kind == Kind::column && expression.double_quoted &&
           expression.qualifier.empty() && !find_column(expression, scope);
  }
  Literal literal_of(const ast::Expression& expression) const {
    Literal literal;
    literal.kind = expression.kind == Kind::number ? Literal::Kind::number : Literal::Kind::text;
    literal.text = expression.kind == Kind::column ? expression.name : expression.text;
    return literal;
  }

  Result<ColumnRef> resolve(const ast::Expression& column, const Scope& scope) const {
    if (const auto found = find_column(column, scope)) return *found;
    for (const Scope* outer = scope.outer; outer != nullptr; outer = outer->outer) {
      if (find_column(column, *outer)) return unsupported("correlated subquery");
    }
    const std::string name =
        column.qualifier.empty() ? column.name : column.qualifier + "." + column.name;
    return make_error(ErrorCode::sql_rejected, "there is no column " + name);
  }

  /// ORDER BY 2 and ORDER BY alias mean a select item.
  const ast::Expression* dereference(const ast::ExpressionPtr& term, const Scope& scope) const {
    const std::vector<ast::Item>& items = scope.select->items;
    if (term->kind == Kind::number && term->text.size() == 1) {
      const int ordinal = term->text[0] - '0';
      if (ordinal >= 1 && ordinal <= static_cast<int>(items.size())) {
        return items[static_cast<std::size_t>(ordinal - 1)].expression.get();
      }
    }
    if (term->kind == Kind::column && term->qualifier.empty()) {
      for (const ast::Item& item : items) {
        if (!item.alias.empty() && text::equals_ignoring_ascii_case(item.alias, term->name)) {
          return item.expression.get();
        }
      }
    }
    return term.get();
  }

  // ---- select items
  Status take_item(const ast::Item& item, const Scope& scope, ir::Query& query) {
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

  // ---- expressions
  Result<ExpressionPtr> translate(const ast::Expression& expression, const Scope& scope) {
    switch (expression.kind) {
      case Kind::column: {
        if (is_text(expression, scope)) return make_expression(literal_of(expression));
        const ast::Expression* target = alias_target(expression, scope);
        if (target != nullptr) return translate(*target, scope);
        IDI_TRY(const ColumnRef column, resolve(expression, scope));
        return make_expression(column);
      }
      case Kind::number:
      case Kind::text:
        return make_expression(literal_of(expression));
      case Kind::call:
        return translate_call(expression, scope);
      case Kind::cast:
        return translate_cast(expression, scope);
      case Kind::binary:
        return translate_arithmetic(expression, scope);
      case Kind::subquery:
        return unsupported("a subquery within an expression");
      case Kind::null:
        return unsupported("NULL as a value");
      default:
        return unsupported("a condition as a value");
    }
  }
  /// HAVING may name a select item by its alias; columns come first.
  const ast::Expression* alias_target(const ast::Expression& column, const Scope& scope) const {
    if (!column.qualifier.empty() || find_column(column, scope)) return nullptr;
    for (const ast::Item& item : scope.select->items) {
      if (!item.alias.empty() && text::equals_ignoring_ascii_case(item.alias, column.name) &&
          item.expression.get() != &column && item.expression->kind != Kind::column) {
        return item.expression.get();
      }
    }
    return nullptr;
  }

  Result<ExpressionPtr> translate_call(const ast::Expression& call, const Scope& scope) {
    const std::optional<ir::Aggregate> aggregate = aggregate_of(call.name);
    if (!aggregate) return translate_function(call, scope);
    if (call.arguments.size() != 1) return unsupported(call.name + " of several arguments");
    const ast::Expression& argument = *call.arguments.front();
    const bool counts_rows = *aggregate == ir::Aggregate::count && !call.distinct &&
                             ((argument.kind == Kind::star && argument.qualifier.empty()) ||
                              argument.kind == Kind::number);
    if (counts_rows) {
      return make_expression(ir::AggregateCall{*aggregate, false, make_expression(ir::StarOf{-1})});
    }
    if (argument.kind == Kind::star) return unsupported(call.name + " of a star");
    IDI_TRY(ExpressionPtr translated, translate(argument, scope));
    const bool distinct = call.distinct && *aggregate != ir::Aggregate::min &&
                          *aggregate != ir::Aggregate::max;  // changes nothing there
    return make_expression(ir::AggregateCall{*aggregate, distinct, std::move(translated)});
  }

  Result<ExpressionPtr> translate_function(const ast::Expression& call, const Scope& scope) {
    const auto part = [&](ir::Function function,
                          const ast::Expression& argument) -> Result<ExpressionPtr> {
      if (argument.kind != Kind::column) return unsupported(call.name + " of an expression");
      IDI_TRY(ExpressionPtr column, translate(argument, scope));
      return make_expression(ir::FunctionCall{function, std::move(column)});
    };
    const auto& arguments = call.arguments;
    if (call.name == "strftime" && arguments.size() == 2 && arguments[0]->kind != Kind::number) {
      const std::string& format =
          arguments[0]->kind == Kind::column ? arguments[0]->name : arguments[0]->text;
      if (format == "%Y") return part(ir::Function::year, *arguments[1]);
      if (format == "%Y-%m") return part(ir::Function::month, *arguments[1]);
      if (format == "%m") return part(ir::Function::month_number, *arguments[1]);
      if (format == "%d") return part(ir::Function::day, *arguments[1]);
      return unsupported("strftime('" + format + "')");
    }
    if ((call.name == "substr" || call.name == "substring") && arguments.size() == 3 &&
        arguments[1]->text == "1") {
      if (arguments[2]->text == "4") return part(ir::Function::year, *arguments[0]);
      if (arguments[2]->text == "7") return part(ir::Function::month, *arguments[0]);
    }
    if (arguments.size() == 1) {
      if (call.name == "year") return part(ir::Function::year, *arguments[0]);
      if (call.name == "month") return part(ir::Function::month_number, *arguments[0]);
      if (call.name == "day") return part(ir::Function::day, *arguments[0]);
    }
    return unsupported("the function " + call.name);
  }

  /// Casts that the writer adds itself (real division, numeric parts of dates) leave no trace.
  Result<ExpressionPtr> translate_cast(const ast::Expression& cast, const Scope& scope) {
    IDI_TRY(ExpressionPtr inner, translate(*cast.arguments.front(), scope));
    const bool to_real = cast.name == "real" || cast.name == "float" || cast.name == "double" ||
                         cast.name == "numeric" || cast.name == "decimal";
    const auto* column = std::get_if<ColumnRef>(&inner->node);
    const bool harmless = to_real || std::holds_alternative<ir::FunctionCall>(inner->node) ||
                          (column != nullptr && schema_.column(*column).type == ColumnType::number);
    if (!harmless) return unsupported("CAST AS " + cast.name);
    return inner;
  }

  Result<ExpressionPtr> translate_arithmetic(const ast::Expression& binary, const Scope& scope) {
    ir::Arithmetic op = ir::Arithmetic::add;
    if (binary.name == "-") {
      op = ir::Arithmetic::subtract;
    } else if (binary.name == "*") {
      op = ir::Arithmetic::multiply;
    } else if (binary.name == "/") {
      op = ir::Arithmetic::divide;
    } else if (binary.name != "+") {
      return unsupported("a condition as a value");
    }
    IDI_TRY(ExpressionPtr left, translate(*binary.arguments[0], scope));
    IDI_TRY(ExpressionPtr right, translate(*binary.arguments[1], scope));
    const auto literal = [](const ExpressionPtr& side) {
      return std::get_if<Literal>(&side->node);
    };
    if (literal(left) && (op == ir::Arithmetic::add || op == ir::Arithmetic::multiply)) {
      std::swap(left, right);  // numbers stand on the right
    }
    if (literal(left)) return unsupported("a number on the left of an operation");
    // x * 1.0 is an idiom for real division, which is what ours is anyway.
    if (op == ir::Arithmetic::multiply && literal(right) && literal(right)->text == "1.0") {
      return left;
    }
    return make_expression(ir::Binary{op, std::move(left), std::move(right)});
  }

  // ---- conditions
  template <typename Connective>
  static ConditionPtr joined(std::vector<ConditionPtr> parts) {
    Connective flat;
    for (ConditionPtr& part : parts) {
      if (const auto* same = std::get_if<Connective>(&part->node)) {
        flat.parts.insert(flat.parts.end(), same->parts.begin(), same->parts.end());
      } else {
        flat.parts.push_back(std::move(part));
      }
    }
    if (flat.parts.size() == 1) return flat.parts.front();
    return make_condition(std::move(flat));
  }

  /// `negated`: NOT is pushed down to the leaves; under three-valued logic that changes nothing.
  Result<ConditionPtr> translate_condition(const ast::Expression& condition, bool negated,
                                           const Scope& scope) {
    switch (condition.kind) {
      case Kind::negation:
        return translate_condition(*condition.arguments[0], !negated, scope);
      case Kind::binary:
        if (condition.name == "and" || condition.name == "or") {
          IDI_TRY(ConditionPtr left, translate_condition(*condition.arguments[0], negated, scope));
          IDI_TRY(ConditionPtr right, translate_condition(*condition.arguments[1], negated, scope));
          return (condition.name == "and") != negated
                     ? joined<ir::And>({std::move(left), std::move(right)})
                     : joined<ir::Or>({std::move(left), std::move(right)});
        }
        return translate_comparison(condition, negated, scope);
      case Kind::between: {
        IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
        predicate.op = Comparison::between;
        for (std::size_t i = 1; i < 3; ++i) {
          IDI_TRY(Operand operand, translate_operand(*condition.arguments[i], scope));
          predicate.operands.push_back(std::move(operand));
        }
        return make_condition(std::move(predicate));
      }
      case Kind::in_list: {
        IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
        predicate.op = Comparison::in;
        for (std::size_t i = 1; i < condition.arguments.size(); ++i) {
          IDI_TRY(Operand operand, translate_operand(*condition.arguments[i], scope));
          if (!std::holds_alternative<Literal>(operand)) {
            return unsupported("IN with anything but values");
          }
          predicate.operands.push_back(std::move(operand));
        }
        return make_condition(std::move(predicate));
      }
      case Kind::in_query: {
        IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
        predicate.op = Comparison::in;
        IDI_TRY(ir::QueryPtr query, translate_chain(plain_set(*condition.select), &scope));
        predicate.operands.push_back(std::move(query));
        return make_condition(std::move(predicate));
      }
      case Kind::is_null: {
        IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
        predicate.op = Comparison::is_null;
        return make_condition(std::move(predicate));
      }
      case Kind::like:
        return translate_like(condition, negated, scope);
      default:
        return unsupported("a value as a condition");
    }
  }

  /// Within IN, duplicates and order mean nothing. Dropped before the joins are, for they may be
  /// what a table is mentioned by.
  static ast::Select plain_set(ast::Select select) {
    if (!select.limit) {
      select.distinct = false;
      select.order_by.clear();
    }
    return select;
  }

  Result<ir::Predicate> start_predicate(const ast::Expression& condition, bool negated,
                                        const Scope& scope) {
    ir::Predicate predicate;
    predicate.negated = condition.negated != negated;
    IDI_TRY(predicate.left, translate(*condition.arguments[0], scope));
    if (std::holds_alternative<Literal>(predicate.left->node)) {
      return unsupported("a condition on a constant");
    }
    return predicate;
  }

  Result<Operand> translate_operand(const ast::Expression& operand, const Scope& scope) {
    if (is_literal(operand) || is_text(operand, scope)) return Operand(literal_of(operand));
    if (operand.kind == Kind::subquery) {
      IDI_TRY(ir::QueryPtr query, translate_chain(*operand.select, &scope));
      return Operand(std::move(query));
    }
    IDI_TRY(ExpressionPtr expression, translate(operand, scope));
    if (const auto* literal = std::get_if<Literal>(&expression->node)) return Operand(*literal);
    return Operand(std::move(expression));
  }

  Result<ConditionPtr> translate_comparison(const ast::Expression& comparison, bool negated,
                                            const Scope& scope) {
    const std::optional<Comparison> op = comparison_of(comparison.name);
    if (!op) return unsupported("a value as a condition");
    ir::Predicate predicate;
    predicate.op = negated ? opposite(*op) : *op;
    const ast::Expression* left = comparison.arguments[0].get();
    const ast::Expression* right = comparison.arguments[1].get();
    if (is_literal(*left) || is_text(*left, scope) || left->kind == Kind::subquery) {
      std::swap(left, right);
      predicate.op = flipped(predicate.op);
    }
    if (is_literal(*left) || is_text(*left, scope) || left->kind == Kind::subquery) {
      return unsupported("a condition on a constant");
    }
    IDI_TRY(predicate.left, translate(*left, scope));
    IDI_TRY(Operand operand, translate_operand(*right, scope));
    predicate.operands.push_back(std::move(operand));
    return make_condition(std::move(predicate));
  }

  Result<ConditionPtr> translate_like(const ast::Expression& like, bool negated,
                                      const Scope& scope) {
    const ast::Expression& pattern = *like.arguments[1];
    if (!is_literal(pattern) && !is_text(pattern, scope)) {
      return unsupported("LIKE with anything but a text");
    }
    IDI_TRY(ir::Predicate predicate, start_predicate(like, negated, scope));
    Literal literal = literal_of(pattern);
    literal.kind = Literal::Kind::text;
    std::string& text = literal.text;
    const bool open_left = text.starts_with('%');
    const bool open_right = text.size() > 1 && text.ends_with('%');
    if (open_right) text.pop_back();
    if (open_left) text.erase(0, 1);
    if (!open_left && !open_right) {
      if (text.find_first_of("%_") != std::string::npos) {
        return unsupported("LIKE with a wildcard within the text only");
      }
      // Without a wildcard it is an equality that ignores case; values are stored as they are.
      predicate.op = predicate.negated ? Comparison::not_equal : Comparison::equal;
      predicate.negated = false;
    } else if (open_left && open_right) {
      predicate.op = Comparison::like;
    } else {
      predicate.op = open_right ? Comparison::like_prefix : Comparison::like_suffix;
    }
    predicate.operands.push_back(std::move(literal));
    return make_condition(std::move(predicate));
  }

  const Schema& schema_;
  const JoinPlanner& planner_;
};

}  // namespace

Result<ir::Query> to_ir(std::string_view select, const Schema& schema) {
  IDI_TRY(const ast::SelectPtr tree, parse_select(select));
  const JoinPlanner planner(schema);
  IDI_TRY(const ir::QueryPtr query, Translator(schema, planner).translate_chain(*tree, nullptr));
  return *query;
}

}  // namespace idi::sql
