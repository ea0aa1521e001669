#include "wording.hpp"

#include <fmt/format.h>

#include "idi/core/overloaded.hpp"
#include "idi/explanation/nouns.hpp"

namespace idi::explanation {

std::string listed(const std::vector<std::string>& parts, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? fmt::format(" {} ", last) : ", ";
    out += parts[i];
  }
  return out;
}

std::string expression_in_words(const ir::ExpressionPtr& expression, const Schema& schema,
                                bool one_table) {
  return Wording(schema, one_table).expression(expression);
}

std::string condition_in_words(const ir::ConditionPtr& condition, const Schema& schema,
                               bool one_table) {
  return Wording(schema, one_table).condition(condition);
}

std::string Wording::sentence(const ir::Query& query) const {
  std::string text = main_clause(query) + tail(query) + ".";
  if (query.set_operator && query.set_right) {
    switch (*query.set_operator) {
      case ir::SetOperator::unite:
        text += " Adds to that: ";
        break;
      case ir::SetOperator::intersect:
        text += " Keeps what is also in: ";
        break;
      case ir::SetOperator::except:
        text += " Leaves out what is in: ";
        break;
    }
    text += noun(*query.set_right) + ".";
  }
  return text;
}

std::string Wording::table(int index) const {
  return schema_.tables[static_cast<std::size_t>(index)].natural_name;
}
std::string Wording::column(ColumnRef ref, bool with_table) const {
  const std::string& name = schema_.column(ref).natural_name;
  return with_table && !one_table_ ? fmt::format("{} of {}", name, table(ref.table)) : name;
}

std::string Wording::rows_of(ir::StarOf star) const {
  return star.table >= 0 ? fmt::format("rows of {}", table(star.table)) : "rows";
}

std::string Wording::expression(const ir::ExpressionPtr& e, bool with_table) const {
  return std::visit(
      Overloaded{[&](ColumnRef ref) { return column(ref, with_table); },
                 [&](ir::StarOf star) {
                   return star.table >= 0 ? fmt::format("all columns of {}", table(star.table))
                                          : std::string("all columns");
                 },
                 [&](const ir::AggregateCall& call) { return aggregate(call); },
                 [&](const ir::FunctionCall& call) {
                   const auto inner = expression(call.argument, with_table);
                   switch (call.function) {
                     case ir::Function::year:
                       return "the year of " + inner;
                     case ir::Function::month:
                       return "the year and month of " + inner;
                     case ir::Function::month_number:
                       return "the month of " + inner;
                     case ir::Function::day:
                       return "the day of " + inner;
                     case ir::Function::quarter:
                       return "the quarter of " + inner;
                     case ir::Function::week:
                       return "the week of " + inner;
                     case ir::Function::weekday:
                       return "the weekday of " + inner;
                     case ir::Function::date:
                       return "the date of " + inner;
                   }
                   return inner;
                 },
                 [&](const ir::Binary& binary) {
                   std::string_view word;
                   switch (binary.op) {
                     case ir::Arithmetic::add:
                       word = "plus";
                       break;
                     case ir::Arithmetic::subtract:
                       word = "minus";
                       break;
                     case ir::Arithmetic::multiply:
                       word = "times";
                       break;
                     case ir::Arithmetic::divide:
                       word = "divided by";
                       break;
                   }
                   return fmt::format("{} {} {}", expression(binary.left), word,
                                      expression(binary.right));
                 },
                 [&](const ir::Literal& literal) { return value(literal); },
                 [&](const ir::RowsOf& rows) { return "rows of (" + noun(*rows.query) + ")"; }},
      e->node);
}

std::string Wording::values_of(ColumnRef ref) const {
  const std::string many = plural_of(schema_.column(ref).natural_name);
  return one_table_ ? many : fmt::format("{} of {}", many, table(ref.table));
}

std::string Wording::aggregate(const ir::AggregateCall& call) const {
  const auto* star = std::get_if<ir::StarOf>(&call.argument->node);
  const bool rows = star || std::holds_alternative<ir::RowsOf>(call.argument->node);
  const auto* plain = std::get_if<ColumnRef>(&call.argument->node);
  const bool counts_values = plain && call.aggregate == ir::Aggregate::count;
  const std::string inner = star            ? rows_of(*star)
                            : counts_values ? values_of(*plain)
                                            : expression(call.argument);
  const bool is_time = plain && schema_.column(*plain).type == ColumnType::time;
  const std::string_view different = call.distinct ? "different " : "";
  switch (call.aggregate) {
    case ir::Aggregate::count:
      return rows || call.distinct ? fmt::format("the number of {}{}", different, inner)
                                   : fmt::format("the number of known {}", inner);
    case ir::Aggregate::sum:
      return fmt::format("the total of {}{}", different, inner);
    case ir::Aggregate::avg:
      return fmt::format("the average {}{}", different, inner);
    case ir::Aggregate::min:
      return fmt::format("the {} {}", is_time ? "earliest" : "smallest", inner);
    case ir::Aggregate::max:
      return fmt::format("the {} {}", is_time ? "latest" : "largest", inner);
  }
  return inner;
}

std::string Wording::value(const ir::Literal& literal) {
  if (literal.kind == ir::Literal::Kind::number) return literal.text;
  return fmt::format("'{}'", literal.text);
}

std::string Wording::operand(
    const std::variant<ir::Literal, ir::QueryPtr, ir::ExpressionPtr>& o) const {
  return std::visit(Overloaded{[&](const ir::Literal& l) { return value(l); },
                               [&](const ir::QueryPtr& q) { return "(" + noun(*q) + ")"; },
                               [&](const ir::ExpressionPtr& e) { return expression(e); }},
                    o);
}

std::string Wording::predicate(const ir::Predicate& p) const {
  const std::string left = expression(p.left);
  const auto at = [&](std::size_t i) { return operand(p.operands.at(i)); };
  const std::string_view no = p.negated ? "not " : "";
  switch (p.op) {
    case ir::Comparison::equal:
      return fmt::format("{} is {}", left, at(0));
    case ir::Comparison::not_equal:
      return fmt::format("{} is not {}", left, at(0));
    case ir::Comparison::less:
      return fmt::format("{} is less than {}", left, at(0));
    case ir::Comparison::greater:
      return fmt::format("{} is greater than {}", left, at(0));
    case ir::Comparison::less_equal:
      return fmt::format("{} is at most {}", left, at(0));
    case ir::Comparison::greater_equal:
      return fmt::format("{} is at least {}", left, at(0));
    case ir::Comparison::like:
      return fmt::format("{} {} {}", left, p.negated ? "does not contain" : "contains", at(0));
    case ir::Comparison::like_prefix:
      return fmt::format("{} {} {}", left, p.negated ? "does not start with" : "starts with",
                         at(0));
    case ir::Comparison::like_suffix:
      return fmt::format("{} {} {}", left, p.negated ? "does not end with" : "ends with", at(0));
    case ir::Comparison::between:
      return fmt::format("{} is {}between {} and {}", left, no, at(0), at(1));
    case ir::Comparison::in:
      return fmt::format("{} is {}among {}", left, no, at(0));
    case ir::Comparison::is_null:
      return fmt::format("{} is {}", left, p.negated ? "known" : "missing");
  }
  return left;
}

std::string Wording::condition(const ir::ConditionPtr& c, bool nested) const {
  const auto joined = [&](const std::vector<ir::ConditionPtr>& parts, std::string_view word) {
    std::vector<std::string> texts;
    for (const auto& part : parts) texts.push_back(condition(part, true));
    const std::string text = fmt::format("{}", fmt::join(texts, fmt::format(" {} ", word)));
    return nested ? "(" + text + ")" : text;
  };
  return std::visit(Overloaded{[&](const ir::Predicate& p) { return predicate(p); },
                               [&](const ir::And& all) { return joined(all.parts, "and"); },
                               [&](const ir::Or& any) { return joined(any.parts, "or"); }},
                    c->node);
}

std::string Wording::items(const ir::Query& query) const {
  std::vector<std::string> texts;
  for (const auto& item : query.select) texts.push_back(expression(item));
  // One table: "name and age of singer" rather than the table at each column.
  std::string text = listed(texts);
  if (one_table_ && !query.select.empty()) {
    const int only = table_of(query.select.back());
    const bool said = text.find(" of " + (only >= 0 ? table(only) : "")) != std::string::npos;
    if (only >= 0 && !said) text += " of " + table(only);
  }
  return query.distinct ? "the different " + text : text;
}

int Wording::table_of(const ir::ExpressionPtr& e) {
  return std::visit(
      Overloaded{[](ColumnRef ref) { return ref.table; }, [](ir::StarOf s) { return s.table; },
                 [](const ir::AggregateCall& call) { return table_of(call.argument); },
                 [](const ir::FunctionCall& call) { return table_of(call.argument); },
                 [](const ir::Binary& binary) { return table_of(binary.left); },
                 [](const ir::Literal&) { return -1; }, [](const ir::RowsOf&) { return -1; }},
      e->node);
}

std::string Wording::main_clause(const ir::Query& query) const {
  if (query.select.size() == 1 && query.group_by.empty()) {
    const auto* call = std::get_if<ir::AggregateCall>(&query.select[0]->node);
    if (call && call->aggregate == ir::Aggregate::count && !call->distinct) {
      if (const auto* star = std::get_if<ir::StarOf>(&call->argument->node)) {
        return "Counts the " + rows_of(*star);
      }
      if (std::holds_alternative<ir::RowsOf>(call->argument->node)) {
        return "Counts the " + expression(call->argument);
      }
    }
  }
  return "Shows " + items(query);
}

std::string Wording::tail(const ir::Query& query) const {
  std::string text;
  std::vector<std::string> extra;
  for (int index : query.extra_tables) extra.push_back(table(index));
  if (!extra.empty()) text += " that have " + listed(extra);
  if (query.where) text += " where " + condition(query.where);
  if (!query.group_by.empty()) {
    std::vector<std::string> groups;
    for (const auto& item : query.group_by) groups.push_back(expression(item));
    text += ", for each " + listed(groups);
  }
  if (query.having) text += ", only if " + condition(query.having);
  if (!query.order_by.empty()) {
    std::vector<std::string> keys;
    for (const auto& item : query.order_by) {
      keys.push_back(fmt::format("{} ({})", expression(item.expression),
                                 item.descending ? "largest first" : "smallest first"));
    }
    text += ", sorted by " + listed(keys);
  }
  if (query.limit) {
    text += query.limit->text == "1" ? ", only the first row"
                                     : fmt::format(", only the first {} rows", query.limit->text);
  }
  return text;
}

std::string Wording::noun(const ir::Query& query) const {
  std::string text = items(query) + tail(query);
  if (query.set_operator && query.set_right) text += "; and " + noun(*query.set_right);
  return text;
}

}  // namespace idi::explanation
