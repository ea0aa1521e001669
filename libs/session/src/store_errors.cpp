#include "store_errors.hpp"

#include <fmt/format.h>

#include <string>

namespace idi::session {

namespace {

constexpr std::string_view what_to_do_with_damage =
    "Put the file aside (a new one will be made), restore it from a backup, or save what is left "
    "with: sqlite3 FILE .recover";

/// The room sqlite puts SQLite's number and words into the detail, but for faults of a statement.
bool is_from_sqlite(const Error& error) {
  return error.code == ErrorCode::sql_rejected || error.detail.starts_with("SQLite ");
}

}  // namespace

Error damaged(std::string_view file, std::string_view detail) {
  return make_error(ErrorCode::unreadable, fmt::format("{} is damaged", file),
                    std::string(what_to_do_with_damage), std::string(detail));
}

Error store_error(Error error) {
  if (!is_from_sqlite(error)) return error;
  const std::string words = error.detail.empty() ? error.message : error.detail;
  switch (error.code) {
    case ErrorCode::conflict:
      return make_error(ErrorCode::unavailable,
                        "The conversations are locked by another program that works on their file",
                        "Try again when it has finished.", words);
    case ErrorCode::refused:
      return make_error(ErrorCode::io_failed, "The file of the conversations cannot be written",
                        "Check the permissions of the file and its folder, and of the disk.",
                        words);
    case ErrorCode::sql_rejected:
      // Our own statements are right on a whole file: its tables are not what its version says.
      return make_error(ErrorCode::unreadable,
                        "The file of the conversations has not the tables that it should have",
                        std::string(what_to_do_with_damage), words);
    case ErrorCode::unreadable:
      error.hint = what_to_do_with_damage;
      return error;
    default:
      return error;
  }
}

}  // namespace idi::session
