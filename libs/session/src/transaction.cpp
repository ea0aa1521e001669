#include "transaction.hpp"

#include <utility>

namespace idi::session {

Result<Transaction> Transaction::begin(sqlite::Connection& connection) {
  // IMMEDIATE: waiting for other writers happens here, never in the middle.
  IDI_CHECK(connection.execute("BEGIN IMMEDIATE"));
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  // Fails only where SQLite has rolled back already, after an error of the disk.
  if (connection_ != nullptr) static_cast<void>(connection_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  IDI_CHECK(connection_->execute("COMMIT"));
  connection_ = nullptr;
  return {};
}

}  // namespace idi::session
