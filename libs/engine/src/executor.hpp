// The fifth phase: one approved statement runs in full.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "bounds.hpp"
#include "generation/proposer.hpp"
#include "idi/core/value.hpp"
#include "idi/db/database.hpp"

namespace idi::engine {

class Executor {
 public:
  /// All must outlive it.
  Executor(db::Connection& connection, Dialect dialect, const Bounds& bounds)
      : connection_(connection), dialect_(dialect), bounds_(bounds) {}

  /// Errors: those of the guard.
  [[nodiscard]] Result<sql::ApprovedStatement> approve(std::string_view sql);
  /// Errors: cancelled, timeout, those of the database.
  [[nodiscard]] Result<ResultTable> run(const sql::ApprovedStatement& statement);

  struct Ran {
    std::size_t candidate = 0;
    ResultTable table;
  };
  /// The best that runs; a trial that was already complete is not run again. Takes the tables of
  /// the trials. Errors: cancelled, timeout; if no candidate runs, why the best did not.
  [[nodiscard]] Result<Ran> run_best(Proposals& proposals);

 private:
  Result<ResultTable> run_candidate(const SqlCandidate& candidate, Trial& trial);

  db::Connection& connection_;
  Dialect dialect_;
  const Bounds& bounds_;
};

}  // namespace idi::engine
