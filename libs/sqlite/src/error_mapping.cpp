#include "error_mapping.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <string>

#include "idi/core/text.hpp"

namespace idi::sqlite {
namespace {

Error conflict(std::string_view file) {
  return {ErrorCode::conflict,
          fmt::format("{} is locked by another program that is writing", file),
          "Try again when the other program has finished, or ask a copy of the file.",
          {}};
}

Error read_only(int code, std::string_view file) {
  if (code == SQLITE_READONLY_ROLLBACK) {
    return {
        ErrorCode::unreadable,
        fmt::format("{} was left in the middle of a change by another program", file),
        "Open it once with the program that writes it (or sqlite3) so that the change is rolled "
        "back, then try again.",
        {}};
  }
  if (code == SQLITE_READONLY_CANTINIT || code == SQLITE_READONLY_RECOVERY) {
    return {ErrorCode::unreadable,
            fmt::format("{} has a write-ahead log that cannot be read without writing", file),
            "Open it once with sqlite3 in a folder that you may write, or ask a copy of it.",
            {}};
  }
  return {ErrorCode::refused, fmt::format("{} is open for reading only", file), {}, {}};
}

// The statement's own fault, mostly.
Error rejected(std::string_view words) {
  if (words.find("no such collation sequence") != std::string_view::npos) {
    return {ErrorCode::not_supported,
            fmt::format("The database sorts by rules that only its own program has ({})", words),
            "Leave out sorting, grouping and comparing of that column, or ask a copy without them.",
            {}};
  }
  return {ErrorCode::sql_rejected, std::string(words), {}, {}};
}

Error by_code(int code, std::string_view file, std::string_view words) {
  switch (code & 0xff) {
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_CONSTRAINT:
    case SQLITE_SCHEMA:
      return rejected(words);
    case SQLITE_AUTH:
      return {ErrorCode::refused, "The statement asks for more than reading", {}, {}};
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
      return {ErrorCode::cancelled, "The statement was stopped", {}, {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return conflict(file);
    case SQLITE_NOMEM:
      return {ErrorCode::limit_exceeded,
              "The statement needs more memory than is allowed",
              "Ask for less at once: fewer columns, a condition, a limit.",
              {}};
    case SQLITE_TOOBIG:
      return {ErrorCode::limit_exceeded,
              "A text, a blob or the statement itself is too long",
              "Leave out the column with the long cells, or shorten them with substr().",
              {}};
    case SQLITE_READONLY:
      return read_only(code, file);
    case SQLITE_IOERR:
      return {ErrorCode::io_failed,
              fmt::format("Reading or writing {} failed", file),
              "Check the disk and the connection to it.",
              {}};
    case SQLITE_FULL:
      return {ErrorCode::io_failed,
              fmt::format("There is no room left to write {}", file),
              "Free some disk space and try again.",
              {}};
    case SQLITE_CORRUPT:
      return {ErrorCode::unreadable,
              fmt::format("{} is damaged", file),
              "Restore it from a backup, or save what is left with: sqlite3 FILE .recover",
              {}};
    case SQLITE_NOTADB:
      return {ErrorCode::unreadable,
              fmt::format("{} is not a SQLite database, or is encrypted", file),
              "Check the path; an encrypted database has to be decrypted first.",
              {}};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {ErrorCode::unreadable,
              fmt::format("{} cannot be opened", file),
              "Check that the file exists and that you may read it and its folder.",
              {}};
    default:
      return {ErrorCode::internal, fmt::format("SQLite failed on {}", file), {}, {}};
  }
}

}  // namespace

Error error_of(int code, sqlite3* database, std::string_view file) {
  const char* words = database != nullptr && (sqlite3_errcode(database) & 0xff) == (code & 0xff)
                          ? sqlite3_errmsg(database)
                          : sqlite3_errstr(code);
  const std::string safe_words = text::to_valid_utf8(words != nullptr ? words : "");
  Error error = by_code(code, file, safe_words);
  if (error.code != ErrorCode::sql_rejected && error.code != ErrorCode::not_supported) {
    error.detail = fmt::format("SQLite {}: {}", code, safe_words);
  }
  return error;
}

std::string file_of(sqlite3* database) {
  const char* name = database != nullptr ? sqlite3_db_filename(database, "main") : nullptr;
  return name != nullptr && *name != '\0' ? text::to_valid_utf8(name) : "the database";
}

}  // namespace idi::sqlite
