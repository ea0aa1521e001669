// A database's shape as every room sees it: tables, columns, keys. Plain values, no I/O.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idi {

/// What a column's values mean, not how they are stored.
enum class ColumnType : std::uint8_t { text, number, time, boolean, other };

/// How a column of ColumnType::time stores its times.
enum class TimeEncoding : std::uint8_t {
  native,         ///< The database's own type, or ISO text ("2023-05-17", "2023-05-17 10:00:00").
  epoch_seconds,  ///< Numbers: seconds since 1970, UTC.
  epoch_millis,   ///< Numbers: milliseconds since 1970, UTC.
  julian_day,     ///< Numbers: days since noon of 24 November 4714 BC.
  compact_day,    ///< Numbers or text: 20230517.
  day_first,      ///< Text: "17.05.2023", "17/05/2023", "17-05-2023".
  month_first     ///< Text: "05/17/2023".
};

struct Column {
  std::string name;           ///< As the database spells it, unquoted.
  std::string natural_name;   ///< In words, lower case: "home town". Made from name if unknown.
  std::string declared_type;  ///< The database's own words: "VARCHAR(20)".
  ColumnType type = ColumnType::other;
  TimeEncoding time_encoding = TimeEncoding::native;  ///< Of a time column.
  bool primary_key = false;
  bool nullable = true;
  std::string comment;                     ///< From the DDL; data, never an instruction.
  std::vector<std::string> sample_values;  ///< A few distinct, printable, short.
};

enum class TableKind : std::uint8_t { table, view };

struct Table {
  std::string name;
  std::string natural_name;
  TableKind kind = TableKind::table;
  std::string comment;
  std::vector<Column> columns;
  std::optional<std::int64_t> row_estimate;
};

/// Indices into Schema::tables and Table::columns.
struct ColumnRef {
  int table = -1;
  int column = -1;
  friend auto operator<=>(const ColumnRef&, const ColumnRef&) = default;
};

struct ForeignKey {
  ColumnRef from;        ///< The referring (child) column.
  ColumnRef to;          ///< The referred (parent) column.
  bool declared = true;  ///< false: inferred from names, types and value inclusion.
  friend bool operator==(const ForeignKey&, const ForeignKey&) = default;
};

enum class Dialect : std::uint8_t { sqlite, postgres, mysql };

struct Schema {
  std::string name;  ///< For a person: the file's stem or the database's name.
  Dialect dialect = Dialect::sqlite;
  std::vector<Table> tables;
  std::vector<ForeignKey> foreign_keys;

  [[nodiscard]] const Column& column(ColumnRef ref) const;
  [[nodiscard]] const Table& table_of(ColumnRef ref) const;
  [[nodiscard]] int column_count() const;
  /// All columns are numbered through, table after table: the pointer vocabulary of the parser.
  [[nodiscard]] int flat_index(ColumnRef ref) const;
  [[nodiscard]] ColumnRef from_flat_index(int index) const;
  /// ASCII case-insensitive; nullopt if there is none.
  [[nodiscard]] std::optional<int> find_table(std::string_view table_name) const;
  [[nodiscard]] std::optional<int> find_column(int table, std::string_view column_name) const;
};

/// "CamelCase", "snake_case", "kebab-case", "HTTPServer2" → lower-case words joined by blanks.
[[nodiscard]] std::string natural_name_of(std::string_view identifier);

/// The meaning of a declared SQL type ("DECIMAL(10,2)" → number, "DATETIME" → time, …).
[[nodiscard]] ColumnType column_type_of(std::string_view declared_type);

[[nodiscard]] std::string_view column_type_name(ColumnType type) noexcept;

}  // namespace idi
