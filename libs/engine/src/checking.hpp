// The chosen query is mended, run, and checked as a careful analyst would (libs/verification); a
// repair that is safe is run instead, and what was found is kept.
#pragma once

#include <vector>

#include "bounds.hpp"
#include "executor.hpp"
#include "idi/engine/source.hpp"
#include "idi/engine/sql_candidate.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/verification/finding.hpp"
#include "progress_meter.hpp"

namespace idi::engine {

struct Checked {
  SqlCandidate candidate;  ///< As it ran in the end.
  ResultTable table;
  std::vector<verification::Finding> findings;  ///< Most important first.
};

struct CheckTools {
  const link::LinkedQuestion& question;
  const Source& source;
  db::Connection& connection;
  Executor& executor;
  const Bounds& bounds;
  ProgressMeter& meter;
};

/// Errors: cancelled, timeout. A check that cannot be made is left out.
[[nodiscard]] Result<Checked> check(SqlCandidate candidate, ResultTable table,
                                    const CheckTools& tools);

}  // namespace idi::engine
