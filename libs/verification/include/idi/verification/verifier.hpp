// Checks a query that was chosen, before and after it runs; mends what can be mended safely. Small
// queries of its own go through the guard, under the caller's limits, read-only like all others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/db/database.hpp"
#include "idi/link/linker.hpp"
#include "idi/verification/finding.hpp"

namespace idi::verification {

struct VerifyLimits {
  /// Each of our own queries, in the database's steps where it counts them (db::ExecutionLimits),
  /// so that the same question has the same findings on a busy machine …
  std::int64_t check_steps = 1'000'000;
  std::int64_t check_timeout_ms = 300;  ///< … and in time, for databases that do not.
  std::int64_t budget_ms = 1'000;       ///< All of them; checks that do not fit are left out.
  int max_queries = 12;
};

struct Subject {
  const link::LinkedQuestion& question;
  const link::Linker& linker;  ///< Its schema is the database's.
  const ir::Query* query;      ///< Null: a language model's own statement; few checks apply.
  const std::string& sql;
  const ResultTable& result;
};

struct Verified {
  std::vector<Finding> findings;  ///< Most important first.
  /// Set where a repair is safe (the meaning of the question is kept for certain): run it instead.
  /// Of its result nothing was said: verify it once more when it ran.
  std::optional<ir::Query> repaired;
};

/// Never fails for a check that could not be made. Errors: cancelled, timeout of `deadline`.
[[nodiscard]] Result<Verified> verify(const Subject& subject, db::Connection& connection,
                                      const VerifyLimits& limits, Deadline deadline,
                                      std::stop_token stop);

/// The query itself, mended before it runs: what the tree alone shows to be wrong (a GROUP BY that
/// misses a selected column, text compared with a number). Findings say what was done.
[[nodiscard]] Verified mend(const ir::Query& query, const link::LinkedQuestion& question,
                            const link::Linker& linker);

}  // namespace idi::verification
