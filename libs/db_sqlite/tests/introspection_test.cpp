#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "test_files.hpp"

namespace idi::db_sqlite {
namespace {

class Introspection : public testing::Test {
 protected:
  Schema schema_of(const std::string& script, const SqliteOptions& options = {}) {
    path_ = folder_.path() / "test.db";
    std::filesystem::remove(path_);
    test::make_database(path_, script);
    auto database = open_sqlite_database(path_, options);
    EXPECT_TRUE(database);
    auto schema = (*database)->introspect({});
    EXPECT_TRUE(schema) << (schema ? "" : schema.error().to_text());
    return schema ? *schema : Schema{};
  }
  static std::vector<std::string> keys_of(const Schema& schema) {
    std::vector<std::string> keys;
    for (const ForeignKey& key : schema.foreign_keys) {
      keys.push_back(schema.table_of(key.from).name + "." + schema.column(key.from).name + ">" +
                     schema.table_of(key.to).name + "." + schema.column(key.to).name);
    }
    return keys;
  }
  static std::vector<std::string> names_of(const Schema& schema) {
    std::vector<std::string> names;
    for (const Table& table : schema.tables) names.push_back(table.name);
    return names;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_;
};

TEST_F(Introspection, ForeignKeysInEveryForm) {
  const Schema schema = schema_of(R"(
    CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
    CREATE TABLE pair (a INTEGER, b TEXT, other TEXT, PRIMARY KEY (b, a));
    CREATE TABLE child (
      x INTEGER REFERENCES parent,
      y TEXT REFERENCES PARENT (CODE),
      p INTEGER, q TEXT,
      self INTEGER REFERENCES child (x),
      gone INTEGER REFERENCES missing (id),
      gone_too INTEGER REFERENCES parent (no_such_column),
      FOREIGN KEY (q, p) REFERENCES pair,
      FOREIGN KEY (p) REFERENCES parent (id)
    ))");
  EXPECT_THAT(keys_of(schema),
              testing::ElementsAre("child.x>parent.id", "child.y>parent.code", "child.self>child.x",
                                   "child.q>pair.b", "child.p>pair.a", "child.p>parent.id"));
}

TEST_F(Introspection, NamesThatNeedQuotes) {
  const Schema schema = schema_of(
      "CREATE TABLE \"select\" (\"group by\" TEXT, \"it's\" TEXT, \"say \"\"hi\"\"\" TEXT);"
      "CREATE TABLE \"Käufe [2024]\" (\"größe;--\" TEXT, \"名前\" TEXT, \"a.b\" INTEGER);"
      "INSERT INTO \"select\" VALUES ('x', 'y', 'z');"
      "INSERT INTO \"Käufe [2024]\" VALUES ('XL', '田中', 1)");
  ASSERT_THAT(names_of(schema), testing::ElementsAre("select", "Käufe [2024]"));
  EXPECT_EQ(schema.tables[0].columns[2].name, "say \"hi\"");
  EXPECT_THAT(schema.tables[0].columns[2].sample_values, testing::ElementsAre("z"));
  EXPECT_EQ(schema.tables[1].columns[1].name, "名前");
  EXPECT_THAT(schema.tables[1].columns[1].sample_values, testing::ElementsAre("田中"));
}

TEST_F(Introspection, InternalAndShadowTablesAreLeftOut) {
  const Schema schema = schema_of(R"(
    CREATE TABLE plain (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT);
    INSERT INTO plain (x) VALUES ('a');
    CREATE INDEX i ON plain (x);
    CREATE VIRTUAL TABLE notes USING fts5(title, body);
    INSERT INTO notes VALUES ('first', 'some words');
    ANALYZE)");
  EXPECT_THAT(names_of(schema), testing::ElementsAre("plain", "notes"));
  ASSERT_EQ(schema.tables[1].columns.size(), 2U) << "hidden columns are none";
  EXPECT_THAT(schema.tables[1].columns[0].sample_values, testing::ElementsAre("first"));
}

TEST_F(Introspection, BrokenViewsAreLeftOut) {
  const Schema schema = schema_of(R"(
    CREATE TABLE a (x); CREATE TABLE b (y);
    CREATE VIEW good AS SELECT x AS "the x" FROM a;
    CREATE VIEW broken AS SELECT y FROM b;
    DROP TABLE b)");
  EXPECT_THAT(names_of(schema), testing::ElementsAre("a", "good"));
  EXPECT_EQ(schema.tables[1].kind, TableKind::view);
  EXPECT_EQ(schema.tables[1].columns[0].name, "the x");
}

TEST_F(Introspection, CommentsReachTablesAndColumns) {
  const Schema schema = schema_of(
      "CREATE TABLE people ( -- who works here\n  id INTEGER, -- the badge\n  name TEXT\n)");
  EXPECT_EQ(schema.tables[0].comment, "who works here");
  EXPECT_EQ(schema.tables[0].columns[0].comment, "the badge");
  EXPECT_EQ(schema.tables[0].columns[1].comment, "");
}

TEST_F(Introspection, CommentsAfterRenamesAndAddedColumns) {
  const Schema schema = schema_of(
      "CREATE TABLE t (a INTEGER, -- about a\n b TEXT -- about b\n);"
      "ALTER TABLE t RENAME COLUMN a TO z; ALTER TABLE t ADD COLUMN c TEXT");
  ASSERT_EQ(schema.tables[0].columns.size(), 3U);
  EXPECT_EQ(schema.tables[0].columns[0].comment, "about a");
  EXPECT_EQ(schema.tables[0].columns[2].name, "c");
}

TEST_F(Introspection, TypesKeysAndGeneratedColumns) {
  const Schema schema = schema_of(R"(CREATE TABLE t (
      a INTEGER PRIMARY KEY, b VARCHAR(20) NOT NULL, c DECIMAL(10,2), d DATETIME, e BOOLEAN,
      f BLOB, g AS (a * 2) VIRTUAL, h AS (a * 3) STORED))");
  const auto& columns = schema.tables[0].columns;
  ASSERT_EQ(columns.size(), 8U);
  EXPECT_EQ(columns[1].declared_type, "VARCHAR(20)");
  EXPECT_TRUE(columns[0].primary_key);
  EXPECT_FALSE(columns[1].nullable);
  EXPECT_EQ(columns[2].type, ColumnType::number);
  EXPECT_EQ(columns[3].type, ColumnType::time);
  EXPECT_EQ(columns[4].type, ColumnType::boolean);
  EXPECT_EQ(columns[5].type, ColumnType::other);
}

TEST_F(Introspection, TypesAreRefinedByWhatIsThere) {
  const Schema schema = schema_of(R"(
    CREATE TABLE t (born TEXT, name TEXT, n, w, mixed, few);
    INSERT INTO t VALUES ('2001-02-03', 'x', 1, 'a', 1, 1), ('1999-12-31 10:00:00', 'y', 2.5, 'b', 'b', NULL),
      ('2020-01-01', '2020-01-01', 3, 'c', NULL, NULL))");
  const auto& columns = schema.tables[0].columns;
  EXPECT_EQ(columns[0].type, ColumnType::time);
  EXPECT_EQ(columns[1].type, ColumnType::text);
  EXPECT_EQ(columns[2].type, ColumnType::number);
  EXPECT_EQ(columns[3].type, ColumnType::text);
  EXPECT_EQ(columns[4].type, ColumnType::other);
  EXPECT_EQ(columns[5].type, ColumnType::other);
}

TEST_F(Introspection, TimesAreRecognisedHoweverTheyAreStored) {
  const Schema schema = schema_of(R"(
    CREATE TABLE t (native DATETIME, iso TEXT, created_at INTEGER, updated_ms INTEGER,
                    julian_day REAL, date_key INTEGER, delivered TEXT, us_date TEXT, dob DATE);
    INSERT INTO t VALUES
      ('2023-05-17 10:00:00', '2023-05-17', 1684274400, 1684274400000, 2460081.5, 20230517,
       '17.05.2023', '05/17/2023', 19800229),
      ('2023-05-18 10:00:00', '2023-05-18', 1684360800, 1684360800000, 2460082.25, 20230518,
       '01.02.2023', '01/02/2023', NULL),
      ('2023-05-19 10:00:00', '2023-05-19', 1684447200, 1684447200000, 2460083, 20231231,
       '', '12/31/2023', 20000101))");
  const auto& columns = schema.tables.at(0).columns;
  const auto encodings = std::to_array<TimeEncoding>(
      {TimeEncoding::native, TimeEncoding::native, TimeEncoding::epoch_seconds,
       TimeEncoding::epoch_millis, TimeEncoding::julian_day, TimeEncoding::compact_day,
       TimeEncoding::day_first, TimeEncoding::month_first, TimeEncoding::compact_day});
  for (std::size_t i = 0; i < columns.size(); ++i) {
    EXPECT_EQ(columns[i].type, ColumnType::time) << columns[i].name;
    EXPECT_EQ(columns[i].time_encoding, encodings[i]) << columns[i].name;
  }
}

TEST_F(Introspection, WhatOnlyResemblesTimesIsNone) {
  const Schema schema = schema_of(R"(
    CREATE TABLE t (id INTEGER, phone INTEGER, play_time INTEGER, article INTEGER, version TEXT,
                    paid_date TEXT, year INTEGER, order_date TEXT);
    INSERT INTO t VALUES
      (1684274400, 1684274400, 215, 20230517, '1.10.2023', '03/04/2023', 2023, '17.05.2023'),
      (1684274401, 1684274401, 190, 20230518, '1.11.2023', '05/06/2023', 2024, 'unknown'),
      (1684274402, 1684274402, 301, 20230519, '1.12.2023', '07/08/2023', 2025, '18.05.2023'))");
  for (const Column& column : schema.tables.at(0).columns) {
    EXPECT_NE(column.type, ColumnType::time) << column.name;
    EXPECT_EQ(column.time_encoding, TimeEncoding::native) << column.name;
  }
}

TEST_F(Introspection, SamplesAreFewShortPrintableAndTheMostFrequent) {
  SqliteOptions options;
  options.samples_per_column = 2;
  options.max_sample_bytes = 10;
  const Schema schema = schema_of(R"(
    CREATE TABLE t (a, b BLOB);
    INSERT INTO t VALUES ('once', x'00'), ('often', x'01'), ('a very long text', x'02'),
      ('often', NULL), ('twice', NULL), ('twice', NULL), ('tab' || char(9), NULL), ('', NULL))",
                                  options);
  EXPECT_THAT(schema.tables[0].columns[0].sample_values, testing::ElementsAre("often", "twice"));
  EXPECT_THAT(schema.tables[0].columns[1].sample_values, testing::IsEmpty());
}

TEST_F(Introspection, RowEstimates) {
  const std::string rows =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 1000) ";
  const Schema schema =
      schema_of("CREATE TABLE t (x); INSERT INTO t " + rows +
                "SELECT x FROM n; CREATE TABLE empty_one (x);"
                "CREATE TABLE no_rowid (x PRIMARY KEY) WITHOUT ROWID;"
                "INSERT INTO no_rowid VALUES (1); CREATE VIEW v AS SELECT 1 AS one");
  EXPECT_EQ(schema.tables[0].row_estimate, 1000);
  EXPECT_EQ(schema.tables[1].row_estimate, 0);
  EXPECT_EQ(schema.tables[2].row_estimate, 1);
  EXPECT_EQ(schema.tables[3].row_estimate, std::nullopt);
}

TEST_F(Introspection, RowEstimateWithoutTimeToCount) {
  SqliteOptions options;
  options.count_timeout_ms = 0;
  const std::string rows =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000) ";
  const std::string script = "CREATE TABLE t (x); INSERT INTO t " + rows + "SELECT x FROM n";
  EXPECT_EQ(schema_of(script, options).tables[0].row_estimate, 100'000) << "by the largest rowid";
  EXPECT_EQ(schema_of(script + "; CREATE INDEX i ON t (x); ANALYZE; UPDATE sqlite_stat1 SET stat = "
                               "'77777 1'",
                      options)
                .tables[0]
                .row_estimate,
            77'777)
      << "by sqlite_stat1";
}

TEST_F(Introspection, TwoThousandColumns) {
  std::string script = "CREATE TABLE wide (c0 INTEGER";
  std::string values = "0";
  for (int i = 1; i < 2000; ++i) {
    script += fmt::format(", column_number_{} TEXT -- about {}\n", i, i);
    values += fmt::format(",'v{}'", i);
  }
  const Schema schema =
      schema_of(script + "); INSERT INTO wide VALUES (" + values + "), (" + values + ")");
  ASSERT_EQ(schema.tables[0].columns.size(), 2000U);
  EXPECT_EQ(schema.tables[0].columns[1999].comment, "about 1999");
  EXPECT_THAT(schema.tables[0].columns[1999].sample_values, testing::ElementsAre("v1999"));
}

TEST_F(Introspection, ThousandTables) {
  std::string script = "BEGIN;";
  for (int i = 0; i < 1000; ++i) {
    script += fmt::format(
        "CREATE TABLE t{} (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t{}, "
        "a TEXT, b TEXT, c TEXT);",
        i, std::max(0, i - 1));
  }
  const auto start = std::chrono::steady_clock::now();
  const Schema schema = schema_of(script + "COMMIT");
  EXPECT_EQ(schema.tables.size(), 1000U);
  EXPECT_EQ(schema.foreign_keys.size(), 1000U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(Introspection, LimitsAreErrors) {
  path_ = folder_.path() / "test.db";
  test::make_database(path_, "CREATE TABLE a (x, y); CREATE TABLE b (x, y)");
  SqliteOptions options;
  options.max_tables = 1;
  auto schema = (*open_sqlite_database(path_, options))->introspect({});
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().code, ErrorCode::limit_exceeded);
  options = {};
  options.max_columns = 3;
  schema = (*open_sqlite_database(path_, options))->introspect({});
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().code, ErrorCode::limit_exceeded);
}

TEST_F(Introspection, NoTables) {
  path_ = folder_.path() / "test.db";
  test::make_database(path_, "CREATE TABLE t (x); DROP TABLE t");
  const auto schema = (*open_sqlite_database(path_))->introspect({});
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().code, ErrorCode::not_found);
  EXPECT_FALSE(schema.error().hint.empty());
}

TEST_F(Introspection, SlowViewHasNoSamplesAndCostsLittle) {
  const auto start = std::chrono::steady_clock::now();
  const Schema schema = schema_of(R"(
    CREATE TABLE t (x); INSERT INTO t VALUES (1), (2);
    CREATE VIEW slow AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
      SELECT count(*) AS total FROM n)");
  ASSERT_EQ(schema.tables.size(), 2U);
  EXPECT_THAT(schema.tables[1].columns[0].sample_values, testing::IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

}  // namespace
}  // namespace idi::db_sqlite
