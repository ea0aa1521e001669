// The demo shop's tables with a few cells, linked: what the tests here talk about.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "idi/db/database.hpp"
#include "idi/link/linker.hpp"

namespace idi::dialogue::testing {

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

inline Table table(std::string name, std::vector<std::pair<std::string, ColumnType>> columns) {
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

inline Schema shop_schema() {
  constexpr auto number = ColumnType::number;
  constexpr auto text = ColumnType::text;
  constexpr auto time = ColumnType::time;
  Schema schema;
  schema.name = "shop";
  schema.tables = {
      table("categories", {{"category_id", number}, {"name", text}, {"description", text}}),
      table("suppliers", {{"supplier_id", number},
                          {"name", text},
                          {"city", text},
                          {"country", text},
                          {"email", text}}),
      table("products", {{"product_id", number},
                         {"name", text},
                         {"category_id", number},
                         {"supplier_id", number},
                         {"price", number},
                         {"cost", number},
                         {"weight", number},
                         {"introduced_on", time},
                         {"discontinued", ColumnType::boolean}}),
      table("stores", {{"store_id", number},
                       {"name", text},
                       {"city", text},
                       {"country", text},
                       {"opened_on", time},
                       {"floor_area", number}}),
      table("employees", {{"employee_id", number},
                          {"first_name", text},
                          {"last_name", text},
                          {"job_title", text},
                          {"store_id", number},
                          {"hired_on", time},
                          {"salary", number}}),
      table("customers", {{"customer_id", number},
                          {"first_name", text},
                          {"last_name", text},
                          {"gender", text},
                          {"email", text},
                          {"city", text},
                          {"country", text},
                          {"birth_date", time}}),
      table("orders", {{"order_id", number},
                       {"customer_id", number},
                       {"store_id", number},
                       {"employee_id", number},
                       {"ordered_at", time},
                       {"status", text},
                       {"payment_method", text},
                       {"total", number}}),
      table("order_lines", {{"order_line_id", number},
                            {"order_id", number},
                            {"product_id", number},
                            {"quantity", number},
                            {"line_total", number}}),
  };
  schema.foreign_keys = {{{2, 2}, {0, 0}}, {{2, 3}, {1, 0}}, {{4, 4}, {3, 0}}, {{6, 1}, {5, 0}},
                         {{6, 2}, {3, 0}}, {{6, 3}, {4, 0}}, {{7, 1}, {6, 0}}, {{7, 2}, {2, 0}}};
  return schema;
}

inline CellsOnly::Cells shop_cells() {
  return {{{0, 1}, {"Tents", "Backpacks", "Footwear", "Climbing"}},
          {{1, 1}, {"Alpine Works", "Nordic Gear"}},
          {{1, 3}, {"Germany", "Sweden", "Italy"}},
          {{2, 1}, {"Glacier Tent", "Summit Pack 40", "Trail Boot"}},
          {{3, 1}, {"Berlin Mitte", "Munich Central", "Online"}},
          {{3, 2}, {"Berlin", "Munich", "Vienna"}},
          {{3, 3}, {"Germany", "Austria"}},
          {{4, 3}, {"Store manager", "Sales assistant", "Cashier"}},
          {{5, 3}, {"female", "male"}},
          {{5, 5}, {"Berlin", "Hamburg", "Vienna", "Paris"}},
          {{5, 6}, {"Germany", "Austria", "France"}},
          {{6, 5}, {"completed", "shipped", "pending", "cancelled"}},
          {{6, 6}, {"card", "cash", "invoice"}}};
}

inline std::shared_ptr<const link::Linker> shop_linker() {
  CellsOnly database(shop_cells());
  auto opened = link::WordNet::open();
  const auto wordnet = opened ? *opened : link::WordNet::none();
  const auto values = link::ValueIndex::open_or_build(database, shop_schema(), {}, {}, {}, wordnet);
  return link::Linker::make(shop_schema(), values ? *values : nullptr, wordnet);
}

}  // namespace idi::dialogue::testing
