// A folder with databases in it, and everything that the adapter does with one.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "test_files.hpp"

namespace idi::db_sqlite {

inline constexpr const char* script = R"(
  CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT); -- who
  CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, author INTEGER REFERENCES authors);
  CREATE INDEX by_title ON books (title);
  CREATE VIEW v AS SELECT title FROM books;
  WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 500)
    INSERT INTO books SELECT x, 'title ' || x, x % 7 FROM n;
  INSERT INTO authors VALUES (1, 'Ada'), (2, 'Bao'))";

/// Root may read and write anything: look as somebody else.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    if (was_root_) {
      EXPECT_EQ(::seteuid(65534), 0);
    }
  }
  ~AsNobody() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool was_root_;
};

class Files : public testing::Test {
 protected:
  std::filesystem::path path(const std::string& name = "test.db") const {
    return folder_.path() / name;
  }
  static Result<ResultTable> query(db::Database& database, const std::string& sql) {
    IDI_TRY(auto connection, database.connect());
    return db::run_query(*connection, Dialect::sqlite, sql, {});
  }
  /// Everything that the adapter does; whatever comes of it.
  static void use(const std::filesystem::path& file) {
    auto database = open_sqlite_database(file);
    if (!database) return;
    const auto fingerprint = (*database)->fingerprint();
    const auto schema = (*database)->introspect({});
    if (schema) {
      for (int t = 0; t < std::ssize(schema->tables); ++t) {
        const auto texts = (*database)->distinct_text_values({t, 0}, *schema, 100, 100, {}, {});
      }
    }
    for (const char* sql : {"SELECT * FROM books ORDER BY title DESC", "SELECT count(*) FROM books",
                            "SELECT * FROM v JOIN authors", "DELETE FROM books"}) {
      const auto table = query(**database, sql);
    }
  }
  static Error open_error(const std::filesystem::path& file) {
    auto database = open_sqlite_database(file);
    EXPECT_FALSE(database) << file;
    if (database) return {};
    EXPECT_FALSE(database.error().message.empty());
    EXPECT_FALSE(database.error().hint.empty()) << database.error().message;
    return database.error();
  }

  test::TemporaryFolder folder_;
};

}  // namespace idi::db_sqlite
