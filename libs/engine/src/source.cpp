#include "idi/engine/source.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::engine {

Result<std::shared_ptr<Source>> Source::open(std::shared_ptr<db::Database> database,
                                             const SourceOptions& options, std::stop_token stop) {
  IDI_TRY(Schema schema, database->introspect(stop));
  if (schema.tables.empty()) {
    return make_error(ErrorCode::unanswerable, fmt::format("{} has no table", schema.name),
                      "Name a database that holds data.");
  }
  if (options.describe) options.describe(schema);
  for (auto& key : sql::infer_foreign_keys(schema)) schema.foreign_keys.push_back(std::move(key));
  IDI_TRY(auto values,
          link::ValueIndex::open_or_build(*database, schema, options.cache_directory,
                                          options.value_limits, stop, options.wordnet));
  auto linker = link::Linker::make(std::move(schema), std::move(values), options.wordnet);
  return std::shared_ptr<Source>(new Source(std::move(database), std::move(linker)));
}

std::string describe_contents(const Schema& schema) {
  constexpr std::size_t max_named = 8;
  std::vector<std::string> names;
  for (const Table& table : schema.tables) {
    if (names.size() == max_named) break;
    names.push_back(table.natural_name);
  }
  std::string text = text::join(names, ", ");
  if (schema.tables.size() > max_named) {
    text += fmt::format(" and {} more tables", schema.tables.size() - max_named);
  }
  return text;
}

}  // namespace idi::engine
