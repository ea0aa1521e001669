// A shop in which much can be meant in two ways: several dates, prices, cities and connections.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "idi/clarification/clarification.hpp"
#include "idi/link/linker.hpp"

namespace idi::clarification::testing {

[[nodiscard]] Schema shop_schema();
[[nodiscard]] std::shared_ptr<const link::Linker> linker_of(
    Schema schema, const std::map<ColumnRef, std::vector<std::string>>& cells);
[[nodiscard]] std::shared_ptr<const link::Linker> shop_linker();

/// Fails the test if the SQL cannot be read.
[[nodiscard]] ir::Query query_of(const std::string& sql, const Schema& schema);

/// Queries that stay where they are, as alternatives in clusters of their own.
class Reads {
 public:
  explicit Reads(const Schema& schema) : schema_(schema) {}
  /// In the cluster of the one before, if `same`.
  Reads& add(double probability, const std::string& sql, bool same = false);
  [[nodiscard]] std::vector<Alternative> alternatives() const;

 private:
  struct One {
    double probability = 0;
    std::shared_ptr<const ir::Query> query;
    int cluster = 0;
  };
  const Schema& schema_;
  std::vector<One> all_;
};

/// The SQL of a query, as its words.
[[nodiscard]] QueryWords sql_as_words(const Schema& schema);

}  // namespace idi::clarification::testing
