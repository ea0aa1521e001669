#include "shop.hpp"

#include <initializer_list>
#include <string>
#include <utility>

namespace idi::sql::testing {
namespace {

Table table(std::string name, std::initializer_list<std::pair<const char*, ColumnType>> columns) {
  Table result;
  result.name = std::move(name);
  for (const auto& [column_name, type] : columns) {
    Column column;
    column.name = column_name;
    column.type = type;
    column.primary_key = result.columns.empty();
    result.columns.push_back(std::move(column));
  }
  return result;
}

}  // namespace

Schema shop_schema() {
  constexpr auto number = ColumnType::number;
  constexpr auto text = ColumnType::text;
  constexpr auto time = ColumnType::time;
  Schema schema;
  schema.name = "shop";
  schema.tables = {
      table("city", {{"id", number}, {"name", text}, {"country", text}}),
      table("customer", {{"id", number}, {"name", text}, {"age", number}, {"city_id", number}}),
      table("orders", {{"id", number},
                       {"customer_id", number},
                       {"placed_on", time},
                       {"total", number},
                       {"ship_city_id", number},
                       {"bill_city_id", number}}),
      table("product", {{"id", number}, {"name", text}, {"price", number}, {"code", text}}),
      table("order_line", {{"order_id", number}, {"product_id", number}, {"quantity", number}}),
      table("Order Notes", {{"id", number}, {"group", text}, {"It's \"odd\"", text}}),
  };
  // city 0, customer 1, orders 2, product 3, order_line 4, Order Notes 5
  schema.foreign_keys = {{{1, 3}, {0, 0}, true}, {{2, 1}, {1, 0}, true}, {{2, 4}, {0, 0}, true},
                         {{2, 5}, {0, 0}, true}, {{4, 0}, {2, 0}, true}, {{4, 1}, {3, 0}, true}};
  return schema;
}

}  // namespace idi::sql::testing
