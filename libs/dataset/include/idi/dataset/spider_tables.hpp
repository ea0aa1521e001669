// Spider's tables.json: schemas with natural names, meanings of types and keys, per database.
// Immutable after reading, thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::dataset {

class SpiderTables {
 public:
  /// Knows no database.
  SpiderTables() = default;
  /// Errors: not_found, unreadable, limit_exceeded, invalid_argument (file and line, or the entry's
  /// number and database).
  static Result<SpiderTables> read(const std::filesystem::path& file);
  static Result<SpiderTables> parse(std::string_view content, std::string_view name);

  /// The schema as the file alone tells it; nullptr if it does not have the database.
  [[nodiscard]] const Schema* find(std::string_view db_id) const;
  [[nodiscard]] std::size_t size() const { return schemas_.size(); }

 private:
  std::map<std::string, Schema, std::less<>> schemas_;
};

/// Lays the names, types and keys of `described` over an introspected schema: tables and columns
/// are found by name (ASCII case ignored); what only one of the two has stays as it is. Keys are
/// united.
void apply_spider_tables(Schema& schema, const Schema& described);

}  // namespace idi::dataset
