#include "scorer.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/eval/compare.hpp"
#include "idi/eval/query_rules.hpp"
#include "preview.hpp"

namespace idi::eval {
namespace {

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

Error too_large() {
  return make_error(ErrorCode::limit_exceeded, "the result is too large to be compared",
                    "at most 2 000 000 rows and 512 MiB are");
}

bool is_cancelled(const Result<ResultTable>& result) {
  return !result && result.error().code == ErrorCode::cancelled;
}

}  // namespace

/// One prediction on one database file.
struct Scorer::Trial {
  SharedResult gold;
  Result<ResultTable> predicted;
  bool right = false;
  double execution_ms = 0;
};

std::string Scorer::executable(const std::string& sql) const {
  return options_.metric == Metric::spider ? spider_executable_sql(sql, options_.keep_distinct)
                                           : sql;
}

Result<ResultTable> Scorer::execute(const std::filesystem::path& file, const std::string& sql,
                                    std::int64_t max_rows, std::stop_token stop) {
  IDI_TRY(OpenDatabases::Entry* const entry, databases_.open(file));
  db::ExecutionLimits limits;
  limits.max_rows = max_rows;
  limits.max_result_bytes = max_result_bytes;
  limits.deadline = Deadline::after(options_.query_timeout);
  return db::run_query(*entry->connection, Dialect::sqlite, sql, limits, std::move(stop));
}

Result<Scorer::Trial> Scorer::try_on(const std::filesystem::path& file, const Question& question,
                                     const std::string& sql, std::stop_token stop) {
  const std::string gold_sql = executable(question.gold_sql);
  Trial trial{nullptr, ResultTable{}};
  trial.gold = gold_.get(file.string() + '\n' + gold_sql, [&]() -> Result<ResultTable> {
    IDI_TRY(ResultTable table, execute(file, gold_sql, max_result_rows, stop));
    if (table.truncated) return too_large();
    return table;
  });
  const Result<ResultTable>& gold = *trial.gold;
  if (is_cancelled(gold)) return gold.error();
  // Under Spider's rules the row counts must agree: one row more than gold's decides.
  const bool counted = options_.metric == Metric::spider && gold.has_value();
  const std::int64_t max_rows =
      counted ? static_cast<std::int64_t>(gold->rows.size()) + 1 : max_result_rows;
  const auto start = std::chrono::steady_clock::now();
  trial.predicted = execute(file, executable(sql), max_rows, stop);
  trial.execution_ms = milliseconds_since(start);
  if (is_cancelled(trial.predicted)) return trial.predicted.error();
  if (!gold || !trial.predicted || trial.predicted->truncated) return trial;
  trial.right =
      options_.metric == Metric::spider
          ? spider_results_match(gold->rows, trial.predicted->rows, spider_row_order(gold_sql))
          : bird_results_match(gold->rows, trial.predicted->rows);
  return trial;
}

Status Scorer::score(const Question& question, const Schema* schema, std::stop_token stop,
                     Outcome& outcome) {
  const std::string& sql = outcome.prediction.sql;
  const bool answered = !text::trim(sql).empty();
  outcome.verdict = Verdict::right;
  for (const auto& file : question.files) {
    IDI_TRY(const Trial trial, try_on(file, question, sql, stop));
    outcome.execution_ms += trial.execution_ms;
    outcome.gold = *trial.gold ? preview_of(**trial.gold) : preview_of(trial.gold->error());
    if (answered) {
      outcome.predicted =
          trial.predicted ? preview_of(*trial.predicted) : preview_of(trial.predicted.error());
    }
    if (!*trial.gold) {
      outcome.verdict = Verdict::unusable;
      return {};
    }
    if (trial.right && answered) continue;
    outcome.verdict = Verdict::wrong;
    if (!answered) {
      outcome.diagnosis = {ErrorKind::unanswered};
    } else if (!trial.predicted) {
      const bool late = trial.predicted.error().code == ErrorCode::timeout;
      outcome.diagnosis = {late ? ErrorKind::timeout : ErrorKind::failed};
    } else {
      outcome.diagnosis = diagnose(executable(question.gold_sql), executable(sql), schema);
    }
    return {};
  }
  return {};
}

Result<bool> Scorer::is_right(const Question& question, const std::string& sql,
                              std::stop_token stop) {
  if (text::trim(sql).empty()) return false;
  for (const auto& file : question.files) {
    IDI_TRY(const Trial trial, try_on(file, question, sql, stop));
    if (!trial.right) return false;
  }
  return true;
}

}  // namespace idi::eval
