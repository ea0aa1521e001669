#include "same_tree.hpp"

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::sql {
namespace {

template <typename Pointer>
bool same_pointers(const Pointer& a, const Pointer& b) {
  return (a == nullptr) == (b == nullptr) && (a == nullptr || same(*a, *b));
}
template <typename Pointer>
bool same_lists(const std::vector<Pointer>& a, const std::vector<Pointer>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_pointers<Pointer>);
}

bool same_condition(const ir::Condition& a, const ir::Condition& b);

bool same_node(ColumnRef a, ColumnRef b) { return a == b; }
bool same_node(ir::StarOf a, ir::StarOf b) { return a == b; }
bool same_node(const ir::AggregateCall& a, const ir::AggregateCall& b) {
  const bool same_when = (a.when == nullptr) == (b.when == nullptr) &&
                         (a.when == nullptr || same_condition(*a.when, *b.when));
  return a.aggregate == b.aggregate && a.distinct == b.distinct && a.over == b.over && same_when &&
         same(*a.argument, *b.argument);
}
bool same_node(const ir::FunctionCall& a, const ir::FunctionCall& b) {
  return a.function == b.function && same(*a.argument, *b.argument);
}
bool same_node(const ir::Binary& a, const ir::Binary& b) {
  return a.op == b.op && same(*a.left, *b.left) && same(*a.right, *b.right);
}
bool same_node(const ir::Literal& a, const ir::Literal& b) {
  return a.text == b.text && a.candidate == b.candidate;
}
bool same_node(const ir::RowsOf&, const ir::RowsOf&) { return false; }
bool same_node(const ir::Predicate& a, const ir::Predicate& b) {
  const auto same_operand = [](const auto& left, const auto& right) {
    if (left.index() != right.index()) return false;
    if (const auto* literal = std::get_if<ir::Literal>(&left)) {
      return same_node(*literal, std::get<ir::Literal>(right));
    }
    const auto* expression = std::get_if<ir::ExpressionPtr>(&left);
    return expression != nullptr && same(**expression, *std::get<ir::ExpressionPtr>(right));
  };
  return a.op == b.op && a.negated == b.negated && same(*a.left, *b.left) &&
         std::equal(a.operands.begin(), a.operands.end(), b.operands.begin(), b.operands.end(),
                    same_operand);
}
bool same_parts(const std::vector<ir::ConditionPtr>& a, const std::vector<ir::ConditionPtr>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const auto& left, const auto& right) { return same_condition(*left, *right); });
}
bool same_node(const ir::And& a, const ir::And& b) { return same_parts(a.parts, b.parts); }
bool same_node(const ir::Or& a, const ir::Or& b) { return same_parts(a.parts, b.parts); }

template <typename Variant>
bool same_variants(const Variant& a, const Variant& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&b](const auto& node) { return same_node(node, std::get<std::decay_t<decltype(node)>>(b)); },
      a);
}

bool same_condition(const ir::Condition& a, const ir::Condition& b) {
  return same_variants(a.node, b.node);
}

bool is_time(const ir::Expression& key, const Schema& schema) {
  if (const auto* column = std::get_if<ColumnRef>(&key.node)) {
    return schema.column(*column).type == ColumnType::time;
  }
  return std::holds_alternative<ir::FunctionCall>(key.node);
}

/// A number that counts years, months, …: "fiscal_year".
bool is_called_a_time(const ir::Expression& key, const Schema& schema) {
  const auto* column = std::get_if<ColumnRef>(&key.node);
  if (column == nullptr || schema.column(*column).type != ColumnType::number) return false;
  const std::string words = natural_name_of(schema.column(*column).name);
  const std::string last = words.substr(words.rfind(' ') + 1);
  return last == "year" || last == "quarter" || last == "month" || last == "week" || last == "day";
}

}  // namespace

bool same(const ir::Expression& a, const ir::Expression& b) {
  return same_variants(a.node, b.node);
}

bool same(const ast::Expression& a, const ast::Expression& b) {
  const auto same_name = [](const std::string& left, const std::string& right) {
    return text::equals_ignoring_ascii_case(left, right);
  };
  if (a.kind != b.kind || a.select || b.select) return false;
  const bool same_window =
      (a.over == nullptr) == (b.over == nullptr) &&
      (a.over == nullptr ||
       (same_lists(a.over->partition_by, b.over->partition_by) &&
        std::equal(a.over->order_by.begin(), a.over->order_by.end(), b.over->order_by.begin(),
                   b.over->order_by.end(), [](const auto& left, const auto& right) {
                     return left.descending == right.descending &&
                            same(*left.expression, *right.expression);
                   })));
  return same_window && same_name(a.qualifier, b.qualifier) && same_name(a.name, b.name) &&
         a.text == b.text && a.distinct == b.distinct && a.negated == b.negated &&
         same_lists(a.arguments, b.arguments) && same_pointers(a.operand, b.operand) &&
         same_pointers(a.otherwise, b.otherwise) && same_pointers(a.filter, b.filter);
}

GroupOrder group_order(const std::vector<ir::ExpressionPtr>& group_by, const Schema& schema) {
  const auto last = [&](bool (*fits)(const ir::Expression&, const Schema&)) {
    const auto found =
        std::find_if(group_by.rbegin(), group_by.rend(),
                     [&](const ir::ExpressionPtr& key) { return fits(*key, schema); });
    return found == group_by.rend() ? group_by.end() : std::prev(found.base());
  };
  auto chosen = last(is_time);
  if (chosen == group_by.end()) chosen = last(is_called_a_time);
  if (chosen == group_by.end()) chosen = group_by.begin();
  GroupOrder order;
  order.key = *chosen;
  for (auto key = group_by.begin(); key != group_by.end(); ++key) {
    if (key != chosen) order.apart.push_back(*key);
  }
  return order;
}

}  // namespace idi::sql
