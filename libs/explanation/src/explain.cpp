#include "idi/engine/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "overloaded.hpp"
#include "wording.hpp"

namespace idi::engine {
namespace {

/// Everything that a query mentions, each once, in the order of mention.
class Mentions {
 public:
  explicit Mentions(const Schema& schema) : schema_(schema) {}

  void add(const ir::Query& query) {
    for (const auto& item : query.select) add(item);
    for (int table : query.extra_tables) add_table(table);
    for (const auto& hint : query.join_hints) {
      add(hint.left);
      add(hint.right);
    }
    add(query.where);
    for (const auto& item : query.group_by) add(item);
    add(query.having);
    for (const auto& item : query.order_by) add(item.expression);
    if (query.set_right) add(*query.set_right);
  }

  Explanation into_explanation() && {
    return Explanation{{}, std::move(tables_), std::move(columns_), std::move(values_)};
  }

 private:
  static void add_once(std::vector<std::string>& list, std::string text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
  }
  void add_table(int table) {
    add_once(tables_, schema_.tables[static_cast<std::size_t>(table)].name);
  }
  void add(ColumnRef ref) {
    add_table(ref.table);
    add_once(columns_, fmt::format("{}.{}", schema_.table_of(ref).name, schema_.column(ref).name));
  }
  void add(const ir::Literal& literal) {
    if (!literal.text.empty()) add_once(values_, literal.text);
  }
  void add(const ir::ExpressionPtr& expression) {
    if (!expression) return;
    std::visit(Overloaded{[&](ColumnRef ref) { add(ref); },
                          [&](ir::StarOf star) {
                            if (star.table >= 0) add_table(star.table);
                          },
                          [&](const ir::AggregateCall& call) { add(call.argument); },
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

  const Schema& schema_;
  std::vector<std::string> tables_, columns_, values_;
};

}  // namespace

Explanation explain(const ir::Query& query, const Schema& schema) {
  Mentions mentions(schema);
  mentions.add(query);
  Explanation explanation = std::move(mentions).into_explanation();
  explanation.text = Wording(schema, explanation.tables.size() == 1).sentence(query);
  return explanation;
}

Explanation explain_without_tree() {
  return {
      "This is the language model's own SQL. It uses something that cannot be put into plain "
      "words here: read the SQL itself.",
      {},
      {},
      {}};
}

}  // namespace idi::engine
