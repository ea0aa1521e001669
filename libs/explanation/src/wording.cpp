#include "wording.hpp"

#include <fmt/format.h>

#include "idi/core/overloaded.hpp"
#include "idi/explanation/nouns.hpp"
#include "origins.hpp"
#include "sentence.hpp"
#include "values.hpp"

namespace idi::explanation {
namespace {

std::string without_article(std::string text) {
  if (text.starts_with("the ")) text.erase(0, 4);
  return text;
}

std::string_view noun_of(ir::Function function) {
  switch (function) {
    case ir::Function::year:
      return "year";
    case ir::Function::month:
      return "month";
    case ir::Function::month_number:
      return "calendar month";
    case ir::Function::day:
      return "day of the month";
    case ir::Function::quarter:
      return "quarter";
    case ir::Function::week:
      return "week";
    case ir::Function::weekday:
      return "weekday";
    case ir::Function::date:
      return "date";
  }
  return "part";
}

std::string_view word_of(ir::Arithmetic op) {
  switch (op) {
    case ir::Arithmetic::add:
      return "plus";
    case ir::Arithmetic::subtract:
      return "minus";
    case ir::Arithmetic::multiply:
      return "times";
    case ir::Arithmetic::divide:
      return "divided by";
  }
  return "and";
}

/// "the total total" would be odd.
bool is_total(const std::string& words) { return words.find("total") != std::string::npos; }

}  // namespace

Scope scope_of(const ir::Query& core, int depth) {
  Scope scope;
  scope.depth = depth;
  const auto tables = tables_of_core(core);
  if (tables.size() == 1) scope.only_table = tables.front();
  scope.name_tables = tables.size() > 1;
  scope.keys = &core.group_by;
  return scope;
}

bool Wording::is_time(const ir::ExpressionPtr& e) const {
  if (const auto* ref = std::get_if<ColumnRef>(&e->node)) {
    return schema_.column(*ref).type == ColumnType::time;
  }
  if (const auto* call = std::get_if<ir::AggregateCall>(&e->node)) {
    const bool keeps =
        call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max;
    return keeps && call->over == ir::Over::itself && is_time(call->argument);
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&e->node)) {
    return call->function != ir::Function::weekday && call->function != ir::Function::day &&
           call->function != ir::Function::month_number;
  }
  return false;
}

bool Wording::is_text(const ir::ExpressionPtr& e) const {
  if (const auto* ref = std::get_if<ColumnRef>(&e->node)) {
    return schema_.column(*ref).type == ColumnType::text;
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&e->node)) {
    return call->function == ir::Function::weekday;
  }
  if (const auto* call = std::get_if<ir::AggregateCall>(&e->node)) {
    const bool keeps =
        call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max;
    return keeps && is_text(call->argument);
  }
  return false;
}

std::string Wording::column(ColumnRef ref) const {
  return scope_.name_tables
             ? fmt::format("the {}'s {}", names_.one(ref.table), names_.own_column(ref))
             : "the " + names_.column(ref);
}

/// " of the order", " of orders": nothing where the table goes without saying.
std::string Wording::of_table(ColumnRef ref) const {
  return scope_.name_tables ? " of " + names_.many(ref.table) : std::string();
}

std::string Wording::rows(ir::StarOf star) const {
  const int table = star.table >= 0 ? star.table : scope_.only_table;
  return table >= 0 ? names_.many(table) : "rows";
}

std::string Wording::expression(const ir::ExpressionPtr& e) const {
  return std::visit(
      Overloaded{
          [&](ColumnRef ref) { return column(ref); },
          [&](ir::StarOf star) {
            return star.table >= 0 && scope_.name_tables
                       ? "all columns of " + names_.many(star.table)
                       : std::string("all columns");
          },
          [&](const ir::AggregateCall& call) { return "the " + aggregate(call); },
          [&](const ir::FunctionCall& call) { return "the " + function(call); },
          [&](const ir::Binary& binary) { return arithmetic(binary); },
          [&](const ir::Literal& literal) { return value_in_words(literal, nullptr, schema_); },
          [&](const ir::RowsOf& rows) {
            return fmt::format("the rows of ({})",
                               noun_phrase(*rows.query, schema_, joins_, scope_.depth + 1));
          }},
      e->node);
}

std::string Wording::bare(const ir::ExpressionPtr& e) const {
  if (const auto* ref = std::get_if<ColumnRef>(&e->node)) {
    return names_.column(*ref) + of_table(*ref);
  }
  return without_article(expression(e));
}

bool Wording::is_named_key(const ir::ExpressionPtr& e) const {
  const auto* ref = std::get_if<ColumnRef>(&e->node);
  if (!ref || !names_.identifies(*ref)) return true;
  const std::string one = names_.one(ref->table);
  const auto& columns = schema_.table_of(*ref).columns;
  for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
    if (names_.column({ref->table, c}) == one) return true;
  }
  return false;
}

std::string Wording::key(const ir::ExpressionPtr& e) const {
  const auto* ref = std::get_if<ColumnRef>(&e->node);
  if (ref && !is_named_key(e)) return names_.one(ref->table);
  if (ref && scope_.name_tables) {
    return fmt::format("{} of the {}", names_.column(*ref), names_.one(ref->table));
  }
  return bare(e);
}

std::string Wording::values_of(const ir::ExpressionPtr& e) const {
  const auto* ref = std::get_if<ColumnRef>(&e->node);
  return ref ? plural_of(names_.column(*ref)) + of_table(*ref) : "values of " + bare(e);
}

std::string Wording::counted(const ir::AggregateCall& call) const {
  const auto* star = std::get_if<ir::StarOf>(&call.argument->node);
  const bool whole = star || std::holds_alternative<ir::RowsOf>(call.argument->node);
  const std::string different = call.distinct ? "different " : whole ? "" : "known ";
  if (star) return different + rows(*star);
  if (whole) return different + without_article(expression(call.argument));
  return different + values_of(call.argument);
}

std::string Wording::plain_aggregate(const ir::AggregateCall& call) const {
  if (call.aggregate == ir::Aggregate::count) return "number of " + counted(call);
  const bool composed = !std::holds_alternative<ColumnRef>(call.argument->node);
  const std::string inner = call.distinct ? "different " + values_of(call.argument)
                            : composed    ? expression(call.argument)
                                          : bare(call.argument);
  switch (call.aggregate) {
    case ir::Aggregate::count:
      break;
    case ir::Aggregate::sum:
      if (composed || call.distinct) return "sum of " + inner;
      return (is_total(inner) ? "summed " : "total ") + inner;
    case ir::Aggregate::avg:
      return (composed || call.distinct ? "average of " : "average ") + inner;
    case ir::Aggregate::min:
      if (composed) return "lowest of " + inner;
      return is_time(call.argument)   ? "earliest " + inner
             : is_text(call.argument) ? "alphabetically first " + inner
                                      : "lowest " + inner;
    case ir::Aggregate::max:
      if (composed) return "highest of " + inner;
      return is_time(call.argument)   ? "latest " + inner
             : is_text(call.argument) ? "alphabetically last " + inner
                                      : "highest " + inner;
  }
  return inner;
}

/// What the groups follow each other by.
std::string Wording::period() const {
  if (!scope_.keys || scope_.keys->empty()) return "group";
  for (auto key = scope_.keys->rbegin(); key != scope_.keys->rend(); ++key) {
    if (const auto* call = std::get_if<ir::FunctionCall>(&(*key)->node)) {
      return std::string(noun_of(call->function));
    }
    if (is_time(*key)) return bare(*key);
  }
  return key(scope_.keys->front());
}

std::string Wording::aggregate(const ir::AggregateCall& call) const {
  std::string text = plain_aggregate(call);
  const bool counts = std::holds_alternative<ir::StarOf>(call.argument->node);
  if (call.over != ir::Over::itself && !counts && !scope_.name_tables && scope_.only_table >= 0) {
    text += " of " + names_.many(scope_.only_table);  // what follows is about the groups
  }
  const std::string only =
      call.when ? fmt::format(" (only where {})", condition(call.when, false)) : std::string();
  switch (call.over) {
    case ir::Over::itself:
      return text + only;
    case ir::Over::share:
      // With a condition: of the same without it.
      if (!call.when) return text + " in percent of all together";
      return text.starts_with("number of ")
                 ? fmt::format("percentage of {} where {}", text.substr(10),
                               condition(call.when, true))
                 : fmt::format("percentage of the {} where {}", text, condition(call.when, true));
    case ir::Over::running:
      return call.aggregate == ir::Aggregate::min || call.aggregate == ir::Aggregate::max
                 ? text + only + " so far"
                 : fmt::format("{}{} added up {} by {}", text, only, period(), period());
    case ir::Over::change:
      return fmt::format("change of the {}{} from the {} before", text, only, period());
    case ir::Over::growth:
      return fmt::format("growth of the {}{} from the {} before, in percent", text, only, period());
  }
  return text;
}

std::string Wording::function(const ir::FunctionCall& call) const {
  const auto* ref = std::get_if<ColumnRef>(&call.argument->node);
  const std::string of =
      ref && !scope_.name_tables ? names_.column(*ref) : expression(call.argument);
  return fmt::format("{} of {}", noun_of(call.function), of);
}

std::string Wording::arithmetic(const ir::Binary& binary) const {
  const auto side = [&](const ir::ExpressionPtr& e) {
    const bool nested = std::holds_alternative<ir::Binary>(e->node);
    return nested ? "(" + expression(e) + ")" : expression(e);
  };
  if (binary.op == ir::Arithmetic::subtract && is_time(binary.left) && is_time(binary.right)) {
    return fmt::format("the days from {} to {}", bare(binary.right), bare(binary.left));
  }
  return fmt::format("{} {} {}", side(binary.left), word_of(binary.op), side(binary.right));
}

}  // namespace idi::explanation
