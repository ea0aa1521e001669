// Parts of times and differences in days, where they are written as the writer writes them: what is
// to be read is compared with what would be written, so the two can't drift apart.
#include <optional>

#include "identifiers.hpp"
#include "same_tree.hpp"
#include "select_parser.hpp"
#include "translator.hpp"
#include "write_time.hpp"

namespace idi::sql {
namespace {

using ast::Kind;
using ir::ExpressionPtr;

constexpr int max_nodes = 80;  // more than any of the writer's words for one time

/// The one column of an expression; nullptr if there is none, or several, or too much else.
class OnlyColumn {
 public:
  const ast::Expression* find(const ast::Expression& expression) {
    visit(expression);
    return nodes_ <= max_nodes && !several_ ? column_ : nullptr;
  }

 private:
  void visit(const ast::Expression& expression) {
    if (++nodes_ > max_nodes) return;
    if (expression.kind == Kind::column) {
      several_ = several_ || (column_ != nullptr && !same(*column_, expression));
      column_ = &expression;
    }
    for (const ast::ExpressionPtr& argument : expression.arguments) visit(*argument);
    if (expression.operand) visit(*expression.operand);
  }
  const ast::Expression* column_ = nullptr;
  bool several_ = false;
  int nodes_ = 0;
};

std::string spelled(const ast::Expression& column) {
  const std::string name = quoted_identifier(column.name, Dialect::sqlite);
  return column.qualifier.empty()
             ? name
             : quoted_identifier(column.qualifier, Dialect::sqlite) + "." + name;
}

/// Also without the cast around it: people leave it away.
bool is_written(const ast::Expression& expression, const std::string& sql) {
  const Result<ast::SelectPtr> parsed = parse_select("SELECT " + sql);
  if (!parsed) return false;
  const ast::Expression& written = *(*parsed)->items.front().expression;
  return same(expression, written) ||
         (written.kind == Kind::cast && same(expression, *written.arguments.front()));
}

}  // namespace

ExpressionPtr Translator::read_time(const ast::Expression& expression, const Scope& scope) {
  const bool possible = expression.kind == Kind::call || expression.kind == Kind::cast ||
                        expression.kind == Kind::choice || expression.kind == Kind::binary;
  if (!possible) return nullptr;
  const ast::Expression* column = OnlyColumn().find(expression);
  if (column == nullptr) return nullptr;
  const auto ref = find_column(*column, scope);
  if (!ref) return nullptr;
  const Column& described = schema_.column(*ref);
  const std::string sql = spelled(*column);
  const bool whole =
      (!sorts_as_stored(described) &&
       is_written(expression, comparable_time(sql, described, Dialect::sqlite))) ||
      (described.type == ColumnType::time &&
       is_written(expression, native_time({sql, described.time_encoding, false}, Dialect::sqlite)));
  if (whole) return make_expression(*ref);
  for (int i = 0; i <= static_cast<int>(ir::Function::date); ++i) {
    const auto function = static_cast<ir::Function>(i);
    if (is_written(expression, time_part(function, sql, described, Dialect::sqlite)) ||
        is_written(expression, sorted_time_part(function, sql, described, Dialect::sqlite))) {
      return make_expression(ir::FunctionCall{function, make_expression(*ref)});
    }
  }
  return nullptr;
}

bool Translator::is_time(const ir::Expression& expression) const {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) {
    return schema_.column(*column).type == ColumnType::time;
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&expression.node)) {
    return call->function == ir::Function::date || call->function == ir::Function::week;
  }
  const auto* call = std::get_if<ir::AggregateCall>(&expression.node);
  return call != nullptr && call->over == ir::Over::itself &&
         (call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max) &&
         is_time(*call->argument);
}

Result<ExpressionPtr> Translator::read_days_between(const ast::Expression& binary,
                                                    const Scope& scope) {
  for (const ast::ExpressionPtr& side : binary.arguments) {
    if (side->kind != Kind::call || side->name != "julianday" || side->over) return nullptr;
  }
  IDI_TRY(ExpressionPtr left, read_day_number(*binary.arguments[0], scope));
  IDI_TRY(ExpressionPtr right, read_day_number(*binary.arguments[1], scope));
  return make_expression(ir::Binary{ir::Arithmetic::subtract, std::move(left), std::move(right)});
}

Result<ExpressionPtr> Translator::read_day_number(const ast::Expression& call, const Scope& scope) {
  if (call.arguments.empty()) return no_words_for("JULIANDAY of now");
  const ast::Expression* column = OnlyColumn().find(call);
  const auto ref = column == nullptr ? std::nullopt : find_column(*column, scope);
  if (ref) {
    const TimeEncoding encoding = schema_.column(*ref).time_encoding;
    if (schema_.column(*ref).type == ColumnType::time &&
        is_written(call, day_number({spelled(*column), encoding, false}))) {
      return make_expression(*ref);
    }
  }
  IDI_TRY(ExpressionPtr moment, translate(*call.arguments.front(), scope));
  if (!is_time(*moment) || call.arguments.size() != 1) {
    return no_words_for("JULIANDAY of anything but a time");
  }
  return moment;
}

}  // namespace idi::sql
