#pragma once

#include "idi/core/result.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

/// A write transaction, rolled back unless it was committed.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(sqlite::Connection& connection);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// After an error nothing of it was written.
  [[nodiscard]] Status commit();

 private:
  explicit Transaction(sqlite::Connection& connection) : connection_(&connection) {}
  sqlite::Connection* connection_;  ///< nullptr: over.
};

}  // namespace idi::session
