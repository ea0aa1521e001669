// Trying candidates: each passes the guard and runs under a small limit. What comes out decides
// which is chosen; the rows are kept, so that a small result need not be fetched twice.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/value.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/answer.hpp"
#include "idi/engine/pipeline.hpp"

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
                                                        const AskLimits& limits, Deadline deadline,
                                                        std::stop_token stop,
                                                        const std::function<void(double)>& tried);

}  // namespace idi::engine
