// Trying candidates: each passes the guard and runs under a small limit. What comes out decides
// which is chosen; the rows are kept, so that a small result need not be fetched twice.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bounds.hpp"
#include "idi/core/result.hpp"
#include "idi/core/value.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/answer.hpp"

namespace idi::engine {

struct Trial {
  TrialState state = TrialState::not_tried;
  std::optional<sql::ApprovedStatement> statement;  ///< Empty if the guard did not approve it.
  ResultTable table;                                ///< What was seen, at most max_trial_rows.
  std::optional<Error> error;                       ///< Of a failed one.
};

/// As many trials as statements. `tried(done)` is called after each with the share done.
/// Errors: cancelled, timeout (of the whole question).
[[nodiscard]] Result<std::vector<Trial>> try_candidates(db::Connection& connection, Dialect dialect,
                                                        const std::vector<std::string>& statements,
                                                        const Bounds& bounds,
                                                        const std::function<void(double)>& tried);

}  // namespace idi::engine
