#include "idi/dataset/database_catalog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "idi/core/log.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sql/join_planner.hpp"
#include "query_cells.hpp"

namespace idi::dataset {
namespace {

/// A name that stays within the folder.
bool is_plain_name(const std::string& db_id) {
  return !db_id.empty() && db_id != "." && db_id != ".." && db_id.size() < 200 &&
         db_id.find('/') == std::string::npos && db_id.find('\0') == std::string::npos;
}

}  // namespace

DatabaseCatalog::DatabaseCatalog(CatalogOptions options, SpiderTables tables,
                                 std::shared_ptr<const link::WordNet> wordnet)
    : options_(std::move(options)), tables_(std::move(tables)), wordnet_(std::move(wordnet)) {}

Result<std::shared_ptr<DatabaseCatalog>> DatabaseCatalog::open(const CatalogOptions& options) {
  std::error_code error;
  if (!options.databases.empty() && !std::filesystem::is_directory(options.databases, error)) {
    return make_error(ErrorCode::not_found,
                      fmt::format("there is no folder {}", options.databases.string()),
                      "name the folder that holds NAME/NAME.sqlite");
  }
  SpiderTables tables;
  if (!options.tables_file.empty()) {
    IDI_TRY(tables, SpiderTables::read(options.tables_file));
  }
  auto wordnet = link::WordNet::open();
  if (!wordnet) log::warn("going on without WordNet: {}", wordnet.error().message);
  return std::shared_ptr<DatabaseCatalog>(new DatabaseCatalog(
      options, std::move(tables), wordnet ? std::move(*wordnet) : link::WordNet::none()));
}

std::filesystem::path DatabaseCatalog::database_file(const std::string& db_id) const {
  return options_.databases / db_id / (db_id + ".sqlite");
}

void DatabaseCatalog::add_query_cells(const std::string& db_id, std::vector<std::string> queries) {
  cell_queries_[db_id] = std::move(queries);
}

Result<std::shared_ptr<const link::Linker>> DatabaseCatalog::linker(const std::string& db_id,
                                                                    SchemaNames names,
                                                                    std::stop_token stop) {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    auto& slot = entries_[{db_id, names}];
    if (!slot) slot = std::make_shared<Entry>();
    entry = slot;
  }
  const std::lock_guard opening(entry->opening);
  if (!entry->linker) {
    IDI_TRY(entry->linker, open_linker(db_id, names, std::move(stop)));
  }
  return entry->linker;
}

Result<std::shared_ptr<const link::Linker>> DatabaseCatalog::open_linker(
    const std::string& db_id, SchemaNames names, std::stop_token stop) const {
  if (!is_plain_name(db_id)) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("\"{}\" is no name of a database", db_id),
                      "a db_id is the name of a folder, without slashes");
  }
  const Schema* described = names == SchemaNames::overlay ? tables_.find(db_id) : nullptr;
  std::error_code error;
  std::unique_ptr<db::Database> file;
  Schema schema;
  if (!options_.databases.empty() && std::filesystem::exists(database_file(db_id), error)) {
    IDI_TRY(file, db_sqlite::open_sqlite_database(database_file(db_id)));
    IDI_TRY(schema, file->introspect(stop));
    if (described != nullptr) apply_spider_tables(schema, *described);
  } else if (described != nullptr) {
    schema = *described;
  } else {
    return make_error(ErrorCode::not_found,
                      fmt::format("there is no database {}", database_file(db_id).string()),
                      "check the folder of databases and the questions' db_id");
  }

  // As at run time: a schema is asked about with the keys that its names suggest.
  for (ForeignKey& key : sql::infer_foreign_keys(schema)) {
    schema.foreign_keys.push_back(std::move(key));
  }

  const auto queries = cell_queries_.find(db_id);
  std::unique_ptr<db::Database> enriched;
  if (queries != cell_queries_.end()) {
    enriched = with_more_cells(file.get(), schema, cells_of_queries(queries->second, schema));
  }
  db::Database* source = enriched ? enriched.get() : file.get();
  auto values = link::ValueIndex::empty();
  if (source != nullptr) {
    IDI_TRY(values, link::ValueIndex::open_or_build(*source, schema, options_.value_cache,
                                                    link::ValueIndexLimits{}, std::move(stop)));
  }
  return link::Linker::make(std::move(schema), std::move(values), wordnet_, options_.calendar);
}

void DatabaseCatalog::release(const std::string& db_id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(entries_, [&](const auto& item) { return item.first.first == db_id; });
}

}  // namespace idi::dataset
