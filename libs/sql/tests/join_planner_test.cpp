#include "idi/sql/join_planner.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "shop.hpp"

namespace idi::sql {
namespace {

using ir::JoinHint;

enum Shop { city, customer, orders, product, order_line, notes };

/// "customer, orders on customer.id = orders.customer_id, …" or the error's code.
std::string plan_text(const Schema& schema, const std::vector<int>& tables,
                      const std::vector<JoinHint>& hints = {}) {
  const auto plan = JoinPlanner(schema).plan(tables, hints);
  if (!plan) return std::string(error_code_name(plan.error().code));
  const auto table_name = [&](int table) {
    return schema.tables[static_cast<std::size_t>(table)].name;
  };
  const auto column = [&](ColumnRef ref) {
    return table_name(ref.table) + "." + schema.column(ref).name;
  };
  std::string text = table_name(plan->first_table);
  for (const JoinStep& step : plan->steps) {
    text += ", " + table_name(step.table);
    for (const JoinHint& condition : step.conditions) {
      text += " on " + column(condition.left) + " = " + column(condition.right);
    }
  }
  return text;
}

TEST(JoinPlanner, OneTableNeedsNoJoin) {
  EXPECT_EQ(plan_text(testing::shop_schema(), {notes}), "Order Notes");
}

TEST(JoinPlanner, GoesThroughTablesThatNothingMentions) {
  EXPECT_EQ(plan_text(testing::shop_schema(), {customer, product}),
            "customer, orders on customer.id = orders.customer_id"
            ", order_line on orders.id = order_line.order_id"
            ", product on order_line.product_id = product.id");
}

TEST(JoinPlanner, TheFirstOfSeveralKeysIsTheDefaultAndHintsOverride) {
  const Schema schema = testing::shop_schema();
  EXPECT_EQ(plan_text(schema, {orders, city}), "orders, city on orders.ship_city_id = city.id");
  EXPECT_EQ(plan_text(schema, {orders, city}, {{{orders, 5}, {city, 0}}}),
            "orders, city on orders.bill_city_id = city.id");
  EXPECT_EQ(plan_text(schema, {city}, {{{orders, 5}, {city, 0}}, {{city, 0}, {orders, 4}}}),
            "city, orders on city.id = orders.bill_city_id on city.id = orders.ship_city_id");
}

TEST(JoinPlanner, TablesWithoutAPathAreUnanswerable) {
  EXPECT_EQ(plan_text(testing::shop_schema(), {customer, notes}), "unanswerable");
}

TEST(JoinPlanner, AHintIsAWayToo) {
  EXPECT_EQ(plan_text(testing::shop_schema(), {customer, notes}, {{{customer, 0}, {notes, 0}}}),
            "customer, Order Notes on customer.id = Order Notes.id");
}

TEST(JoinPlanner, TheOrderOfTheTablesChangesTheFirstAlone) {
  const Schema schema = testing::shop_schema();
  const JoinPlanner planner(schema);
  std::vector<int> tables = {city, customer, orders, product, order_line};
  std::vector<int> expected;
  do {
    const auto plan = planner.plan(tables, {});
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->first_table, tables.front());
    std::vector<ColumnRef> ends;
    for (const JoinStep& step : plan->steps) {
      for (const JoinHint& condition : step.conditions) {
        ends.push_back(std::min(condition.left, condition.right));
      }
    }
    std::sort(ends.begin(), ends.end());
    std::vector<int> flat;
    for (const ColumnRef end : ends) flat.push_back(schema.flat_index(end));
    if (expected.empty()) expected = flat;
    EXPECT_EQ(flat, expected);
  } while (std::next_permutation(tables.begin(), tables.end()));
}

/// A chain of tables t0 ← t1 ← … with a hub that all of the last ones refer to.
Schema wide_schema(int tables) {
  Schema schema;
  for (int i = 0; i < tables; ++i) {
    Table table;
    table.name = "t" + std::to_string(i);
    for (const char* name : {"id", "before_id"}) {
      Column column;
      column.name = name;
      column.primary_key = column.name == "id";
      table.columns.push_back(column);
    }
    schema.tables.push_back(table);
    if (i > 0) schema.foreign_keys.push_back({{i, 1}, {i - 1, 0}, true});
  }
  return schema;
}

TEST(JoinPlanner, AThousandTablesAndManyTerminals) {
  const Schema schema = wide_schema(1000);
  const JoinPlanner planner(schema);
  const auto exact = planner.plan({0, 500, 999}, {});
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->tables().size(), 1000u);
  const auto heuristic = planner.plan({10, 20, 15, 12, 18, 11, 13}, {});
  ASSERT_TRUE(heuristic);
  EXPECT_EQ(heuristic->tables().size(), 11u);
}

TEST(InferKeys, FindsKeysByName) {
  Schema schema = testing::shop_schema();
  const std::vector<ForeignKey> declared = schema.foreign_keys;
  schema.foreign_keys.clear();
  const std::vector<ForeignKey> inferred = infer_foreign_keys(schema);
  for (const ForeignKey& key : inferred) EXPECT_FALSE(key.declared);
  const auto found = [&](ColumnRef from, ColumnRef to) {
    return std::find(inferred.begin(), inferred.end(), ForeignKey{from, to, false}) !=
           inferred.end();
  };
  EXPECT_TRUE(found({customer, 3}, {city, 0}));
  EXPECT_TRUE(found({orders, 1}, {customer, 0}));
  EXPECT_TRUE(found({orders, 4}, {city, 0})) << "ship_city_id ends like city_id";
  EXPECT_TRUE(found({order_line, 1}, {product, 0}));
  EXPECT_FALSE(found({customer, 0}, {product, 0})) << "every table has an id";
  EXPECT_FALSE(found({customer, 1}, {product, 1})) << "and many have a name";
}

TEST(InferKeys, AddsNothingWhereKeysAreDeclared) {
  for (const ForeignKey& key : infer_foreign_keys(testing::shop_schema())) {
    EXPECT_TRUE(key.from.table == notes || key.to.table == notes);
  }
}

}  // namespace
}  // namespace idi::sql
