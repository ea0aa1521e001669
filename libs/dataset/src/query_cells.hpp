// The text literals of gold queries as cells of the columns that they are compared with. Many
// public databases are empty or hold a few rows only; their questions speak of what a real one
// would hold.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/db/database.hpp"

namespace idi::dataset {

using CellsByColumn = std::map<ColumnRef, std::set<std::string>>;

/// Queries that cannot be read are passed over. Patterns (LIKE) are no cells.
[[nodiscard]] CellsByColumn cells_of_queries(const std::vector<std::string>& queries,
                                             const Schema& schema);

/// `database` with more cells; for the value index alone (it cannot be queried). `database` may be
/// null: then there are only these cells. REQUIRES: `database` outlives the result.
[[nodiscard]] std::unique_ptr<db::Database> with_more_cells(db::Database* database,
                                                            const Schema& schema,
                                                            CellsByColumn cells);

}  // namespace idi::dataset
