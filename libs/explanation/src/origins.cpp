#include "origins.hpp"

#include <algorithm>

#include "idi/core/overloaded.hpp"
#include "idi/core/text.hpp"

namespace idi::explanation {
namespace {

Cue cue_of(ir::Aggregate aggregate) {
  switch (aggregate) {
    case ir::Aggregate::count:
      return Cue::count;
    case ir::Aggregate::sum:
      return Cue::sum;
    case ir::Aggregate::avg:
      return Cue::average;
    case ir::Aggregate::min:
      return Cue::minimum;
    case ir::Aggregate::max:
      return Cue::maximum;
  }
  return Cue::count;
}

Cue cue_of(ir::Arithmetic op) {
  switch (op) {
    case ir::Arithmetic::add:
      return Cue::add;
    case ir::Arithmetic::subtract:
      return Cue::subtract;
    case ir::Arithmetic::multiply:
      return Cue::multiply;
    case ir::Arithmetic::divide:
      return Cue::divide;
  }
  return Cue::add;
}

Cue cue_of(ir::Function function) {
  switch (function) {
    case ir::Function::year:
      return Cue::year;
    case ir::Function::month:
    case ir::Function::month_number:
      return Cue::month;
    case ir::Function::day:
    case ir::Function::date:
      return Cue::day;
    case ir::Function::quarter:
      return Cue::quarter;
    case ir::Function::week:
      return Cue::week;
    case ir::Function::weekday:
      return Cue::weekday;
  }
  return Cue::day;
}

Cue cue_of(ir::Comparison comparison) {
  switch (comparison) {
    case ir::Comparison::equal:
    case ir::Comparison::in:
      return Cue::equal;
    case ir::Comparison::not_equal:
      return Cue::negation;
    case ir::Comparison::less:
    case ir::Comparison::less_equal:
      return Cue::below;
    case ir::Comparison::greater:
    case ir::Comparison::greater_equal:
      return Cue::above;
    case ir::Comparison::like:
    case ir::Comparison::like_prefix:
    case ir::Comparison::like_suffix:
      return Cue::like;
    case ir::Comparison::between:
      return Cue::between;
    case ir::Comparison::is_null:
      return Cue::missing;
  }
  return Cue::equal;
}

/// "not discontinued" is often a column compared with no, false or zero.
bool is_no(const ir::Predicate& predicate) {
  if (predicate.operands.empty()) return false;
  const auto* literal = std::get_if<ir::Literal>(&predicate.operands.front());
  if (!literal) return false;
  static constexpr std::string_view noes[] = {"0", "no", "n", "false", "f"};
  const std::string text = text::to_lower_ascii(literal->text);
  return std::find(std::begin(noes), std::end(noes), text) != std::end(noes);
}

}  // namespace

void Origins::add(const ir::ExpressionPtr& expression) {
  if (!expression) return;
  std::visit(
      Overloaded{[&](ColumnRef ref) { add(ref); }, [&](ir::StarOf star) { add_table(star.table); },
                 [&](const ir::AggregateCall& call) {
                   add(cue_of(call.aggregate));
                   if (call.distinct) add(Cue::distinct);
                   if (call.over == ir::Over::share) add(Cue::share);
                   if (call.over == ir::Over::running) add(Cue::running);
                   if (call.over == ir::Over::change || call.over == ir::Over::growth) {
                     add(Cue::change);
                   }
                   if (call.over == ir::Over::growth) add(Cue::share);
                   add(call.argument);
                   add(call.when);
                 },
                 [&](const ir::FunctionCall& call) {
                   add(cue_of(call.function));
                   add(call.argument);
                 },
                 [&](const ir::Binary& binary) {
                   add(cue_of(binary.op));
                   add(binary.left);
                   add(binary.right);
                 },
                 [&](const ir::Literal& literal) { add(literal); },
                 [&](const ir::RowsOf& rows) { add(*rows.query); }},
      expression->node);
}

void Origins::add(const ir::ConditionPtr& condition) {
  if (!condition) return;
  std::visit(Overloaded{[&](const ir::Predicate& predicate) {
                          add(cue_of(predicate.op));
                          if (predicate.negated || is_no(predicate)) add(Cue::negation);
                          add(predicate.left);
                          for (const auto& operand : predicate.operands) {
                            std::visit(Overloaded{[&](const ir::Literal& l) { add(l); },
                                                  [&](const ir::QueryPtr& q) { add(*q); },
                                                  [&](const ir::ExpressionPtr& e) { add(e); }},
                                       operand);
                          }
                        },
                        [&](const ir::And& all) {
                          add(Cue::both);
                          for (const auto& part : all.parts) add(part);
                        },
                        [&](const ir::Or& any) {
                          add(Cue::either);
                          for (const auto& part : any.parts) add(part);
                        }},
             condition->node);
}

void Origins::add_limit(const ir::Query& query) {
  if (!query.limit) return;
  add(Cue::limit);
  if (query.limit->text == "1") {
    add(Cue::one);
  } else {
    add(*query.limit);
  }
  if (!query.limit_per.empty()) add(Cue::group);
  for (const auto& key : query.limit_per) add(key);
}

void Origins::add(const ir::Query& query) {
  if (query.distinct) add(Cue::distinct);
  for (const auto& item : query.select) add(item);
  for (const int table : query.extra_tables) add_table(table);
  for (const auto& hint : query.join_hints) {
    add(hint.left);
    add(hint.right);
  }
  add(query.where);
  if (!query.group_by.empty()) add(Cue::group);
  for (const auto& item : query.group_by) add(item);
  add(query.having);
  for (const auto& item : query.order_by) {
    add(item.descending ? Cue::descending : Cue::ascending);
    add(item.expression);
  }
  add_limit(query);
  if (query.set_operator && query.set_right) {
    add(*query.set_operator == ir::SetOperator::unite       ? Cue::either
        : *query.set_operator == ir::SetOperator::intersect ? Cue::both
                                                            : Cue::negation);
    add(*query.set_right);
  }
}

namespace {

/// Tables in order of mention, subqueries left out.
class CoreTables {
 public:
  void add(int table) {
    if (table >= 0 && std::find(tables_.begin(), tables_.end(), table) == tables_.end()) {
      tables_.push_back(table);
    }
  }
  void add(const ir::ExpressionPtr& expression) {
    if (!expression) return;
    std::visit(
        Overloaded{[&](ColumnRef ref) { add(ref.table); }, [&](ir::StarOf s) { add(s.table); },
                   [&](const ir::AggregateCall& call) {
                     add(call.argument);
                     add(call.when);
                   },
                   [&](const ir::FunctionCall& call) { add(call.argument); },
                   [&](const ir::Binary& binary) {
                     add(binary.left);
                     add(binary.right);
                   },
                   [](const ir::Literal&) {}, [](const ir::RowsOf&) {}},
        expression->node);
  }
  void add(const ir::ConditionPtr& condition) {
    if (!condition) return;
    std::visit(Overloaded{[&](const ir::Predicate& predicate) {
                            add(predicate.left);
                            for (const auto& operand : predicate.operands) {
                              if (const auto* e = std::get_if<ir::ExpressionPtr>(&operand)) add(*e);
                            }
                          },
                          [&](const ir::And& all) {
                            for (const auto& part : all.parts) add(part);
                          },
                          [&](const ir::Or& any) {
                            for (const auto& part : any.parts) add(part);
                          }},
               condition->node);
  }
  std::vector<int> take() && { return std::move(tables_); }

 private:
  std::vector<int> tables_;
};

}  // namespace

std::vector<int> tables_of_core(const ir::Query& query) {
  CoreTables tables;
  for (const auto& item : query.select) tables.add(item);
  for (const int table : query.extra_tables) tables.add(table);
  for (const auto& hint : query.join_hints) {
    tables.add(hint.left.table);
    tables.add(hint.right.table);
  }
  tables.add(query.where);
  for (const auto& key : query.group_by) tables.add(key);
  tables.add(query.having);
  for (const auto& item : query.order_by) tables.add(item.expression);
  for (const auto& key : query.limit_per) tables.add(key);
  return std::move(tables).take();
}

}  // namespace idi::explanation
