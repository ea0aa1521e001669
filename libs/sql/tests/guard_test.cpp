#include "idi/sql/guard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace idi::sql {
namespace {

class MockInspector : public StatementInspector {
 public:
  MOCK_METHOD(Status, inspect, (std::string_view statement), (override));
};

struct Guarded : ::testing::Test {
  ::testing::NiceMock<MockInspector> inspector;

  std::string verdict(std::string_view sql, Dialect dialect = Dialect::sqlite) {
    const auto approved = SqlGuard(dialect, inspector).approve(sql);
    return approved ? "ok" : std::string(error_code_name(approved.error().code));
  }
};

TEST_F(Guarded, ReadingStatementsPass) {
  for (const char* sql : {
           "SELECT 1",
           "select * from t where a = 'drop table t; --'",
           "SELECT replace(name, 'a', 'b'), substr(x, 1) FROM t",
           "WITH a AS (SELECT 1), b(x) AS (VALUES (2)) SELECT * FROM a, b",
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT i FROM n LIMIT 5",
           "WITH a AS NOT MATERIALIZED (SELECT 1) SELECT * FROM a",
           "VALUES (1), (2)",
           "(SELECT 1)",
           "SELECT t.update, \"drop\" FROM t",
           "SELECT a FROM t ; ; ",
       }) {
    EXPECT_EQ(verdict(sql), "ok") << sql;
  }
  EXPECT_EQ(verdict("SELECT a::int, j ? 'k', pg_typeof(a) FROM t", Dialect::postgres), "ok");
}

TEST_F(Guarded, EverythingElseIsRefused) {
  for (const char* sql : {
           "",
           " ; ",
           "DELETE FROM t",
           "EXPLAIN SELECT 1",
           "PRAGMA table_info(t)",
           "ATTACH 'x.db' AS x",
           "VACUUM INTO 'x'",
           "SELECT 1; DELETE FROM t",
           "SELECT 1;SELECT 2",
           "SELECT 1 -- comment",
           "SELECT /* a */ 1",
           "SELECT * INTO x FROM t",
           "SELECT * FROM t FOR UPDATE",
           "SELECT ?",
           "SELECT :name",
           "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a",
           "WITH a AS (SELECT 1) DELETE FROM t",
           "WITH a AS (SELECT 1), b AS (INSERT INTO t VALUES (1) RETURNING 1) SELECT 1",
           "WITH a (SELECT 1) SELECT 1",
           "WITH",
           "REPLACE INTO t VALUES (1)",
           "SELECT load_extension('x')",
           "SELECT \"load_extension\"('x')",
           "SELECT Load_Extension  ('x')",
           "SELECT readfile('/etc/passwd')",
           "SELECT writefile('x', 'y')",
           "SELECT edit('x')",
           "SELECT fts3_tokenizer('x')",
           "SELECT * FROM pragma_table_info('t')",
           "SELECT * FROM t, pragma_database_list",
       }) {
    EXPECT_EQ(verdict(sql), "refused") << sql;
  }
}

TEST_F(Guarded, PostgresTricksAreRefused) {
  for (const char* sql : {
           "SELECT pg_read_file('/etc/passwd')",
           "SELECT pg_catalog.pg_sleep(10)",
           "SELECT \"pg_sleep\"(10)",
           "SELECT U&\"pg\\005fsleep\"(10)",
           "SELECT pg_terminate_backend(1)",
           "SELECT set_config('a', 'b', false)",
           "SELECT nextval('s')",
           "SELECT dblink_exec('x', 'y')",
           "SELECT lo_import('/etc/passwd')",
           "SELECT query_to_xml('delete from t', true, true, '')",
           "SELECT * FROM pg_shadow",
           "SELECT * FROM t FOR SHARE",
           "SELECT * FROM t FOR NO KEY UPDATE",
           "COPY t TO '/tmp/x'",
           "SELECT 'a\\' OR pg_sleep(1) --'",
           "SELECT $$a$$ /* b */",
       }) {
    EXPECT_EQ(verdict(sql, Dialect::postgres), "refused") << sql;
  }
}

TEST_F(Guarded, MysqlTricksAreRefused) {
  for (const char* sql : {
           "SELECT LOAD_FILE('/etc/passwd')",
           "SELECT SLEEP(10)",
           "SELECT sleep (10)",
           "SELECT BENCHMARK(1000000, 1)",
           "SELECT GET_LOCK('a', 1)",
           "SELECT 1 INTO OUTFILE '/tmp/x'",
           "SELECT 1 INTO DUMPFILE '/tmp/x'",
           "SELECT 1 INTO @x",
           "SELECT @x := 1",
           "SELECT @@version",
           "SELECT 1 /*!50000 INTO OUTFILE '/tmp/x' */",
           "SELECT * FROM mysql.user",
           "SELECT * FROM t LOCK IN SHARE MODE",
           "SELECT 'a\\' INTO OUTFILE \"x\" #'",
       }) {
    EXPECT_EQ(verdict(sql, Dialect::mysql), "refused") << sql;
  }
}

TEST_F(Guarded, BytesAreChecked) {
  EXPECT_EQ(verdict(std::string_view("SELECT 1\0", 9)), "refused");
  EXPECT_EQ(verdict("SELECT '\xff'"), "refused");
  EXPECT_EQ(verdict("SELECT '" + std::string(SqlGuard::max_statement_bytes, 'a') + "'"),
            "limit_exceeded");
  EXPECT_EQ(verdict("SELECT 'a"), "sql_rejected");
}

TEST_F(Guarded, TheEngineHasTheLastWord) {
  EXPECT_CALL(inspector, inspect(std::string_view("SELECT 1")))
      .WillOnce(::testing::Return(Status(make_error(ErrorCode::refused, "it writes"))));
  const auto approved = SqlGuard(Dialect::sqlite, inspector).approve(" SELECT 1 ; ");
  ASSERT_FALSE(approved);
  EXPECT_EQ(approved.error().message, "it writes");
}

TEST_F(Guarded, TheEngineIsNotAskedAboutWhatIsRefused) {
  EXPECT_CALL(inspector, inspect).Times(0);
  EXPECT_EQ(verdict("DROP TABLE t"), "refused");
}

TEST_F(Guarded, WhatIsApprovedIsWhatWasChecked) {
  const auto approved = SqlGuard(Dialect::sqlite, inspector).approve("  SELECT 1 ;\n");
  ASSERT_TRUE(approved);
  EXPECT_EQ(approved->sql(), "SELECT 1");
}

}  // namespace
}  // namespace idi::sql
