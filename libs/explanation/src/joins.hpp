// How the tables of a query are put together, in words.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "idi/sql/join_planner.hpp"
#include "names.hpp"

namespace idi::explanation {

/// One join: ", each order with its customer".
struct JoinText {
  std::string text;
  std::vector<int> tables;
  std::vector<ColumnRef> columns;
};

/// How two tables refer to each other by a key.
struct Reference {
  ColumnRef child, parent;
  bool obvious = true;  ///< The only key between the two: the column need not be said.
};

class Joins {
 public:
  /// Both must outlive this; without a planner one is made when it is needed.
  Joins(const Schema& schema, const sql::JoinPlanner* planner)
      : schema_(schema), names_(schema), planner_(planner) {}
  /// Tells no joins, which takes no planning.
  static Joins untold(const Schema& schema) {
    Joins joins(schema, nullptr);
    joins.are_told_ = false;
    return joins;
  }

  /// nullopt: no way to connect the tables is known. `before`: the words that it follows.
  [[nodiscard]] std::optional<std::vector<JoinText>> between(const std::vector<int>& tables,
                                                             const std::vector<ir::JoinHint>& hints,
                                                             const std::string& before) const;
  /// The key that makes "a = b" a look-up from one table to another.
  [[nodiscard]] std::optional<Reference> reference(ColumnRef a, ColumnRef b) const;

 private:
  [[nodiscard]] JoinText step(const sql::JoinStep& join, int* child_before,
                              const std::string& before) const;

  const Schema& schema_;
  Names names_;
  mutable const sql::JoinPlanner* planner_;
  mutable std::unique_ptr<sql::JoinPlanner> own_planner_;
  bool are_told_ = true;
};

}  // namespace idi::explanation
