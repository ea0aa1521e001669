// A SQLite database of any number of tables, the same bytes of content for the same number: linked
// by foreign keys, with rows, and with names that share words ("bank_invoice", "bank_contract"), as
// large schemas have them. And questions about it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::bench {

inline constexpr int max_generated_tables = 1024;
inline constexpr int rows_per_table = 100;

/// Writes the database. An existing file is replaced.
/// REQUIRES: 0 < tables <= max_generated_tables. Errors: those of SQLite.
[[nodiscard]] Status write_generated_database(const std::filesystem::path& path, int tables);

/// Counts, averages by group, filters by a cell, superlatives and joins, about tables spread over
/// the whole schema.
[[nodiscard]] std::vector<std::string> generated_questions(int tables);

}  // namespace idi::bench
