#include "shop.hpp"

#include <gtest/gtest.h>

#include "idi/db/database.hpp"
#include "idi/sql/translate.hpp"

namespace idi::clarification::testing {
namespace {

/// Gives cells to the value index, and nothing else.
class CellsOnly final : public db::Database {
 public:
  explicit CellsOnly(const std::map<ColumnRef, std::vector<std::string>>& cells) : cells_(cells) {}
  Result<Schema> introspect(std::stop_token) override { return not_here(); }
  Result<std::unique_ptr<db::Connection>> connect() override { return not_here(); }
  Result<std::string> fingerprint() override { return std::string("shop"); }
  Result<std::vector<std::string>> distinct_text_values(ColumnRef column, const Schema&,
                                                        std::int64_t, std::int64_t,
                                                        const db::ExecutionLimits&,
                                                        std::stop_token) override {
    const auto place = cells_.find(column);
    return place == cells_.end() ? std::vector<std::string>() : place->second;
  }

 private:
  static Error not_here() { return make_error(ErrorCode::not_supported, "cells only"); }
  const std::map<ColumnRef, std::vector<std::string>>& cells_;
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
      table("customers", {{"customer_id", number},
                          {"name", text},
                          {"city", text},
                          {"country", text},
                          {"registered_at", time},
                          {"rating", number}}),
      table("orders", {{"order_id", number},
                       {"customer_id", number},
                       {"store_id", number},
                       {"ordered_at", time},
                       {"shipped_at", time},
                       {"updated_at", time},
                       {"status", text},
                       {"billing_city", text},
                       {"shipping_city", text},
                       {"total", number},
                       {"paid", number}}),
      table("order_lines", {{"order_line_id", number},
                            {"order_id", number},
                            {"product_id", number},
                            {"quantity", number},
                            {"list_price", number},
                            {"paid_price", number}}),
      table("products", {{"product_id", number},
                         {"name", text},
                         {"category", text},
                         {"price", number},
                         {"introduced_on", time},
                         {"discontinued_on", time}}),
      table("stores", {{"store_id", number}, {"name", text}, {"city", text}, {"opened_on", time}}),
      table("transfers", {{"transfer_id", number},
                          {"from_store_id", number},
                          {"to_store_id", number},
                          {"moved_on", time},
                          {"units", number}}),
      table("online_sales", {{"sale_id", number}, {"amount", number}, {"sold_on", time}}),
      table("store_sales", {{"sale_id", number}, {"amount", number}, {"sold_on", time}}),
  };
  schema.foreign_keys = {{{1, 1}, {0, 0}}, {{1, 2}, {4, 0}}, {{2, 1}, {1, 0}},
                         {{2, 2}, {3, 0}}, {{5, 1}, {4, 0}}, {{5, 2}, {4, 0}}};
  schema.tables[1].columns[3].sample_values = {"2023-05-17"};
  schema.tables[1].columns[4].comment = "The day it left the house";
  return schema;
}

std::shared_ptr<const link::Linker> linker_of(
    Schema schema, const std::map<ColumnRef, std::vector<std::string>>& cells) {
  CellsOnly database(cells);
  auto opened = link::WordNet::open();
  const auto wordnet = opened ? *opened : link::WordNet::none();
  const auto values = link::ValueIndex::open_or_build(database, schema, {}, {}, {}, wordnet);
  return link::Linker::make(std::move(schema), values ? *values : nullptr, wordnet);
}

std::shared_ptr<const link::Linker> shop_linker() {
  return linker_of(shop_schema(), {{{0, 2}, {"Berlin", "Hamburg", "Vienna"}},
                                   {{0, 3}, {"Germany", "Austria"}},
                                   {{1, 6}, {"completed", "pending"}},
                                   {{1, 7}, {"Berlin", "Paris"}},
                                   {{1, 8}, {"Berlin", "Rome"}},
                                   {{3, 2}, {"Tents", "Footwear"}},
                                   {{4, 2}, {"Berlin", "Munich"}}});
}

ir::Query query_of(const std::string& sql, const Schema& schema) {
  auto query = sql::to_ir(sql, schema);
  if (query) return std::move(*query);
  ADD_FAILURE() << sql << ": " << query.error().message;
  return {};
}

Reads& Reads::add(double probability, const std::string& sql, bool same) {
  const int before = all_.empty() ? -1 : all_.back().cluster;
  all_.push_back({probability, std::make_shared<const ir::Query>(query_of(sql, schema_)),
                  same ? before : before + 1});
  return *this;
}

std::vector<Alternative> Reads::alternatives() const {
  std::vector<Alternative> alternatives;
  for (const auto& one : all_) {
    alternatives.push_back({one.query.get(), one.probability, one.cluster, true});
  }
  return alternatives;
}

QueryWords sql_as_words(const Schema& schema) {
  return [&schema](const ir::Query& query) {
    const auto sql = sql::to_sql(query, schema, Dialect::sqlite);
    return sql ? *sql : std::string();
  };
}

}  // namespace idi::clarification::testing
