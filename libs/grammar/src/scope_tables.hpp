// The part of a schema that may be named, ready to be written: tables, columns by kind, values, and
// the ways to join. Tables are numbered anew, from 0.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "column_kind.hpp"
#include "idi/grammar/sql_grammar.hpp"

namespace idi::grammar {

struct ScopeColumn {
  std::string name;  ///< Spelled.
  ColumnKind kind = ColumnKind::opaque;
  bool uuid = false;                ///< Opaque to us, and still a good key.
  std::vector<std::string> values;  ///< Spelled texts.
  bool closed = false;
};

struct ScopeTable {
  std::string name;  ///< Spelled.
  std::vector<ScopeColumn> columns;
  [[nodiscard]] bool has(Kinds kinds) const;
};

/// A pair of columns that joins two tables: "orders.customer_id = customer.id".
struct JoinKey {
  int left_table = -1, right_table = -1;
  std::string left, right;  ///< Spelled, with their tables' names.
};

struct ScopeTables {
  std::vector<ScopeTable> tables;
  /// By pair of tables, the smaller number first.
  std::map<std::pair<int, int>, std::vector<JoinKey>> keys;
  /// Columns that refer to the same parent.
  std::map<std::pair<int, int>, std::vector<JoinKey>> sibling_keys;
  /// Tables that no key connects, however far around: any two columns of one kind may join them.
  std::vector<std::pair<int, int>> unlinked;
};

/// Columns of two tables that no key connects may join them if both are of one of these.
inline constexpr Kinds joinable_kinds[] = {number_kinds, text_kinds, kinds_of(ColumnKind::date),
                                           kinds_of(ColumnKind::moment)};

/// The first `max_tables` tables of the scope that have a column that can be written.
[[nodiscard]] ScopeTables scope_tables(const Schema& schema, const Scope& scope, Dialect dialect,
                                       int max_tables);

}  // namespace idi::grammar
