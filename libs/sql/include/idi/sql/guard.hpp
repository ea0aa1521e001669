// The second wall: deny by default, one read-only statement. ApprovedStatement can be made by the
// guard alone, and nothing else can be executed (db/database.hpp): the rule is a compile error.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::sql {

/// The database's own opinion of a statement: implemented by each adapter with the engine's parser
/// (SQLite: prepare + authorizer). Must not execute anything.
class StatementInspector {
 public:
  virtual ~StatementInspector() = default;
  /// OK if the engine parses it as exactly one statement that only reads.
  /// Errors: sql_rejected (does not parse, unknown name), refused (would write or reach outside).
  [[nodiscard]] virtual Status inspect(std::string_view statement) = 0;
};

/// A statement that passed the guard.
class ApprovedStatement {
 public:
  [[nodiscard]] const std::string& sql() const { return sql_; }

 private:
  friend class SqlGuard;
  explicit ApprovedStatement(std::string sql) : sql_(std::move(sql)) {}
  std::string sql_;
};

/// Not thread-safe (the inspector is the connection's).
class SqlGuard {
 public:
  SqlGuard(Dialect dialect, StatementInspector& inspector)
      : dialect_(dialect), inspector_(inspector) {}

  /// Two checks, both must agree: our tokens (one statement, SELECT / WITH … SELECT / VALUES only,
  /// no forbidden function, at most max_statement_bytes), then the engine's inspector.
  /// Errors: refused, sql_rejected, limit_exceeded.
  [[nodiscard]] Result<ApprovedStatement> approve(std::string_view statement) const;

  static constexpr std::size_t max_statement_bytes = 100'000;

 private:
  Dialect dialect_;
  StatementInspector& inspector_;
};

}  // namespace idi::sql
