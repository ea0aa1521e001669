#include "idi/sqlite/statement.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "error_mapping.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "work_monitor.hpp"

namespace idi::sqlite {

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const noexcept {
  const MonitorScope scope(monitor);
  sqlite3_finalize(statement);
}

void Statement::bind(int index, std::int64_t value) {
  const MonitorScope scope(monitor());
  const int code = sqlite3_bind_int64(statement_.get(), index, value);
  IDI_ASSERT(code == SQLITE_OK);
}

void Statement::bind(int index, double value) {
  const MonitorScope scope(monitor());
  const int code = sqlite3_bind_double(statement_.get(), index, value);
  IDI_ASSERT(code == SQLITE_OK);
}

void Statement::bind(int index, std::string_view text) {
  const MonitorScope scope(monitor());
  // A null data pointer would bind NULL instead of the empty text.
  const char* bytes = text.data() != nullptr ? text.data() : "";
  const int code = sqlite3_bind_text64(statement_.get(), index, bytes, text.size(),
                                       SQLITE_TRANSIENT, SQLITE_UTF8);
  IDI_ASSERT(code == SQLITE_OK || code == SQLITE_TOOBIG || code == SQLITE_NOMEM);
}

void Statement::bind(int index, const Blob& blob) {
  const MonitorScope scope(monitor());
  const int code = sqlite3_bind_blob64(statement_.get(), index, blob.bytes.data(),
                                       blob.bytes.size(), SQLITE_TRANSIENT);
  IDI_ASSERT(code == SQLITE_OK || code == SQLITE_TOOBIG || code == SQLITE_NOMEM);
}

void Statement::bind_null(int index) {
  const int code = sqlite3_bind_null(statement_.get(), index);
  IDI_ASSERT(code == SQLITE_OK);
}

Result<bool> Statement::step() {
  const MonitorScope scope(monitor());
  monitor()->begin();
  int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  if (monitor()->stopped_allocation) code = SQLITE_INTERRUPT;
  sqlite3* database = sqlite3_db_handle(statement_.get());
  Error error = error_of(code, database, file_of(database));
  sqlite3_reset(statement_.get());
  if (monitor()->temporary_limit_was_hit) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("The statement needs more than {} MB of temporary space",
                                  monitor()->max_temporary_bytes >> 20U),
                      "Ask for less at once: a condition, fewer groups, no sorting of everything.");
  }
  return error;
}

Status Statement::run() {
  for (;;) {
    IDI_TRY(const bool row, step());
    if (!row) break;
  }
  reset();
  return {};
}

void Statement::reset() {
  const MonitorScope scope(monitor());
  sqlite3_reset(statement_.get());
}

int Statement::column_count() const { return sqlite3_column_count(statement_.get()); }

std::string Statement::column_name(int column) const {
  const char* name = sqlite3_column_name(statement_.get(), column);
  return name != nullptr ? text::to_valid_utf8(name) : std::string();
}

CellType Statement::type(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_INTEGER:
      return CellType::integer;
    case SQLITE_FLOAT:
      return CellType::real;
    case SQLITE_TEXT:
      return CellType::text;
    case SQLITE_BLOB:
      return CellType::blob;
    default:
      return CellType::null;
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string_view Statement::text(int column) const {
  const MonitorScope scope(monitor());  // may convert
  const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string_view Statement::blob(int column) const {
  const MonitorScope scope(monitor());
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::int64_t Statement::byte_count(int column) const {
  const MonitorScope scope(monitor());
  return sqlite3_column_bytes(statement_.get(), column);
}

Value Statement::value(int column) const {
  switch (type(column)) {
    case CellType::integer:
      return integer(column);
    case CellType::real:
      return real(column);
    case CellType::text:
      return text::to_valid_utf8(text(column));
    case CellType::blob:
      return Blob{std::string(blob(column))};
    case CellType::null:
      break;
  }
  return Null{};
}

bool Statement::read_only() const { return sqlite3_stmt_readonly(statement_.get()) != 0; }
bool Statement::is_explain() const { return sqlite3_stmt_isexplain(statement_.get()) != 0; }
int Statement::parameter_count() const { return sqlite3_bind_parameter_count(statement_.get()); }

}  // namespace idi::sqlite
