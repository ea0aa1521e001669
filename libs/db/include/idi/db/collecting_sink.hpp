// A RowSink that keeps the whole (already bounded) result in memory.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "idi/db/database.hpp"

namespace idi::db {

class CollectingSink final : public RowSink {
 public:
  bool on_columns(const std::vector<std::string>& names) override {
    table_.columns = names;
    return true;
  }
  bool on_row(Row&& row) override {
    table_.rows.push_back(std::move(row));
    return true;
  }
  /// What came so far; the sink is empty afterwards.
  [[nodiscard]] ResultTable take() { return std::exchange(table_, {}); }

 private:
  ResultTable table_;
};

}  // namespace idi::db
