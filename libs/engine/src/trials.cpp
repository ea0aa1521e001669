#include "trials.hpp"

#include <algorithm>
#include <chrono>

#include "idi/db/collecting_sink.hpp"
#include "idi/sql/guard.hpp"

namespace idi::engine {
namespace {

/// Takes from `steps_left` what it used up.
Trial try_one(db::Connection& connection, const sql::SqlGuard& guard, const std::string& statement,
              const db::ExecutionLimits& limits, std::int64_t& steps_left,
              const std::stop_token& stop) {
  Trial trial;
  auto approved = guard.approve(statement);
  if (!approved) {
    trial.state = TrialState::failed;
    trial.error = approved.error();
    return trial;
  }
  trial.statement = std::move(*approved);
  db::CollectingSink sink;
  const auto summary = connection.execute(*trial.statement, limits, stop, sink);
  trial.table = sink.take();
  if (summary) {
    steps_left -= summary->steps;
    trial.table.truncated = summary->truncated;
    trial.state = trial.table.rows.empty() ? TrialState::empty : TrialState::rows;
  } else if (summary.error().code == ErrorCode::timeout) {
    steps_left -= limits.max_steps;
    trial.state = TrialState::too_slow;
  } else {
    trial.state = TrialState::failed;
    trial.error = summary.error();
  }
  return trial;
}

}  // namespace

Result<std::vector<Trial>> try_candidates(db::Connection& connection, Dialect dialect,
                                          const std::vector<std::string>& statements,
                                          const Bounds& bounds,
                                          const std::function<void(double)>& tried) {
  const AskLimits& limits = bounds.limits;
  const auto budget =
      Deadline::after(std::chrono::milliseconds(limits.trial_budget_ms)).at_most(bounds.deadline);
  const sql::SqlGuard guard(dialect, connection.inspector());
  std::vector<Trial> trials(statements.size());
  std::int64_t steps_left = limits.trial_budget_steps;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    IDI_CHECK(bounds.check());
    if (budget.passed() || steps_left <= 0) break;
    db::ExecutionLimits small;
    small.max_rows = limits.max_trial_rows;
    small.max_result_bytes = limits.max_result_bytes;
    small.max_steps = std::min(limits.trial_steps, steps_left);
    small.deadline =
        Deadline::after(std::chrono::milliseconds(limits.trial_timeout_ms)).at_most(budget);
    trials[i] = try_one(connection, guard, statements[i], small, steps_left, bounds.stop);
    tried(static_cast<double>(i + 1) / static_cast<double>(statements.size()));
  }
  IDI_CHECK(bounds.check());
  return trials;
}

}  // namespace idi::engine
