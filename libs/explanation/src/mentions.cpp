#include "idi/explanation/mentions.hpp"

#include <algorithm>

#include "idi/core/overloaded.hpp"

namespace idi::explanation {
namespace {

template <typename T>
void add_once(std::vector<T>& list, T item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(std::move(item));
}

class Collector {
 public:
  void add(const ir::Query& query) {
    for (const auto& item : query.select) add(item);
    for (const int table : query.extra_tables) add_once(mentions_.tables, table);
    for (const auto& hint : query.join_hints) {
      add(hint.left);
      add(hint.right);
    }
    add(query.where);
    for (const auto& item : query.group_by) add(item);
    add(query.having);
    for (const auto& item : query.order_by) add(item.expression);
    for (const auto& item : query.limit_per) add(item);
    if (query.set_right) add(*query.set_right);
  }
  Mentions take() && { return std::move(mentions_); }

 private:
  void add(ColumnRef ref) {
    add_once(mentions_.tables, ref.table);
    add_once(mentions_.columns, ref);
  }
  void add(const ir::Literal& literal) {
    if (!literal.text.empty()) add_once(mentions_.values, literal.text);
  }
  void add(const ir::ExpressionPtr& expression) {
    if (!expression) return;
    std::visit(Overloaded{[&](ColumnRef ref) { add(ref); },
                          [&](ir::StarOf star) {
                            if (star.table >= 0) add_once(mentions_.tables, star.table);
                          },
                          [&](const ir::AggregateCall& call) {
                            add(call.argument);
                            add(call.when);
                          },
                          [&](const ir::FunctionCall& call) { add(call.argument); },
                          [&](const ir::Binary& binary) {
                            add(binary.left);
                            add(binary.right);
                          },
                          [&](const ir::Literal& literal) { add(literal); },
                          [&](const ir::RowsOf& rows) { add(*rows.query); }},
               expression->node);
  }
  void add(const ir::ConditionPtr& condition) {
    if (!condition) return;
    std::visit(Overloaded{[&](const ir::Predicate& predicate) {
                            add(predicate.left);
                            for (const auto& operand : predicate.operands) {
                              std::visit(Overloaded{[&](const ir::Literal& l) { add(l); },
                                                    [&](const ir::QueryPtr& q) { add(*q); },
                                                    [&](const ir::ExpressionPtr& e) { add(e); }},
                                         operand);
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

  Mentions mentions_;
};

}  // namespace

Mentions mentions_of(const ir::Query& query) {
  Collector collector;
  collector.add(query);
  return std::move(collector).take();
}

}  // namespace idi::explanation
