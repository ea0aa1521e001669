#include "bounded_printf.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace idi::sqlite {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads a format as SQLite does (printf.c): flags, width, precision, size, conversion.
class WidthCounter {
 public:
  WidthCounter(std::string_view format, int count, sqlite3_value** values)
      : rest_(format), count_(count), values_(values) {}

  std::int64_t total() {
    while (skip_to_conversion()) {
      while (!rest_.empty() &&
             std::string_view("-+ #!0,").find(rest_[0]) != std::string_view::npos) {
        rest_.remove_prefix(1);
      }
      add_number();
      if (rest_.starts_with('.')) {
        rest_.remove_prefix(1);
        add_number();
      }
      while (rest_.starts_with('l')) rest_.remove_prefix(1);
      if (rest_.empty()) break;
      if (rest_[0] != '%') ++next_value_;
      rest_.remove_prefix(1);
      if (total_ > max_printf_width) break;
    }
    return total_;
  }

 private:
  bool skip_to_conversion() {
    const std::size_t at = rest_.find('%');
    if (at == std::string_view::npos) return false;
    rest_.remove_prefix(at + 1);
    return true;
  }

  void add_number() {
    if (rest_.starts_with('*')) {
      rest_.remove_prefix(1);
      if (next_value_ < count_) total_ += std::abs(sqlite3_value_int64(values_[next_value_]) % cap);
      ++next_value_;
      return;
    }
    std::int64_t number = 0;
    for (; !rest_.empty() && is_digit(rest_[0]); rest_.remove_prefix(1)) {
      number = std::min(cap, number * 10 + (rest_[0] - '0'));
    }
    total_ += number;
  }

  static constexpr std::int64_t cap = std::int64_t{1} << 32;
  std::string_view rest_;
  int count_;
  sqlite3_value** values_;
  int next_value_ = 1;
  std::int64_t total_ = 0;
};

// A connection without a file, and a statement "SELECT printf(?, …)" per number of arguments.
class Printer {
 public:
  Printer() = default;
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;
  ~Printer() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close_v2(database_);
  }

  void print(sqlite3_context* context, int count, sqlite3_value** values) {
    const int limit = sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1);
    sqlite3_stmt* statement = statement_for(count, limit);
    if (statement == nullptr) {
      sqlite3_result_error_nomem(context);
      return;
    }
    for (int i = 0; i < count; ++i) sqlite3_bind_value(statement, i + 1, values[i]);
    if (sqlite3_step(statement) == SQLITE_ROW) {
      sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    } else {
      sqlite3_result_error_code(context, sqlite3_errcode(database_));
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }

 private:
  sqlite3_stmt* statement_for(int count, int limit) {
    if (database_ == nullptr) {
      if (sqlite3_open_v2(":memory:", &database_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                          nullptr) != SQLITE_OK) {
        return nullptr;
      }
      sqlite3_limit(database_, SQLITE_LIMIT_LENGTH, limit);
    }
    const auto index = static_cast<std::size_t>(count);
    if (statements_.size() <= index) statements_.resize(index + 1);
    if (statements_[index] == nullptr) {
      std::string sql = "SELECT printf(";
      for (int i = 0; i < count; ++i) sql += i == 0 ? "?" : ",?";
      sql += ")";
      sqlite3_prepare_v2(database_, sql.c_str(), -1, &statements_[index], nullptr);
    }
    return statements_[index];
  }

  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;  ///< By number of arguments.
};

void print(sqlite3_context* context, int count, sqlite3_value** values) {
  if (count == 0 || sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  const auto* format = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (format == nullptr) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (WidthCounter(format, count, values).total() > max_printf_width) {
    sqlite3_result_error_toobig(context);
    return;
  }
  try {
    static_cast<Printer*>(sqlite3_user_data(context))->print(context, count, values);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

int add_bounded_printf(sqlite3* database) {
  for (const char* name : {"printf", "format"}) {
    // Freed by SQLite, also where registering fails.
    auto printer = std::make_unique<Printer>();
    const int code = sqlite3_create_function_v2(
        database, name, -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
        printer.release(), print, nullptr, nullptr,
        [](void* data) { delete static_cast<Printer*>(data); });
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace idi::sqlite
