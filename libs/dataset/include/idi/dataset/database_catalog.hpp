// A folder of SQLite databases, DIR/<db_id>/<db_id>.sqlite, opened for linking on demand: schema,
// value index and linker of each are made once and kept until released. Thread-safe.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/dataset/spider_tables.hpp"
#include "idi/link/linker.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::dataset {

/// Where the natural names of tables and columns come from.
enum class SchemaNames {
  plain,    ///< Made from the identifiers, as for a user's own database.
  overlay,  ///< tables.json, where it has the database.
};

struct CatalogOptions {
  std::filesystem::path databases;    ///< Empty: schemas from tables.json alone, no cell values.
  std::filesystem::path tables_file;  ///< Empty: no overlay.
  std::filesystem::path value_cache;  ///< Value indices are kept here; empty: rebuilt every time.
  temporal::Calendar calendar;        ///< What "last month" is.
};

class DatabaseCatalog {
 public:
  /// Errors: those of SpiderTables::read; not_found if the folder is not there. A missing WordNet
  /// is a warning in the log.
  static Result<std::shared_ptr<DatabaseCatalog>> open(const CatalogOptions& options);

  /// Errors: not_found (neither a file nor an entry of tables.json), unreadable, cancelled.
  [[nodiscard]] Result<std::shared_ptr<const link::Linker>> linker(const std::string& db_id,
                                                                   SchemaNames names,
                                                                   std::stop_token stop);
  /// Gold queries whose text literals count as cells of the compared columns, for training on
  /// databases that are empty or hold a few rows only. Never for evaluation.
  /// REQUIRES: before any linker() of that database.
  void add_query_cells(const std::string& db_id, std::vector<std::string> queries);
  /// Forgets the linkers of a database; those in use live on.
  void release(const std::string& db_id);
  [[nodiscard]] std::filesystem::path database_file(const std::string& db_id) const;

 private:
  struct Entry {
    std::mutex opening;
    std::shared_ptr<const link::Linker> linker;
  };
  DatabaseCatalog(CatalogOptions options, SpiderTables tables,
                  std::shared_ptr<const link::WordNet> wordnet);
  [[nodiscard]] Result<std::shared_ptr<const link::Linker>> open_linker(const std::string& db_id,
                                                                        SchemaNames names,
                                                                        std::stop_token stop) const;

  const CatalogOptions options_;
  const SpiderTables tables_;
  const std::shared_ptr<const link::WordNet> wordnet_;
  std::mutex mutex_;  // guards entries_ alone; cell_queries_ is complete before it is read
  std::map<std::pair<std::string, SchemaNames>, std::shared_ptr<Entry>> entries_;
  std::map<std::string, std::vector<std::string>, std::less<>> cell_queries_;
};

}  // namespace idi::dataset
