#include "executor.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "idi/db/collecting_sink.hpp"
#include "idi/sql/guard.hpp"

namespace idi::engine {
namespace {

/// Keeps the first max_rows rows.
ResultTable cut_to(ResultTable table, std::int64_t max_rows) {
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(max_rows, 0));
  if (table.rows.size() > most) {
    table.rows.resize(most);
    table.truncated = true;
  }
  return table;
}

}  // namespace

Result<sql::ApprovedStatement> Executor::approve(std::string_view sql) {
  return sql::SqlGuard(dialect_, connection_.inspector()).approve(sql);
}

Result<ResultTable> Executor::run(const sql::ApprovedStatement& statement) {
  db::ExecutionLimits full;
  full.max_rows = bounds_.limits.max_rows;
  full.max_result_bytes = bounds_.limits.max_result_bytes;
  full.deadline = bounds_.deadline;
  db::CollectingSink sink;
  IDI_TRY(const auto summary, connection_.execute(statement, full, bounds_.stop, sink));
  ResultTable table = sink.take();
  table.truncated = summary.truncated;
  return table;
}

Result<ResultTable> Executor::run_candidate(const SqlCandidate& candidate, Trial& trial) {
  if (trial.state == TrialState::failed) return *trial.error;
  const bool ran = trial.state == TrialState::rows || trial.state == TrialState::empty;
  if (ran && !trial.table.truncated) {
    return cut_to(std::move(trial.table), bounds_.limits.max_rows);
  }
  if (!trial.statement) {
    IDI_TRY(trial.statement, approve(candidate.sql));
  }
  return run(*trial.statement);
}

Result<Executor::Ran> Executor::run_best(Proposals& proposals) {
  std::optional<Error> first_error;
  for (const std::size_t index : proposals.choice.order) {
    auto table = run_candidate(proposals.candidates[index], proposals.trials[index]);
    if (table) return Ran{index, std::move(*table)};
    const auto code = table.error().code;
    if (code == ErrorCode::cancelled || code == ErrorCode::timeout) return table.error();
    if (!first_error) first_error = std::move(table.error());
  }
  // Every candidate failed: the database's own words are the most useful ones.
  if (first_error) return first_error->with_context("no candidate could be run");
  return make_error(ErrorCode::unanswerable, "nothing could be written for this question");
}

}  // namespace idi::engine
