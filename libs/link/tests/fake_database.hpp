// A database of given cells, for tests of the value index: counts what is asked of it.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "idi/db/database.hpp"

namespace idi::link::testing {

inline Column column(std::string name, ColumnType type = ColumnType::text) {
  Column column;
  column.natural_name = natural_name_of(name);
  column.name = std::move(name);
  column.type = type;
  return column;
}

inline Table table(std::string name, std::vector<Column> columns) {
  Table table;
  table.natural_name = natural_name_of(name);
  table.name = std::move(name);
  table.columns = std::move(columns);
  return table;
}

class FakeDatabase final : public db::Database {
 public:
  using Cells = std::map<ColumnRef, std::vector<std::string>>;
  explicit FakeDatabase(Cells cells) : cells_(std::move(cells)) {}

  Result<Schema> introspect(std::stop_token) override { return not_here(); }
  Result<std::unique_ptr<db::Connection>> connect() override { return not_here(); }
  Result<std::string> fingerprint() override { return state; }
  Result<std::vector<std::string>> distinct_text_values(ColumnRef column, const Schema&,
                                                        std::int64_t max_values,
                                                        std::int64_t max_bytes,
                                                        const db::ExecutionLimits&,
                                                        std::stop_token stop) override {
    ++reads;
    if (stop.stop_requested()) return make_error(ErrorCode::cancelled, "stopped");
    if (broken == column) return make_error(ErrorCode::unreadable, "this column is broken");
    std::vector<std::string> result;
    for (const std::string& cell : cells_[column]) {
      if (static_cast<std::int64_t>(cell.size()) > max_bytes) continue;
      if (static_cast<std::int64_t>(result.size()) < max_values) result.push_back(cell);
    }
    return result;
  }

  std::string state = "first";
  ColumnRef broken;
  int reads = 0;

 private:
  static Error not_here() { return make_error(ErrorCode::not_supported, "cells only"); }
  Cells cells_;
};

}  // namespace idi::link::testing
