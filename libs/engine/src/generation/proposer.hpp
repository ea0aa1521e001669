// The third and fourth phase: the engines that the policy names are asked, and what they wrote is
// tried and weighed. A model that fails in any way leaves the parser's answer and a note why.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bounds.hpp"
#include "choice.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/engines.hpp"
#include "idi/engine/event_sink.hpp"
#include "idi/engine/source.hpp"
#include "progress_meter.hpp"
#include "trials.hpp"

namespace idi::engine {

struct Proposals {
  std::vector<SqlCandidate> candidates;  ///< At least one.
  std::vector<Trial> trials;             ///< By candidate index.
  Choice choice;
  std::vector<CandidateReport> dropped;  ///< A model's, of which none could be run.
  std::vector<std::string> notes;        ///< For the answer's warnings.
  std::optional<ModelTimings> timings;   ///< If a model was asked.
};

/// What asking needs; all of it must outlive the call.
struct Asking {
  const Engines& engines;
  const Source& source;
  db::Connection& connection;
  const Bounds& bounds;
  EventSink& events;
  ProgressMeter& meter;
  std::span<const clarification::Resolution> resolutions = {};
  bool execution_choice = true;  ///< Scales has it.
  std::span<const std::string> keywords = {};
};

/// Errors: unanswerable, cancelled, timeout; the model's, where the parser has no answer either.
[[nodiscard]] Result<Proposals> propose(const link::LinkedQuestion& question, const Asking& asking);

/// Best first, as the choice has them.
[[nodiscard]] std::vector<CandidateReport> reports_of(const Proposals& proposals);

}  // namespace idi::engine
