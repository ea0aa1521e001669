// The composition root's work: from options to the parts of a pipeline. The only place that names
// the concrete database and word net; engine_opening.hpp names the engines.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine_opening.hpp"
#include "idi/core/result.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/current_source.hpp"
#include "idi/engine/engines.hpp"
#include "idi/engine/pipeline.hpp"
#include "idi/engine/source.hpp"
#include "idi/link/wordnet.hpp"
#include "idi/temporal/calendar.hpp"
#include "options.hpp"

namespace idi::cli {

/// The address said, else IDI_DB. Errors: invalid_argument if there is neither.
[[nodiscard]] Result<std::string> database_address(const std::string& chosen);

/// "sqlite:FILE" or a path. Errors: not_supported (another scheme), those of the database.
[[nodiscard]] Result<std::shared_ptr<db::Database>> open_database(const std::string& address);

/// The word net, or one that knows nothing, with a warning.
[[nodiscard]] std::shared_ptr<const link::WordNet> open_wordnet(std::vector<std::string>& warnings);

/// Where value indices are kept: under the cache directory; empty, with a warning, if that cannot
/// be written.
[[nodiscard]] std::string value_cache(std::vector<std::string>& warnings);

/// Errors: invalid_argument (no such day, an unknown time zone).
[[nodiscard]] Result<temporal::Calendar> open_calendar(const CalendarOptions& options);

/// Everything that a question needs. `warnings` are for a person.
struct Opened {
  std::shared_ptr<const engine::Source> source;
  std::unique_ptr<engine::Pipeline> pipeline;
  OpenedEngines engines;
  std::vector<std::string> warnings;
};
/// `engines`: those of an earlier opening, or null.
[[nodiscard]] Result<Opened> open_pipeline(const SourceOptions& options,
                                           const OpenedEngines* engines, std::stop_token stop);

/// The same for a program that stays: the source follows its database. `at_once`: questions that it
/// answers at the same time.
struct OpenedToStay {
  std::shared_ptr<engine::CurrentSource> source;
  engine::Engines engines;
  std::vector<std::string> warnings;
};
[[nodiscard]] Result<OpenedToStay> open_to_stay(const SourceOptions& options, int at_once,
                                                std::stop_token stop);

}  // namespace idi::cli
