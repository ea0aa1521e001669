#include "sqlite_probe.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>

#include "identifiers.hpp"

namespace idi::sql::testing {
namespace {

constexpr std::size_t max_rows = 200'000;
constexpr auto time_limit = std::chrono::seconds(10);

struct Statement {
  sqlite3_stmt* handle = nullptr;
  ~Statement() { sqlite3_finalize(handle); }
};

std::string cell(sqlite3_stmt* statement, int column) {
  const auto text = [&] {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return std::string(bytes == nullptr ? "" : bytes);
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return "null";
    case SQLITE_INTEGER:
      return "number:" + std::to_string(sqlite3_column_double(statement, column));
    case SQLITE_FLOAT:
      return "number:" + std::to_string(sqlite3_column_double(statement, column));
    default:
      return "text:" + text();
  }
}

}  // namespace

SqliteProbe::SqliteProbe(const std::filesystem::path& file) {
  if (file.empty()) {
    sqlite3_open(":memory:", &connection_);
  } else {
    sqlite3_open_v2(file.c_str(), &connection_, SQLITE_OPEN_READONLY, nullptr);
  }
}

SqliteProbe::~SqliteProbe() { sqlite3_close(connection_); }

Status SqliteProbe::prepare(const std::string& sql) {
  Statement statement;
  if (sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement.handle, nullptr) != SQLITE_OK) {
    return make_error(ErrorCode::sql_rejected, sqlite3_errmsg(connection_));
  }
  return {};
}

bool SqliteProbe::writes(const std::string& sql) {
  Statement statement;
  const int code = sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement.handle, nullptr);
  return code == SQLITE_OK && statement.handle != nullptr &&
         sqlite3_stmt_readonly(statement.handle) == 0;
}

Result<Rows> SqliteProbe::run(const std::string& sql) {
  Statement statement;
  if (sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement.handle, nullptr) != SQLITE_OK) {
    return make_error(ErrorCode::sql_rejected, sqlite3_errmsg(connection_));
  }
  auto deadline = std::chrono::steady_clock::now() + time_limit;
  sqlite3_progress_handler(
      connection_, 10'000,
      [](void* limit) {
        return std::chrono::steady_clock::now() >
                       *static_cast<std::chrono::steady_clock::time_point*>(limit)
                   ? 1
                   : 0;
      },
      &deadline);
  Rows rows;
  const int columns = sqlite3_column_count(statement.handle);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.handle)) == SQLITE_ROW && rows.size() < max_rows) {
    std::vector<std::string>& row = rows.emplace_back();
    for (int i = 0; i < columns; ++i) row.push_back(cell(statement.handle, i));
  }
  sqlite3_progress_handler(connection_, 0, nullptr, nullptr);
  if (code != SQLITE_DONE && code != SQLITE_ROW) {
    return make_error(ErrorCode::timeout, sqlite3_errmsg(connection_));
  }
  return rows;
}

Status SqliteProbe::create(const Schema& schema) {
  for (const Table& table : schema.tables) {
    std::string sql = "CREATE TABLE " + quoted_identifier(table.name, Dialect::sqlite) + " (";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) sql += ", ";
      sql += quoted_identifier(table.columns[i].name, Dialect::sqlite);
      if (table.columns[i].type == ColumnType::number) sql += " NUMERIC";
      if (table.columns[i].type == ColumnType::text) sql += " TEXT";
    }
    sql += ")";
    if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      return make_error(ErrorCode::sql_rejected, sqlite3_errmsg(connection_), {}, sql);
    }
  }
  return {};
}

bool same_rows(Rows a, Rows b, bool ordered) {
  if (!ordered) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
  }
  return a == b;
}

}  // namespace idi::sql::testing
