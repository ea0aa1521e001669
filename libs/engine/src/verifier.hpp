// The fourth phase: every candidate passes the guard and a small trial; what came out decides which
// is best.
#pragma once

#include <functional>
#include <vector>

#include "bounds.hpp"
#include "choice.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/answer.hpp"
#include "idi/engine/sql_generator.hpp"
#include "trials.hpp"

namespace idi::engine {

struct Verdict {
  std::vector<Trial> trials;  ///< By candidate index.
  Choice choice;
};

/// REQUIRES: at least one candidate. `tried(done)` is called after each with the share done.
/// Errors: cancelled, timeout.
[[nodiscard]] Result<Verdict> verify(db::Connection& connection,
                                     const std::vector<SqlCandidate>& candidates,
                                     const link::LinkedQuestion& question, const Schema& schema,
                                     const parser::Selector& selector, const Bounds& bounds,
                                     const std::function<void(double)>& tried);

/// Best first, as the choice has them.
[[nodiscard]] std::vector<CandidateReport> reports_of(const std::vector<SqlCandidate>& candidates,
                                                      const Verdict& verdict);

}  // namespace idi::engine
