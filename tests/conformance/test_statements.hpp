// Statements that bypass the guard, and a sink that counts: for tests of adapters.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/db/database.hpp"
#include "idi/sql/guard.hpp"

namespace idi::conformance {

/// Says yes to everything, so that the connection has to refuse on its own.
class PermissiveInspector final : public sql::StatementInspector {
 public:
  Status inspect(std::string_view) override { return {}; }
};

/// A statement that never passed the guard: what a fault in the guard would let through.
[[nodiscard]] inline sql::ApprovedStatement forge(const std::string& statement) {
  PermissiveInspector inspector;
  auto harmless = sql::SqlGuard(Dialect::sqlite, inspector).approve("SELECT 1");
  if (!harmless) throw std::logic_error(harmless.error().message);
  const_cast<std::string&>(harmless->sql()) = statement;  // NOLINT: this is the forgery
  return std::move(*harmless);
}

class CountingSink final : public db::RowSink {
 public:
  explicit CountingSink(std::int64_t stop_after = -1) : stop_after_(stop_after) {}
  bool on_columns(const std::vector<std::string>&) override { return true; }
  bool on_row(Row&&) override { return ++rows != stop_after_; }
  std::int64_t rows = 0;

 private:
  std::int64_t stop_after_;
};

}  // namespace idi::conformance
