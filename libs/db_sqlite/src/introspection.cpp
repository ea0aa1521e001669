#include "introspection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "column_samples.hpp"
#include "ddl_comments.hpp"
#include "idi/core/log.hpp"
#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {

class Introspector {
 public:
  Introspector(ReadingConnection& reading, const SqliteOptions& options, std::stop_token stop)
      : reading_(reading),
        options_(options),
        stop_(std::move(stop)),
        deadline_(Deadline::after(std::chrono::milliseconds(options.introspection_timeout_ms))) {}

  Result<Schema> run() {
    schema_.name = text::to_valid_utf8(reading_.handle().path().stem().string());
    schema_.dialect = Dialect::sqlite;
    IDI_CHECK(watched([this] { return list_tables(); }));
    IDI_CHECK(watched([this] { return read_columns(); }));
    if (schema_.tables.empty()) {
      return make_error(
          ErrorCode::not_found,
          fmt::format("{} has no tables", text::to_valid_utf8(reading_.handle().path().string())),
          "Name a database that holds data.");
    }
    for (Table& table : schema_.tables) {
      add_row_estimate(reading_, options_, deadline_, stop_, table);
      add_samples(reading_, options_, deadline_, stop_, table);
    }
    IDI_CHECK(watched([this] { return read_foreign_keys(); }));
    return std::move(schema_);
  }

 private:
  template <typename Work>
  Status watched(Work work) {
    const ReadingConnection::Watch watch(reading_, stop_, deadline_);
    IDI_CHECK(watch.check());
    if (const Status status = work(); !status) return watch.explain(status.error());
    return watch.check_unchanged();
  }

  // The names and kinds; comments from the statements that made them.
  Status list_tables() {
    IDI_TRY(sqlite::Statement statement,
            reading_.handle().prepare(
                "SELECT l.name, l.type, m.sql FROM pragma_table_list AS l LEFT JOIN sqlite_schema "
                "AS m ON m.name = l.name AND m.type IN ('table', 'view') WHERE l.schema = 'main' "
                "AND l.type IN ('table', 'view', 'virtual') AND l.name NOT LIKE 'sqlite\\_%' "
                "ESCAPE '\\' ORDER BY m.rowid"));
    for (;;) {
      IDI_TRY(const bool row, statement.step());
      if (!row) return {};
      if (std::ssize(schema_.tables) >= options_.max_tables) {
        return make_error(ErrorCode::limit_exceeded,
                          fmt::format("The database has more than {} tables", options_.max_tables));
      }
      Table table;
      table.name = std::string(statement.text(0));
      table.natural_name = natural_name_of(table.name);
      table.kind = statement.text(1) == "view" ? TableKind::view : TableKind::table;
      comments_.push_back(parse_ddl_comments(statement.text(2)));
      table.comment = comments_.back().table;
      schema_.tables.push_back(std::move(table));
    }
  }

  Status read_columns() {
    std::vector<Table> readable;
    std::int64_t columns = 0;
    for (std::size_t i = 0; i < schema_.tables.size(); ++i) {
      Table& table = schema_.tables[i];
      const Status status = read_columns_of(table, comments_[i]);
      if (!status && (status.error().code == ErrorCode::sql_rejected ||
                      status.error().code == ErrorCode::refused)) {
        // A view over a dropped table, a virtual table whose module is not here.
        log::info("left out {}: {}", table.name, status.error().message);
        continue;
      }
      if (!status) return status;
      columns += std::ssize(table.columns);
      if (columns > options_.max_columns) {
        return make_error(
            ErrorCode::limit_exceeded,
            fmt::format("The database has more than {} columns", options_.max_columns));
      }
      if (!table.columns.empty()) readable.push_back(std::move(table));
    }
    schema_.tables = std::move(readable);
    return {};
  }

  Status read_columns_of(Table& table, const DdlComments& comments) {
    IDI_TRY(sqlite::Statement statement,
            reading_.handle().prepare("SELECT name, type, \"notnull\", pk FROM "
                                      "pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid"));
    statement.bind(1, std::string_view(table.name));
    for (;;) {
      IDI_TRY(const bool row, statement.step());
      if (!row) break;
      Column column;
      column.name = std::string(statement.text(0));
      column.natural_name = natural_name_of(column.name);
      column.declared_type = text::to_valid_utf8(statement.text(1));
      column.type = column_type_of(column.declared_type);
      column.nullable = statement.integer(2) == 0;
      column.primary_key = statement.integer(3) > 0;
      table.columns.push_back(std::move(column));
    }
    add_comments(table, comments);
    return {};
  }

  static void add_comments(Table& table, const DdlComments& comments) {
    std::size_t hint = 0;
    for (const auto& [name, comment] : comments.columns) {
      if (comment.empty()) continue;
      // Both are in the order of the columns: search on from the last hit.
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        Column& column = table.columns[(hint + i) % table.columns.size()];
        if (!text::equals_ignoring_ascii_case(column.name, name)) continue;
        column.comment = comment;
        hint = (hint + i + 1) % table.columns.size();
        break;
      }
    }
  }

  Status read_foreign_keys() {
    std::map<std::string, int> numbers;
    for (int i = 0; i < std::ssize(schema_.tables); ++i) {
      numbers.emplace(text::to_lower_ascii(schema_.tables[static_cast<std::size_t>(i)].name), i);
    }
    // SQLite lists the last declared key first.
    IDI_TRY(sqlite::Statement statement,
            reading_.handle().prepare("SELECT \"table\", \"from\", \"to\", seq FROM "
                                      "pragma_foreign_key_list(?1) ORDER BY id DESC, seq"));
    for (int child = 0; child < std::ssize(schema_.tables); ++child) {
      const Table& table = schema_.tables[static_cast<std::size_t>(child)];
      if (table.kind == TableKind::view) continue;
      statement.reset();
      statement.bind(1, std::string_view(table.name));
      for (;;) {
        IDI_TRY(const bool row, statement.step());
        if (!row) break;
        const auto parent = numbers.find(text::to_lower_ascii(statement.text(0)));
        if (parent == numbers.end()) continue;
        add_foreign_key(child, parent->second, statement);
      }
    }
    return {};
  }

  void add_foreign_key(int child, int parent, const sqlite::Statement& statement) {
    const auto from = schema_.find_column(child, statement.text(1));
    // "REFERENCES parent" alone means its primary key, column by column.
    const auto to = statement.is_null(2)
                        ? primary_key_column(parent, static_cast<int>(statement.integer(3)))
                        : schema_.find_column(parent, statement.text(2));
    if (!from || !to) return;
    const ForeignKey key{{child, *from}, {parent, *to}, true};
    if (std::find(schema_.foreign_keys.begin(), schema_.foreign_keys.end(), key) ==
        schema_.foreign_keys.end()) {
      schema_.foreign_keys.push_back(key);
    }
  }

  std::optional<int> primary_key_column(int table, int position) {
    auto statement =
        reading_.handle().prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE pk = ?2");
    if (!statement) return std::nullopt;
    statement->bind(1, std::string_view(schema_.tables[static_cast<std::size_t>(table)].name));
    statement->bind(2, std::int64_t{position} + 1);
    const auto row = statement->step();
    if (!row || !*row) return std::nullopt;
    return schema_.find_column(table, statement->text(0));
  }

  ReadingConnection& reading_;
  const SqliteOptions& options_;
  std::stop_token stop_;
  Deadline deadline_;
  Schema schema_;
  std::vector<DdlComments> comments_;  ///< One per table of list_tables().
};

}  // namespace

Result<Schema> introspect(ReadingConnection& reading, const SqliteOptions& options,
                          std::stop_token stop) {
  return Introspector(reading, options, std::move(stop)).run();
}

}  // namespace idi::db_sqlite
