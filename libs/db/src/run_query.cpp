#include <string_view>
#include <utility>

#include "idi/db/collecting_sink.hpp"
#include "idi/db/database.hpp"

namespace idi::db {

Result<ResultTable> run_query(Connection& connection, Dialect dialect, std::string_view sql,
                              const ExecutionLimits& limits, std::stop_token stop) {
  const sql::SqlGuard guard(dialect, connection.inspector());
  IDI_TRY(const sql::ApprovedStatement statement, guard.approve(sql));
  CollectingSink sink;
  IDI_TRY(const ExecutionSummary summary,
          connection.execute(statement, limits, std::move(stop), sink));
  ResultTable table = sink.take();
  table.truncated = summary.truncated;
  return table;
}

}  // namespace idi::db
