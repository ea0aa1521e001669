// How a query's tables are connected, whoever said so: its own hints or the planner.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::clarification {

struct Connection {
  std::string id;                  ///< Its conditions by name; the same for the same connection.
  std::vector<int> tables;         ///< Ascending.
  std::vector<ColumnRef> columns;  ///< Of the conditions, the referring ones first.
};

/// nullopt: it has but one table, or these cannot be connected.
[[nodiscard]] std::optional<Connection> connection_of(const ir::Query& query, const Schema& schema);

/// What sets the first apart: "through the order lines", "by the billing address of the orders";
/// empty if nothing does.
[[nodiscard]] std::string connection_words(const Connection& connection, const Connection& other,
                                           const Schema& schema);

}  // namespace idi::clarification
