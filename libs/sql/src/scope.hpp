// The names of one query core: what its tables are called, and what a column or an alias means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ast.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::sql {

struct ScopeTable {
  std::string alias;  ///< Or the table's name.
  int table = -1;
};

struct Scope {
  const Schema& schema;
  const ast::Select& select;
  const Scope* outer = nullptr;  ///< Of the query that this one is a part of.
  std::vector<ScopeTable> tables = {};
  std::vector<ir::JoinHint> joins = {};  ///< Equalities between columns of two tables so far.
  /// Set once the select items are known to need no alias themselves.
  bool aliases_visible = false;
};

/// The first table of the scope that has it.
[[nodiscard]] std::optional<ColumnRef> find_column(const ast::Expression& column,
                                                   const Scope& scope);
/// Errors: not_supported for a column of an outer query, sql_rejected for none at all.
[[nodiscard]] Result<ColumnRef> resolve(const ast::Expression& column, const Scope& scope);

/// A text; also "x" that is no column, as SQLite has it.
[[nodiscard]] bool is_text(const ast::Expression& expression, const Scope& scope);
/// REQUIRES: a number, or is_text.
[[nodiscard]] ir::Literal literal_of(const ast::Expression& expression);

/// What ORDER BY 2 and GROUP BY alias mean; the term itself if it is neither.
[[nodiscard]] const ast::Expression& dereference(const ast::Expression& term, const Scope& scope);
/// The select item that a name within HAVING or ORDER BY stands for, if it is no column.
[[nodiscard]] const ast::Expression* alias_target(const ast::Expression& column,
                                                  const Scope& scope);

}  // namespace idi::sql
