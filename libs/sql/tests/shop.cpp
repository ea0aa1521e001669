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

Schema shop_schema_with_encoded_times() {
  Schema schema = shop_schema();
  constexpr auto time = ColumnType::time;
  Table payment = table("payment", {{"order_id", ColumnType::number},
                                    {"paid_on", time},
                                    {"seen_on", time},
                                    {"measured", time},
                                    {"booked", time},
                                    {"due", time},
                                    {"valued", time}});
  payment.columns[0].primary_key = false;
  payment.columns[1].time_encoding = TimeEncoding::epoch_seconds;
  payment.columns[2].time_encoding = TimeEncoding::epoch_millis;
  payment.columns[3].time_encoding = TimeEncoding::julian_day;
  payment.columns[4].time_encoding = TimeEncoding::compact_day;
  payment.columns[5].time_encoding = TimeEncoding::day_first;
  payment.columns[6].time_encoding = TimeEncoding::month_first;
  schema.tables.push_back(std::move(payment));
  schema.foreign_keys.push_back({{6, 0}, {2, 0}, true});
  return schema;
}

}  // namespace idi::sql::testing
