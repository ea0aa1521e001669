#include "shop.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "idi/db/database.hpp"

namespace idi::explanation::testing {
namespace {

/// Gives cells to the value index, and nothing else.
class CellsOnly final : public db::Database {
 public:
  using Cells = std::map<ColumnRef, std::vector<std::string>>;
  explicit CellsOnly(Cells cells) : cells_(std::move(cells)) {}
  Result<Schema> introspect(std::stop_token) override { return not_here(); }
  Result<std::unique_ptr<db::Connection>> connect() override { return not_here(); }
  Result<std::string> fingerprint() override { return std::string("shop"); }
  Result<std::vector<std::string>> distinct_text_values(ColumnRef column, const Schema&,
                                                        std::int64_t, std::int64_t,
                                                        const db::ExecutionLimits&,
                                                        std::stop_token) override {
    return cells_[column];
  }

 private:
  static Error not_here() { return make_error(ErrorCode::not_supported, "cells only"); }
  Cells cells_;
};

Table table(std::string name, std::vector<std::pair<std::string, ColumnType>> columns) {
  Table table;
  table.natural_name = natural_name_of(name);
  table.name = std::move(name);
  for (auto& [column_name, type] : columns) {
    Column column;
    column.natural_name = natural_name_of(column_name);
    column.name = std::move(column_name);
    column.type = type;
    column.primary_key = table.columns.empty();
    table.columns.push_back(std::move(column));
  }
  return table;
}

}  // namespace

Schema shop_schema() {
  constexpr auto number = ColumnType::number;
  constexpr auto text = ColumnType::text;
  constexpr auto time = ColumnType::time;
  Schema schema;
  schema.name = "shop";
  schema.tables = {
      table("categories", {{"category_id", number}, {"name", text}}),
      table("cities", {{"city_id", number}, {"name", text}, {"country", text}}),
      table("products", {{"product_id", number},
                         {"name", text},
                         {"category_id", number},
                         {"price", number},
                         {"cost", number},
                         {"introduced_on", time},
                         {"discontinued", ColumnType::boolean}}),
      table("customers", {{"customer_id", number},
                          {"first_name", text},
                          {"last_name", text},
                          {"gender", text},
                          {"email", text},
                          {"city", text},
                          {"birth_date", time}}),
      table("orders", {{"order_id", number},
                       {"customer_id", number},
                       {"ordered_at", time},
                       {"status", text},
                       {"total", number}}),
      table("shipments", {{"shipment_id", number},
                          {"order_id", number},
                          {"shipped_on", time},
                          {"delivered_on", time},
                          {"from_city_id", number},
                          {"to_city_id", number}}),
      table("order_lines", {{"order_line_id", number},
                            {"order_id", number},
                            {"product_id", number},
                            {"quantity", number},
                            {"amount", number}}),
  };
  // categories 0, cities 1, products 2, customers 3, orders 4, shipments 5, order_lines 6
  schema.foreign_keys = {{{2, 2}, {0, 0}}, {{4, 1}, {3, 0}}, {{5, 1}, {4, 0}}, {{5, 4}, {1, 0}},
                         {{5, 5}, {1, 0}}, {{6, 1}, {4, 0}}, {{6, 2}, {2, 0}}};
  return schema;
}

std::shared_ptr<const link::Linker> shop_linker() {
  CellsOnly database({{{0, 1}, {"Tents", "Backpacks", "Footwear"}},
                      {{1, 1}, {"Berlin", "Vienna"}},
                      {{1, 2}, {"Germany", "Austria"}},
                      {{2, 1}, {"Glacier Tent", "Summit Pack 40", "Trail Boot"}},
                      {{3, 1}, {"Anna", "Ben"}},
                      {{3, 3}, {"female", "male"}},
                      {{3, 5}, {"Berlin", "Hamburg", "Vienna", "Paris"}},
                      {{4, 3}, {"completed", "shipped", "pending", "cancelled"}}});
  auto opened = link::WordNet::open();
  const auto wordnet = opened ? *opened : link::WordNet::none();
  const auto values = link::ValueIndex::open_or_build(database, shop_schema(), {}, {}, {}, wordnet);
  return link::Linker::make(shop_schema(), values ? *values : nullptr, wordnet);
}

}  // namespace idi::explanation::testing
