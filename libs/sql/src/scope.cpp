#include "scope.hpp"

#include "idi/core/text.hpp"
#include "no_words.hpp"

namespace idi::sql {

using ast::Kind;

std::optional<ColumnRef> find_column(const ast::Expression& column, const Scope& scope) {
  for (const ScopeTable& table : scope.tables) {
    if (!column.qualifier.empty() &&
        !text::equals_ignoring_ascii_case(column.qualifier, table.alias)) {
      continue;
    }
    if (const auto index = scope.schema.find_column(table.table, column.name)) {
      return ColumnRef{table.table, *index};
    }
  }
  return std::nullopt;
}

Result<ColumnRef> resolve(const ast::Expression& column, const Scope& scope) {
  if (const auto found = find_column(column, scope)) return *found;
  for (const Scope* outer = scope.outer; outer != nullptr; outer = outer->outer) {
    if (find_column(column, *outer)) return no_words_for("correlated subquery");
  }
  const std::string name =
      column.qualifier.empty() ? column.name : column.qualifier + "." + column.name;
  return make_error(ErrorCode::sql_rejected, "there is no column " + name);
}

bool is_text(const ast::Expression& expression, const Scope& scope) {
  if (expression.kind == Kind::text) return true;
  return expression.kind == Kind::column && expression.double_quoted &&
         expression.qualifier.empty() && !find_column(expression, scope);
}

ir::Literal literal_of(const ast::Expression& expression) {
  ir::Literal literal;
  literal.kind =
      expression.kind == Kind::number ? ir::Literal::Kind::number : ir::Literal::Kind::text;
  literal.text = expression.kind == Kind::column ? expression.name : expression.text;
  return literal;
}

const ast::Expression& dereference(const ast::Expression& term, const Scope& scope) {
  const std::vector<ast::Item>& items = scope.select.items;
  if (term.kind == Kind::number && term.text.size() == 1) {
    const int ordinal = term.text[0] - '0';
    if (ordinal >= 1 && ordinal <= static_cast<int>(items.size())) {
      return *items[static_cast<std::size_t>(ordinal - 1)].expression;
    }
  }
  if (term.kind == Kind::column && term.qualifier.empty()) {
    for (const ast::Item& item : items) {
      if (!item.alias.empty() && text::equals_ignoring_ascii_case(item.alias, term.name)) {
        return *item.expression;
      }
    }
  }
  return term;
}

const ast::Expression* alias_target(const ast::Expression& column, const Scope& scope) {
  if (!scope.aliases_visible || !column.qualifier.empty() || find_column(column, scope)) {
    return nullptr;
  }
  for (const ast::Item& item : scope.select.items) {
    if (!item.alias.empty() && text::equals_ignoring_ascii_case(item.alias, column.name)) {
      return item.expression.get();
    }
  }
  return nullptr;
}

}  // namespace idi::sql
