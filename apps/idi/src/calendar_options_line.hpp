// The options that say what "last month" is, the same for every command that asks. Private to the
// files that know the option parser.
#pragma once

#include "options.hpp"

namespace CLI {
class App;
}

namespace idi::cli {

/// --today, --time-zone, --fiscal-year-begins, --week-begins, --day-before-month and its opposite.
void add_calendar_options(CLI::App& command, CalendarOptions& options);

}  // namespace idi::cli
