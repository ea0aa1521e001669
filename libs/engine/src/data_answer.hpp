// A question that is answered from the rows: context, candidates, choice, checks, confidence; asks
// back where the question is not clear, refuses where the database cannot know.
#pragma once

#include "bounds.hpp"
#include "idi/core/result.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/engines.hpp"
#include "idi/engine/pipeline.hpp"
#include "progress_meter.hpp"
#include "understanding/reading.hpp"

namespace idi::engine {

/// Below this, IDI asks back. A wrong number costs more trust than a click: about half of the
/// answers below it are wrong (docs/confidence.md has the figures).
inline constexpr double ask_back_below = 0.5;
/// What is unclear is asked even of a confident answer if another reading is at least so likely.
inline constexpr double ask_back_doubt = 0.5;
/// … and is offered beside the answer from here on.
inline constexpr double offer_doubt = 0.15;

/// What answering needs; all of it must outlive the call.
struct DataTools {
  const Source& source;
  const Engines& engines;
  const Switches& switches;
  db::Connection& connection;
  const Bounds& bounds;
  EventSink& events;
  ProgressMeter& meter;
};

/// Summary and chart are left to the caller, as is the last phase. `tree` becomes the query that
/// ran, if it is known. Errors: unanswerable, cancelled, timeout, those of the database.
[[nodiscard]] Result<Answer> answer_from_rows(const Reading& reading, const Question& question,
                                              const DataTools& tools,
                                              std::optional<ir::Query>& tree);

}  // namespace idi::engine
