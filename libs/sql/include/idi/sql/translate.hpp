// SQL → IR and IR → SQL.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::sql {

/// Parses a SELECT (SQLite's dialect of it), resolves aliases and qualifies columns against the
/// schema, and drops the joins. Errors: sql_rejected (does not parse, unknown names), not_supported
/// (what the IR has no words for, named in the message: "self-join", "this window").
/// The result is canonical: equal queries that differ in aliases, quoting, join order or in which
/// side of an equi-join a column is taken from give the same tree.
[[nodiscard]] Result<ir::Query> to_ir(std::string_view select, const Schema& schema);
/// With a planner made once for many statements over the same schema.
[[nodiscard]] Result<ir::Query> to_ir(std::string_view select, const Schema& schema,
                                      const JoinPlanner& planner);

/// Writes one SELECT statement. Every literal must be resolved (no `any`), else invalid_argument.
/// Times compare, sort and are taken apart by what the column's TimeEncoding says: a literal beside
/// one is expected as it is stored (1684281600, 2460081.5, 20230517), but as an ISO day where the
/// stored text does not sort (day_first, month_first). What to_sql writes for SQLite, to_ir reads.
/// Errors: unanswerable if the mentioned tables cannot be joined.
[[nodiscard]] Result<std::string> to_sql(const ir::Query& query, const Schema& schema,
                                         Dialect dialect);
/// With a planner made once for many queries over the same schema.
[[nodiscard]] Result<std::string> to_sql(const ir::Query& query, const Schema& schema,
                                         Dialect dialect, const JoinPlanner& planner);

}  // namespace idi::sql
