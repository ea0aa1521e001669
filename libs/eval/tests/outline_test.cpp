#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "case_file.hpp"
#include "idi/eval/error_kind.hpp"
#include "idi/eval/hardness.hpp"
#include "sql_outline.hpp"

namespace idi::eval {
namespace {

TEST(Hardness, Cases) {
  const auto cases = read_cases("hardness.case");
  EXPECT_GE(cases.size(), 20U);
  for (const Case& one : cases) {
    EXPECT_EQ(hardness_name(hardness_of(one.at("sql"))), one.at("level")) << one.at("why") << "\n"
                                                                          << one.at("sql");
  }
}

std::string names(const ErrorDiagnosis& kinds) {
  std::string text;
  for (const ErrorKind kind : kinds) {
    text += (text.empty() ? "" : " ") + std::string(error_kind_name(kind));
  }
  return text;
}

TEST(ErrorKinds, Cases) {
  const auto cases = read_cases("error_kinds.case");
  EXPECT_GE(cases.size(), 15U);
  for (const Case& one : cases) {
    EXPECT_EQ(names(diagnose(one.at("gold"), one.at("predicted"), nullptr)), one.at("kinds"))
        << one.at("why") << "\n"
        << one.at("predicted");
  }
}

TEST(ErrorKinds, NamesCanBeReadBack) {
  for (const ErrorKind kind : all_error_kinds) {
    EXPECT_EQ(error_kind_from_name(error_kind_name(kind)), kind);
    EXPECT_FALSE(error_kind_meaning(kind).empty());
  }
  EXPECT_EQ(error_kind_from_name("none"), std::nullopt);
}

Schema two_tables() {
  const auto column = [](const char* name) {
    Column result;
    result.name = name;
    result.natural_name = natural_name_of(name);
    return result;
  };
  Schema schema;
  schema.tables.resize(2);
  schema.tables[0].name = "Singer";
  schema.tables[0].columns = {column("id"), column("Name")};
  schema.tables[1].name = "Song";
  schema.tables[1].columns = {column("song_id"), column("title"), column("singer")};
  return schema;
}

TEST(Outline, ASchemaFindsTheTableOfAColumn) {
  const Schema schema = two_tables();
  const auto outline =
      outline_sql("SELECT name, Title FROM singer JOIN song ON singer.id = song.singer", &schema);
  ASSERT_EQ(outline.items.size(), 2U);
  EXPECT_EQ(outline.items[0].columns, std::vector<std::string>{"singer.name"});
  EXPECT_EQ(outline.items[1].columns, std::vector<std::string>{"song.title"});
}

TEST(Outline, AnInnerQueryLooksAtItsOwnTablesFirst) {
  const Schema schema = two_tables();
  const auto outline = outline_sql(
      "SELECT name FROM singer WHERE id IN (SELECT singer FROM song WHERE title = name)", &schema);
  ASSERT_EQ(outline.where.predicates.size(), 1U);
  ASSERT_EQ(outline.where.predicates[0].subqueries.size(), 1U);
  const auto& inner = outline.where.predicates[0].subqueries[0].where.predicates;
  ASSERT_EQ(inner.size(), 1U);
  EXPECT_EQ(inner[0].left.columns, std::vector<std::string>{"song.title"});
  EXPECT_EQ(inner[0].right.columns, std::vector<std::string>{"singer.name"});
}

TEST(Outline, DoubleQuotesAreAColumnWhereOneHasThatName) {
  const Schema schema = two_tables();
  const auto outline = outline_sql(R"(SELECT "Name" FROM singer WHERE name = "Joe")", &schema);
  EXPECT_EQ(outline.items[0].columns, std::vector<std::string>{"singer.name"});
  EXPECT_EQ(outline.where.predicates[0].right.literals, std::vector<std::string>{"Joe"});
}

TEST(Outline, DeepNestingIsCutOff) {
  std::string sql = "SELECT a FROM t WHERE b IN ";
  for (int i = 0; i < 5000; ++i) sql += "(SELECT a FROM t WHERE b IN ";
  EXPECT_EQ(outline_sql(sql, nullptr).tables, std::vector<std::string>{"t"});
  EXPECT_EQ(outline_sql(std::string(90'000, '('), nullptr).tables.size(), 0U);
  const std::string conditions =
      "SELECT a FROM t WHERE " + std::string(5000, '(') + "a = 1" + std::string(5000, ')');
  EXPECT_EQ(outline_sql(conditions, nullptr).tables.size(), 1U);
}

TEST(OutlineProperty, AnyTextHasAHardnessAndADiagnosis) {
  EXPECT_TRUE(rc::check("no text breaks the outline", [] {
    const auto text = [] {
      std::string sql;
      const auto length = *rc::gen::inRange(0, 40);
      for (int i = 0; i < length; ++i) {
        sql += *rc::gen::element<std::string>(
            "select ", "from ", "where ", "(", ")", ",", "a", ".", "*", " as ", "join ", "on ",
            "and ", "or ", "not ", "in ", "between ", "union ", "order by ", "limit ", "count(",
            "'x'", "\"y", "=", "1", "with ", "values", "distinct ", "group by ", "having ");
      }
      return sql;
    };
    const Schema schema = two_tables();
    RC_ASSERT(!hardness_name(hardness_of(text())).empty());
    RC_ASSERT(!diagnose(text(), text(), &schema).empty());
    const std::string same = text();
    RC_ASSERT(diagnose(same, same, &schema) == ErrorDiagnosis{ErrorKind::other});
  }));
}

}  // namespace
}  // namespace idi::eval
