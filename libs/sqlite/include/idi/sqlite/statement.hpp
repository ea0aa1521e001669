// A prepared statement of SQLite: bind, step, read cells. Made by Connection::prepare; must not
// outlive its connection; one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/core/value.hpp"

struct sqlite3_stmt;

namespace idi::sqlite {

struct WorkMonitor;

/// How a cell is stored, whatever its column was declared as.
enum class CellType : std::uint8_t { null, integer, real, text, blob };

class Statement {
 public:
  /// Parameters count from 1. Text and blobs are copied. REQUIRES: the index exists.
  void bind(int index, std::int64_t value);
  void bind(int index, double value);
  void bind(int index, std::string_view text);
  void bind(int index, const Blob& blob);
  void bind_null(int index);

  /// true: a row is there to read; false: no more rows. After an error the statement is reset.
  [[nodiscard]] Result<bool> step();
  /// step() until the end, then reset: for statements that return no rows.
  Status run();
  /// Ready to be stepped again; the bound values stay.
  void reset();

  [[nodiscard]] int column_count() const;
  [[nodiscard]] std::string column_name(int column) const;
  /// These read the current row. REQUIRES: step() returned true, 0 <= column < column_count().
  [[nodiscard]] CellType type(int column) const;
  [[nodiscard]] bool is_null(int column) const { return type(column) == CellType::null; }
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  /// Bytes as stored (UTF-8 only if the writer was honest); valid until the next call.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  /// Bytes of a text or blob cell, without converting it.
  [[nodiscard]] std::int64_t byte_count(int column) const;
  /// With its honest type; invalid UTF-8 replaced by U+FFFD.
  [[nodiscard]] Value value(int column) const;

  /// SQLite's opinion: changes nothing in the database file.
  [[nodiscard]] bool read_only() const;
  [[nodiscard]] bool is_explain() const;
  [[nodiscard]] int parameter_count() const;

 private:
  friend class Connection;
  struct Finalizer {
    WorkMonitor* monitor;  ///< The connection's.
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  Statement(sqlite3_stmt* statement, WorkMonitor* monitor)
      : statement_(statement, Finalizer{monitor}) {}
  [[nodiscard]] WorkMonitor* monitor() const { return statement_.get_deleter().monitor; }
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

}  // namespace idi::sqlite
