#include "probe.hpp"

#include <chrono>
#include <cmath>
#include <utility>

#include "idi/db/collecting_sink.hpp"
#include "idi/sql/guard.hpp"
#include "idi/sql/translate.hpp"

namespace idi::verification {

Probe::Probe(db::Connection& connection, const Schema& schema, const sql::JoinPlanner& planner,
             const VerifyLimits& limits, Deadline deadline, std::stop_token stop)
    : connection_(connection),
      schema_(schema),
      planner_(planner),
      limits_(limits),
      deadline_(deadline),
      budget_(Deadline::after(std::chrono::milliseconds(limits.budget_ms)).at_most(deadline)),
      stop_(std::move(stop)) {}

std::optional<ResultTable> Probe::rows(const ir::Query& query, std::int64_t max_rows) {
  const auto statement = sql::to_sql(query, schema_, schema_.dialect, planner_);
  if (!statement) return std::nullopt;
  const auto [known, is_new] = known_.try_emplace(std::to_string(max_rows) + " " + *statement);
  if (is_new) known->second = run(*statement, max_rows);
  return known->second;
}

std::optional<ResultTable> Probe::run(const std::string& statement, std::int64_t max_rows) {
  if (asked_ >= limits_.max_queries || stop_.stop_requested() || budget_.passed()) {
    return std::nullopt;
  }
  ++asked_;
  const auto approved = sql::SqlGuard(schema_.dialect, connection_.inspector()).approve(statement);
  if (!approved) return std::nullopt;
  constexpr std::int64_t max_result_bytes = 1 << 20;
  db::ExecutionLimits limits;
  limits.max_rows = max_rows;
  limits.max_result_bytes = max_result_bytes;
  limits.max_steps = limits_.check_steps;
  limits.deadline =
      Deadline::after(std::chrono::milliseconds(limits_.check_timeout_ms)).at_most(budget_);
  db::CollectingSink sink;
  const auto summary = connection_.execute(*approved, limits, stop_, sink);
  if (!summary) return std::nullopt;
  ResultTable table = sink.take();
  table.truncated = summary->truncated;
  return table;
}

std::optional<std::int64_t> Probe::number(const ir::Query& query) {
  const auto table = rows(query, 1);
  if (!table || table->rows.empty() || table->rows.front().empty()) return std::nullopt;
  const Value& cell = table->rows.front().front();
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
  const auto* real = std::get_if<double>(&cell);
  constexpr double largest_exact = 9e15;
  if (real == nullptr || !(std::fabs(*real) < largest_exact)) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

std::optional<bool> Probe::any_row(const ir::Query& query) {
  const auto table = rows(query, 1);
  if (!table) return std::nullopt;
  return !table->rows.empty();
}

Status Probe::state() const {
  if (stop_.stop_requested()) {
    return make_error(ErrorCode::cancelled, "checking the answer was cancelled");
  }
  if (deadline_.passed()) {
    return make_error(ErrorCode::timeout, "the time was over before the answer was checked");
  }
  return {};
}

}  // namespace idi::verification
