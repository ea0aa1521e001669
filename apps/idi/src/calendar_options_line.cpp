#include "calendar_options_line.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace idi::cli {
namespace {

/// "april" or 4.
const std::map<std::string, unsigned> months{{"january", 1},  {"february", 2},  {"march", 3},
                                             {"april", 4},    {"may", 5},       {"june", 6},
                                             {"july", 7},     {"august", 8},    {"september", 9},
                                             {"october", 10}, {"november", 11}, {"december", 12}};

/// "April" → "4"; what is wrong, if it is no month.
std::string to_month_number(std::string& text) {
  const auto named = months.find(CLI::detail::to_lower(text));
  if (named != months.end()) text = std::to_string(named->second);
  for (const auto& [name, number] : months) {
    if (text == std::to_string(number)) return {};
  }
  return "\"" + text + "\" is no month: give its name, or 1 to 12";
}

}  // namespace

void add_calendar_options(CLI::App& command, CalendarOptions& options) {
  command
      .add_option("--today", options.today, "Answer as if it were this day (default: the clock's)")
      ->type_name("YYYY-MM-DD");
  command
      .add_option("--time-zone", options.time_zone,
                  "Where days begin: Europe/Berlin, UTC … (default: the system's zone)")
      ->type_name("NAME");
  command
      .add_option("--fiscal-year-begins", options.fiscal_year_begins,
                  "In this month, by name or number")
      ->transform(CLI::Validator(to_month_number, ""))
      ->type_name("MONTH")
      ->default_str("january");
  command.add_option("--week-begins", options.week_begins, "On monday or sunday")
      ->check(CLI::IsMember({"monday", "sunday"}, CLI::ignore_case).description(""))
      ->type_name("DAY")
      ->default_str("monday");
  CLI::Option* day_first = command.add_flag_callback(
      "--day-before-month", [&options] { options.month_before_day = false; },
      "Read 3/4/2023 as the third of April (the default)");
  command
      .add_flag("--month-before-day", options.month_before_day,
                "Read 3/4/2023 as the fourth of March")
      ->excludes(day_first);
}

}  // namespace idi::cli
