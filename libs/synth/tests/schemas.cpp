#include "schemas.hpp"

#include <string>
#include <utility>
#include <vector>

namespace idi::synth {
namespace {

Column column(std::string name, ColumnType type, std::vector<std::string> samples,
              bool primary = false) {
  Column made;
  made.natural_name = natural_name_of(name);
  made.name = std::move(name);
  made.type = type;
  made.primary_key = primary;
  made.sample_values = std::move(samples);
  return made;
}

Table table(std::string name, std::vector<Column> columns) {
  Table made;
  made.natural_name = natural_name_of(name);
  made.name = std::move(name);
  made.columns = std::move(columns);
  return made;
}

}  // namespace

Schema music() {
  Schema schema;
  schema.name = "music";
  schema.tables = {table("singer", {column("singer_id", ColumnType::number, {"1", "2"}, true),
                                    column("name", ColumnType::text, {"Joe", "Ann"}),
                                    column("age", ColumnType::number, {"25", "43"}),
                                    column("country", ColumnType::text, {"France", "Chile"})}),
                   table("concert", {column("concert_id", ColumnType::number, {"1"}, true),
                                     column("singer_id", ColumnType::number, {"1"}),
                                     column("theme", ColumnType::text, {"Free"}),
                                     column("title", ColumnType::text, {"Big Night"}),
                                     column("held_on", ColumnType::time, {"2023-04-01"})})};
  schema.foreign_keys = {{{1, 1}, {0, 0}, true}};
  return schema;
}

Schema shop() {
  Schema schema;
  schema.name = "shop";
  schema.tables = {table("customer", {column("id", ColumnType::number, {"1"}, true),
                                      column("full_name", ColumnType::text, {"Eve Oak"}),
                                      column("income", ColumnType::number, {"100"}),
                                      column("city", ColumnType::text, {"Bonn", "Lyon"})}),
                   table("purchase", {column("id", ColumnType::number, {"7"}, true),
                                      column("customer_id", ColumnType::number, {"1"}),
                                      column("parcel_id", ColumnType::number, {"1"}),
                                      column("amount_paid", ColumnType::number, {"28"}),
                                      column("quantity", ColumnType::number, {"3"}),
                                      column("unit_price", ColumnType::number, {"9.5"}),
                                      column("bought_on", ColumnType::time, {"2022-12-24"})}),
                   table("parcel", {column("id", ColumnType::number, {"1"}, true),
                                    column("packed_on", ColumnType::time, {"2022-12-27"})})};
  schema.foreign_keys = {{{1, 1}, {0, 0}, true}, {{1, 2}, {2, 0}, true}};
  return schema;
}

Schema trade() {
  Schema schema;
  schema.name = "trade";
  const auto day = std::vector<std::string>{"2023-05-06", "2024-11-12"};
  schema.tables = {table("branches", {column("branch_id", ColumnType::number, {"1"}, true),
                                      column("name", ColumnType::text, {"Oslo"}),
                                      column("city", ColumnType::text, {"Oslo", "Riga"})}),
                   table("clerks", {column("clerk_id", ColumnType::number, {"1"}, true),
                                    column("first_name", ColumnType::text, {"Ada"}),
                                    column("last_name", ColumnType::text, {"Holm"}),
                                    column("branch_id", ColumnType::number, {"1"}),
                                    column("hired_on", ColumnType::time, day)}),
                   table("buyers", {column("buyer_id", ColumnType::number, {"1"}, true),
                                    column("name", ColumnType::text, {"Eve Oak"}),
                                    column("city", ColumnType::text, {"Lima", "Oslo"}),
                                    column("is_active", ColumnType::boolean, {"0", "1"}),
                                    column("state", ColumnType::text, {"new", "blocked"}),
                                    column("birth_date", ColumnType::time, day),
                                    column("joined_on", ColumnType::time, day)}),
                   table("kinds", {column("kind_id", ColumnType::number, {"1"}, true),
                                   column("name", ColumnType::text, {"Lamps"})}),
                   table("articles", {column("article_id", ColumnType::number, {"1"}, true),
                                      column("name", ColumnType::text, {"Blue lamp"}),
                                      column("kind_id", ColumnType::number, {"1"}),
                                      column("cost", ColumnType::number, {"3"}),
                                      column("price", ColumnType::number, {"9"}),
                                      column("retired", ColumnType::boolean, {"0", "1"})}),
                   table("orders", {column("order_id", ColumnType::number, {"1"}, true),
                                    column("buyer_id", ColumnType::number, {"1"}),
                                    column("clerk_id", ColumnType::number, {"1"}),
                                    column("shipped_on", ColumnType::time, day),
                                    column("ordered_on", ColumnType::time, day),
                                    column("status", ColumnType::text, {"open", "cancelled"}),
                                    column("shipping_cost", ColumnType::number, {"4"}),
                                    column("total", ColumnType::number, {"80"})}),
                   table("order_items", {column("order_item_id", ColumnType::number, {"1"}, true),
                                         column("order_id", ColumnType::number, {"1"}),
                                         column("article_id", ColumnType::number, {"1"}),
                                         column("quantity", ColumnType::number, {"2"}),
                                         column("unit_price", ColumnType::number, {"9"})}),
                   table("returns", {column("return_id", ColumnType::number, {"1"}, true),
                                     column("order_item_id", ColumnType::number, {"1"}),
                                     column("returned_on", ColumnType::time, day)})};
  schema.foreign_keys = {{{1, 3}, {0, 0}, true}, {{4, 2}, {3, 0}, true}, {{5, 1}, {2, 0}, true},
                         {{5, 2}, {1, 0}, true}, {{6, 1}, {5, 0}, true}, {{6, 2}, {4, 0}, true},
                         {{7, 1}, {6, 0}, true}};
  return schema;
}

}  // namespace idi::synth
