// What went wrong in the world (bad input, a refused statement, a database that is down), as a
// value. Broken invariants of our own are IDI_ASSERT's matter (assert.hpp), never an Error.
#pragma once

#include <string>
#include <string_view>

namespace idi {

/// Closed set: a caller may switch over it. Names are the wire names too (error_code_name).
enum class ErrorCode {
  invalid_argument,  ///< The user's input cannot be used as it is (option, question, address).
  not_found,         ///< A file, table, session or model that was named does not exist.
  unreadable,        ///< It exists, but cannot be read: permission, encrypted, corrupt, not ours.
  wrong_version,     ///< A file of ours, of a format version that this program does not know.
  refused,           ///< The guard or the connection refused a statement: it might write or leak.
  sql_rejected,      ///< The database did not accept the SQL (syntax, unknown name, run-time).
  unanswerable,      ///< The question cannot be turned into a query over this database.
  timeout,           ///< The deadline passed; the work was stopped.
  cancelled,         ///< The caller asked to stop; the work was stopped.
  limit_exceeded,    ///< A limit on rows, bytes, length or count was hit.
  unavailable,       ///< A server, a model or a dependency is not there now; later may work.
  io_failed,      ///< Writing or reading failed for a reason of the system: disk full, read-only.
  conflict,       ///< Somebody else holds what is needed (a lock, a port).
  not_supported,  ///< Understood, but this build or this database cannot do it.
  internal,       ///< A fault of ours that was caught at a border; worth a report.
};

/// The stable lower-case name, e.g. "sql_rejected".
[[nodiscard]] std::string_view error_code_name(ErrorCode code) noexcept;

/// `message` is for a person: what is wrong, where. `hint`: what to do about it (may be empty).
/// `detail`: the engine's own words or position (may be empty). None of them carries secrets.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string hint;
  std::string detail;

  /// The same error with "context: " before the message.
  [[nodiscard]] Error with_context(std::string_view context) const;
  /// Message, detail and hint as one text for a terminal.
  [[nodiscard]] std::string to_text() const;
};

}  // namespace idi
