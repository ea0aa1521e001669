#include "opening.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "engine_opening.hpp"
#include "idi/core/text.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "paths.hpp"

namespace idi::cli {

Result<std::string> database_address(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  if (const char* named = std::getenv("IDI_DB"); named && *named) return std::string(named);
  return make_error(ErrorCode::invalid_argument, "no database is named",
                    "Name one: --db sqlite:FILE (or set IDI_DB). `idi demo create` makes one to "
                    "try things out.");
}

Result<std::shared_ptr<db::Database>> open_database(const std::string& address) {
  const auto colon = address.find(':');
  std::string scheme = colon == std::string::npos ? "" : address.substr(0, colon);
  for (const char c : scheme) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '+') scheme.clear();
  }
  std::string path = address;
  if (scheme == "sqlite") {
    path = address.substr(colon + 1);
    if (path.rfind("//", 0) == 0) path.erase(0, 2);
  } else if (!scheme.empty() && !std::filesystem::exists(address)) {
    return make_error(ErrorCode::not_supported,
                      fmt::format("databases of the kind \"{}\" cannot be opened yet", scheme),
                      "SQLite can: --db sqlite:FILE");
  }
  if (path.empty()) {
    return make_error(ErrorCode::invalid_argument, "the database's address names no file",
                      "Write it like this: sqlite:music.db");
  }
  IDI_TRY(auto database, db_sqlite::open_sqlite_database(path));
  return std::shared_ptr<db::Database>(std::move(database));
}

std::shared_ptr<const link::WordNet> open_wordnet(std::vector<std::string>& warnings) {
  auto wordnet = link::WordNet::open();
  if (wordnet) return *wordnet;
  warnings.push_back(wordnet.error().to_text());
  return link::WordNet::none();
}

std::string value_cache(std::vector<std::string>& warnings) {
  const auto directory =
      cache_directory().empty() ? cache_directory() : cache_directory() / "values";
  if (const auto writable = ensure_writable(directory); !writable) {
    warnings.push_back(
        fmt::format("{}; the value index is built anew each time.", writable.error().message));
    return {};
  }
  return directory.string();
}

Result<temporal::Calendar> open_calendar(const CalendarOptions& options) {
  temporal::CalendarSettings settings;
  settings.time_zone = options.time_zone;
  settings.fiscal_year_begins = options.fiscal_year_begins;
  settings.week_begins_on_monday = text::to_lower_ascii(options.week_begins) == "monday";
  settings.day_before_month = !options.month_before_day;
  if (options.today.empty()) return temporal::Calendar::make(std::move(settings));
  return temporal::Calendar::fixed(options.today, std::move(settings));
}

namespace {

struct Parts {
  std::shared_ptr<db::Database> database;
  OpenedEngines engines;
  engine::SourceOptions source;
};

Result<Parts> open_parts(const SourceOptions& options, const OpenedEngines* engines, int at_once,
                         std::vector<std::string>& warnings, const std::stop_token& stop) {
  Parts parts;
  // The database first: a wrong file name is the likeliest mistake.
  IDI_TRY(const auto address, database_address(options.database));
  IDI_TRY(auto calendar, open_calendar(options.calendar));
  IDI_TRY(parts.database, open_database(address));
  if (engines) {
    parts.engines = *engines;
  } else {
    IDI_TRY(parts.engines, open_engines(options.engines, true, at_once, warnings));
    IDI_CHECK(check_key(parts.engines, options.engines, stop));
  }
  parts.source.wordnet = open_wordnet(warnings);
  parts.source.calendar = std::move(calendar);
  parts.source.cache_directory = value_cache(warnings);
  return parts;
}

}  // namespace

Result<Opened> open_pipeline(const SourceOptions& options, const OpenedEngines* engines,
                             std::stop_token stop) {
  Opened opened;
  IDI_TRY(Parts parts, open_parts(options, engines, 1, opened.warnings, stop));
  // While the model loads, the database is read.
  if (parts.engines.service && parts.engines.engines.policy != engine::Policy::fast)
    parts.engines.service->start();
  opened.engines = parts.engines;
  IDI_TRY(opened.source,
          engine::Source::open(std::move(parts.database), parts.source, std::move(stop)));
  IDI_TRY(opened.pipeline, engine::Pipeline::open(opened.source, parts.engines.engines));
  return opened;
}

Result<OpenedToStay> open_to_stay(const SourceOptions& options, int at_once, std::stop_token stop) {
  OpenedToStay opened;
  IDI_TRY(Parts parts, open_parts(options, nullptr, at_once, opened.warnings, stop));
  if (parts.engines.service) parts.engines.service->start();
  IDI_TRY(opened.source, engine::CurrentSource::open(std::move(parts.database),
                                                     std::move(parts.source), std::move(stop)));
  opened.engines = std::move(parts.engines.engines);
  return opened;
}

}  // namespace idi::cli
