#include "database_conformance.hpp"

#include <fmt/format.h>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "test_files.hpp"

namespace idi::conformance {
namespace {

std::string with_types(std::string statement) {
  const std::vector<std::pair<std::string, std::string>> types{
      {"{integer}", "INTEGER"}, {"{text}", "VARCHAR(80)"}, {"{real}", "REAL"}, {"{date}", "DATE"}};
  for (const auto& [mark, type] : types) {
    for (auto at = statement.find(mark); at != std::string::npos; at = statement.find(mark)) {
      statement.replace(at, mark.size(), type);
    }
  }
  return statement;
}

class SqliteSubject final : public ConformanceSubject {
 public:
  explicit SqliteSubject(std::string journal_mode) : journal_mode_(std::move(journal_mode)) {}

  std::string name() const override { return "sqlite_" + journal_mode_; }
  Dialect dialect() const override { return Dialect::sqlite; }

  Result<std::unique_ptr<db::Database>> open() override {
    owner_.reset();
    folder_ = std::make_unique<test::TemporaryFolder>();
    owner_ = std::make_unique<sqlite::Connection>(test::open_owner(path()));
    test::must(owner_->execute("PRAGMA journal_mode=" + journal_mode_));
    for (const std::string& statement : standard_statements()) run_as_owner(with_types(statement));
    return db_sqlite::open_sqlite_database(path());
  }

  void run_as_owner(const std::string& statement) override {
    test::must(owner_->execute(statement));
  }

  std::vector<std::string> endless_statements() const override {
    const std::string numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) ";
    const std::string long_text =
        "WITH t(s) AS (SELECT replace(printf('%.*c', 1000000, 'a'), 'a', 'aaaaaaaaaaaaaaa')) ";
    std::string cross = "SELECT count(*) FROM books b0";
    for (int i = 1; i < 40; ++i) cross += fmt::format(", books b{}", i);
    return {
        cross,
        numbers + "SELECT count(*) FROM n",
        numbers + "SELECT x FROM n",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION SELECT x + 1 FROM n) SELECT max(x) FROM n",
        numbers + "SELECT x FROM n ORDER BY x * 7919 % 1000003, x",
        numbers + "SELECT x % 1000003, count(*) FROM n GROUP BY 1",
        numbers + "SELECT sum(length(upper(printf('%1000000c', 'x') || x))) FROM n",
        long_text +
            "SELECT count(*) FROM t, books a, books b, books c, books d, books e, books f "
            "WHERE s LIKE '%' || printf('%.*c', 4000, 'a') || 'b' || a.title",
        long_text + "SELECT s GLOB '*a*a*a*a' || printf('%.*c', 4000, 'a') || 'b' FROM t",
    };
  }

  std::vector<std::string> hostile_statements() const override {
    const std::string other = (folder_->path() / "other.db").string();
    return {
        "ATTACH '" + other + "' AS other",
        "DETACH main",
        "PRAGMA user_version = 7",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "PRAGMA table_info(books)",
        "SELECT * FROM pragma_table_info('books')",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM dbstat",
        "SELECT load_extension('libm.so')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT fts3_tokenizer('simple', x'0000000000000000')",
        "SELECT randomblob(1000000)",
        "SELECT sqlite_compileoption_get(0)",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('" + other + "', 'x')",
        "SELECT edit('x')",
        "VACUUM",
        "VACUUM INTO '" + other + "'",
        "REINDEX",
        "ANALYZE",
        "SAVEPOINT s",
        "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT * FROM books",
        "EXPLAIN DELETE FROM books",
        "REPLACE INTO authors VALUES (1, 'x', 'y')",
        "UPDATE sqlite_master SET sql = ''",
        "DELETE FROM sqlite_master",
        "INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 0, 'x')",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "CREATE TEMP VIEW tv AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON books BEGIN SELECT 1; END",
        "DELETE FROM books RETURNING *",
        "SELECT ?",
        "SELECT :name",
        std::string("SELECT 1\0; DELETE FROM books", 27),
    };
  }

  std::string typed_row() const override {
    return "SELECT NULL, 9223372036854775807, 0.5, 'text', x'00FF'";
  }

 private:
  std::filesystem::path path() const { return folder_->path() / "subject.db"; }

  std::string journal_mode_;
  std::unique_ptr<test::TemporaryFolder> folder_;
  std::unique_ptr<sqlite::Connection> owner_;
};

SqliteSubject rollback_journal("DELETE");
SqliteSubject write_ahead_log("WAL");

INSTANTIATE_TEST_SUITE_P(Sqlite, DatabaseConformance,
                         testing::Values(&rollback_journal, &write_ahead_log),
                         [](const auto& test) { return test.param->name(); });

}  // namespace
}  // namespace idi::conformance
