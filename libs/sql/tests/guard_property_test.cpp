// Wall two against the engine: what the guard's own check lets through, SQLite calls reading.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "idi/sql/guard.hpp"
#include "shop.hpp"
#include "sqlite_probe.hpp"

namespace idi::sql {
namespace {

class AcceptAll : public StatementInspector {
  Status inspect(std::string_view) override { return {}; }
};

/// Pieces that statements are made of, so that random ones compile now and then.
rc::Gen<std::string> statements() {
  static const std::vector<std::string> openings = {"SELECT ",
                                                    "WITH a AS (SELECT 1) ",
                                                    "WITH a AS (SELECT 1) SELECT ",
                                                    "DELETE ",
                                                    "INSERT INTO city ",
                                                    "UPDATE city SET name = ",
                                                    "VALUES (1)",
                                                    "REPLACE INTO city ",
                                                    "WITH a AS (DELETE FROM city RETURNING *) ",
                                                    "CREATE TABLE x ",
                                                    "DROP TABLE city",
                                                    "EXPLAIN DELETE ",
                                                    "PRAGMA user_version = 3",
                                                    "ALTER TABLE city RENAME TO x",
                                                    "BEGIN",
                                                    "ATTACH ':memory:' AS x"};
  static const std::vector<std::string> pieces = {"1 ",
                                                  "name ",
                                                  "FROM city ",
                                                  "VALUES (1, 2, 3)",
                                                  "'x' ",
                                                  "\"x\" ",
                                                  "(",
                                                  ") ",
                                                  "; ",
                                                  "-- ",
                                                  "/* ",
                                                  "*/ ",
                                                  "DELETE ",
                                                  "FROM city ",
                                                  "WHERE ",
                                                  "id = 1 ",
                                                  "\n",
                                                  "UNION SELECT ",
                                                  "RETURNING id ",
                                                  "AS SELECT 1 ",
                                                  "(id) ",
                                                  "INTO ",
                                                  "* ",
                                                  "ORDER BY 1 "};
  return rc::gen::exec([] {
    std::string sql = *rc::gen::elementOf(openings);
    const int count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) sql += *rc::gen::elementOf(pieces);
    return sql;
  });
}

TEST(GuardProperty, WhatIsApprovedOnlyReads) {
  testing::SqliteProbe probe{{}};
  ASSERT_TRUE(probe.create(testing::shop_schema()));
  AcceptAll inspector;
  const SqlGuard guard(Dialect::sqlite, inspector);
  int approved_count = 0, writing_count = 0;
  EXPECT_TRUE(rc::check("an approved statement never writes", [&] {
    for (const std::string& sql : *rc::gen::container<std::vector<std::string>>(20, statements())) {
      if (probe.writes(sql)) ++writing_count;
      const auto approved = guard.approve(sql);
      if (!approved) continue;
      ++approved_count;
      RC_ASSERT(!probe.writes(approved->sql()));
    }
  }));
  EXPECT_GT(approved_count, 0);
  EXPECT_GT(writing_count, 0) << "the generator no longer makes statements that write";
}

}  // namespace
}  // namespace idi::sql
