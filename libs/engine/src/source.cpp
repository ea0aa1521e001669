#include "idi/engine/source.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "idi/sql/join_planner.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {

Source::Source(std::shared_ptr<db::Database> database, std::shared_ptr<const link::Linker> linker)
    : database_(std::move(database)),
      linker_(std::move(linker)),
      names_(std::make_shared<SchemaNames>(linker_->schema())),
      judge_(linker_) {}

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
  std::shared_ptr<const link::Linker> linker =
      link::Linker::make(std::move(schema), std::move(values), options.wordnet, options.calendar);
  if (options.replace_linker) linker = options.replace_linker(std::move(linker));
  return std::shared_ptr<Source>(new Source(std::move(database), std::move(linker)));
}

std::string describe_contents(const Schema& schema) {
  constexpr std::size_t max_named = 12;
  const std::size_t total = schema.tables.size();
  const std::size_t named = total <= max_named ? total : max_named - 2;  // never "and 1 more"
  std::vector<std::string> names;
  for (std::size_t t = 0; t < named; ++t) names.push_back(schema.tables[t].natural_name);
  std::string text = text::join(names, ", ");
  if (named < total) text += fmt::format(" and {} more tables", total - named);
  return text;
}

}  // namespace idi::engine
