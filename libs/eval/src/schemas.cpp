#include "schemas.hpp"

#include <utility>

#include "idi/db_sqlite/sqlite_database.hpp"

namespace idi::eval {
namespace {

std::unique_ptr<const Schema> introspect(const std::filesystem::path& file) {
  db_sqlite::SqliteOptions options;  // names and keys alone: no samples, no counting
  options.samples_per_column = 0;
  options.count_timeout_ms = 0;
  auto database = db_sqlite::open_sqlite_database(file, options);
  if (!database) return nullptr;
  auto schema = (*database)->introspect({});
  return schema ? std::make_unique<const Schema>(std::move(*schema)) : nullptr;
}

}  // namespace

const Schema* Schemas::of(const Question& question) {
  if (const Schema* described = described_.find(question.db_id)) return described;
  const std::lock_guard lock(mutex_);
  const auto [at, added] = introspected_.try_emplace(question.db_id);
  if (added) at->second = introspect(question.files.front());
  return at->second.get();
}

}  // namespace idi::eval
