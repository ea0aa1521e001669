// Looks at a database file before and beside SQL: is it one, is it whole, has it changed?
#pragma once

#include <filesystem>
#include <string>

#include "idi/core/result.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::db_sqlite {

/// Before opening: there, a regular file, readable, not empty.
/// Errors: not_found, unreadable, each with what to do about it.
Status check_file(const std::filesystem::path& path);

/// After opening, before the first statement: the header says SQLite and the file is as long as it
/// says. Errors: unreadable.
Status check_header(sqlite::Connection& connection);

/// Size and time of change, "none" if it is not there.
std::string file_stamp(const std::filesystem::path& path);

/// Sizes and times of the file and its -wal file, the header (with its change counter), and a hash
/// over a few pages: differs whenever the content differs, without reading the whole file.
Result<std::string> file_fingerprint(sqlite::Connection& connection);

}  // namespace idi::db_sqlite
