// Which group follows which: what the windows over groups are ordered by.
#include <gtest/gtest.h>

#include "idi/sql/translate.hpp"

namespace idi::sql {
namespace {

Schema sales() {
  Schema schema;
  Table& table = schema.tables.emplace_back();
  table.name = "sales";
  const auto add = [&table](const char* name, ColumnType type) {
    Column& column = table.columns.emplace_back();
    column.name = name;
    column.type = type;
  };
  add("region", ColumnType::text);
  add("fiscal_year", ColumnType::number);
  add("sold_on", ColumnType::time);
  add("total", ColumnType::number);
  return schema;
}

/// The window of a running sum over these groups; the error's message if there is none.
std::string window_over(const std::vector<ColumnRef>& groups) {
  const auto expression = [](auto node) {
    return std::make_shared<const ir::Expression>(ir::Expression{node});
  };
  ir::Query query;
  ir::AggregateCall sum{ir::Aggregate::sum, false, expression(ColumnRef{0, 3})};
  sum.over = ir::Over::running;
  query.select = {expression(sum)};
  for (const ColumnRef group : groups) query.group_by.push_back(expression(group));
  const auto sql = to_sql(query, sales(), Dialect::sqlite);
  if (!sql) return sql.error().message;
  const auto from = sql->find("OVER (") + 6;
  return sql->substr(from, sql->find(") FROM") - from);
}

TEST(GroupOrder, IsTheLastTimeElseWhatIsCalledOneElseTheFirst) {
  const ColumnRef region{0, 0}, year{0, 1}, day{0, 2};
  EXPECT_EQ(window_over({region}), "ORDER BY region");
  EXPECT_EQ(window_over({region, year}), "PARTITION BY region ORDER BY fiscal_year");
  EXPECT_EQ(window_over({year, region}), "PARTITION BY region ORDER BY fiscal_year");
  EXPECT_EQ(window_over({day, year, region}), "PARTITION BY fiscal_year, region ORDER BY sold_on");
  EXPECT_EQ(window_over({}), "groups are compared in a query without groups");
}

TEST(GroupOrder, TheFirstRowsOfEachGroupNeedAnOrderAndALimit) {
  const auto column = [](int index) {
    return std::make_shared<const ir::Expression>(ir::Expression{ColumnRef{0, index}});
  };
  ir::Query query;
  query.select = {std::make_shared<const ir::Expression>(ir::Expression{ir::StarOf{0}})};
  query.limit_per = {column(0)};
  EXPECT_FALSE(to_sql(query, sales(), Dialect::sqlite));
  query.limit = ir::Literal{ir::Literal::Kind::number, "2", -1};
  EXPECT_FALSE(to_sql(query, sales(), Dialect::sqlite));
  query.order_by = {{column(3), true}};
  const auto sql = to_sql(query, sales(), Dialect::sqlite);
  ASSERT_TRUE(sql) << sql.error().message;
  EXPECT_EQ(*sql,
            "SELECT region, fiscal_year, sold_on, total FROM (SELECT region, fiscal_year, sold_on, "
            "total, ROW_NUMBER() OVER (PARTITION BY region ORDER BY total DESC) AS place FROM "
            "sales) AS ranked WHERE place <= 2 ORDER BY region, place");
  query.distinct = true;
  EXPECT_FALSE(to_sql(query, sales(), Dialect::sqlite));
}

}  // namespace
}  // namespace idi::sql
