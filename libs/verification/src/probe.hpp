// Our own small questions to the database: through the guard, under limits, each asked once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/db/database.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/verification/verifier.hpp"

namespace idi::verification {

/// The arguments must outlive it. One thread.
class Probe {
 public:
  Probe(db::Connection& connection, const Schema& schema, const sql::JoinPlanner& planner,
        const VerifyLimits& limits, Deadline deadline, std::stop_token stop);

  /// nullopt: it could not be made (a limit, a query that cannot be written or run).
  [[nodiscard]] std::optional<ResultTable> rows(const ir::Query& query, std::int64_t max_rows);
  /// The number in the first cell.
  [[nodiscard]] std::optional<std::int64_t> number(const ir::Query& query);
  /// Whether it has a row.
  [[nodiscard]] std::optional<bool> any_row(const ir::Query& query);

  /// Errors: cancelled; timeout, if the caller's own deadline passed.
  [[nodiscard]] Status state() const;

 private:
  [[nodiscard]] std::optional<ResultTable> run(const std::string& statement, std::int64_t max_rows);

  db::Connection& connection_;
  const Schema& schema_;
  const sql::JoinPlanner& planner_;
  const VerifyLimits& limits_;
  Deadline deadline_;  // the caller's
  Deadline budget_;    // of all our queries
  std::stop_token stop_;
  int asked_ = 0;
  std::map<std::string, std::optional<ResultTable>> known_;
};

}  // namespace idi::verification
