// Sizes, errors, and the writing of GBNF itself.
#include <gtest/gtest.h>

#include "gbnf.hpp"
#include "gbnf_machine.hpp"
#include "scoped_schema.hpp"
#include "shop.hpp"

namespace idi::grammar::testing {
namespace {

/// A tree of tables with keys, ten columns each.
Schema large_schema(int tables) {
  Schema schema;
  for (int t = 0; t < tables; ++t) {
    Table table;
    table.name = "table_" + std::to_string(t);
    for (int c = 0; c < 10; ++c) {
      Column column;
      column.name = c == 0 ? "id" : "column_" + std::to_string(t % 7) + "_" + std::to_string(c);
      column.type = c % 3 == 0 ? ColumnType::number : ColumnType::text;
      table.columns.push_back(std::move(column));
    }
    schema.tables.push_back(std::move(table));
    if (t > 0) schema.foreign_keys.push_back({{t, 3}, {t / 4, 0}, true});
  }
  return schema;
}

TEST(Limits, ThousandTablesStayWithinTheBytes) {
  const Schema schema = large_schema(1000);
  const Scope scope = whole_scope(schema);
  for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres, Dialect::mysql}) {
    const auto grammar = sql_grammar(schema, scope, dialect);
    ASSERT_TRUE(grammar.has_value());
    EXPECT_LE(grammar->size(), GrammarOptions{}.max_bytes);
    const auto machine = GbnfMachine::parse(*grammar);
    ASSERT_TRUE(machine.has_value()) << machine.error().message;
    EXPECT_TRUE(machine->recognise("SELECT id FROM table_0").accepted);
    EXPECT_FALSE(machine->recognise("SELECT id FROM table_999").accepted);
  }
}

TEST(Limits, FewBytesNarrowTheLanguageAndKeepTheFirstTables) {
  const Schema schema = large_schema(20);
  const Scope scope = whole_scope(schema);
  std::size_t before = 0;
  for (const std::size_t max_bytes : {30'000, 60'000, 120'000, 500'000}) {
    GrammarOptions options;
    options.max_bytes = max_bytes;
    const auto grammar = sql_grammar(schema, scope, Dialect::sqlite, options);
    ASSERT_TRUE(grammar.has_value()) << max_bytes;
    EXPECT_LE(grammar->size(), max_bytes);
    EXPECT_GT(grammar->size(), before);
    before = grammar->size();
    const auto machine = GbnfMachine::parse(*grammar);
    ASSERT_TRUE(machine.has_value()) << machine.error().message;
    EXPECT_TRUE(machine->recognise("SELECT id FROM table_0").accepted) << max_bytes;
  }
}

TEST(Limits, TooFewBytesAreAnError) {
  GrammarOptions options;
  options.max_bytes = 500;
  const Schema schema = sql::testing::shop_schema();
  const auto grammar = sql_grammar(schema, whole_scope(schema), Dialect::sqlite, options);
  ASSERT_FALSE(grammar.has_value());
  EXPECT_EQ(grammar.error().code, ErrorCode::invalid_argument);
}

TEST(Limits, NamesThatCannotBeWrittenAreLeftOut) {
  Schema schema = sql::testing::shop_schema();
  schema.tables[1].columns[1].name = std::string("na\0me", 5);
  schema.tables[2].name = "\xff";
  const auto grammar = sql_grammar(schema, whole_scope(schema), Dialect::sqlite);
  ASSERT_TRUE(grammar.has_value());
  const auto machine = GbnfMachine::parse(*grammar);
  ASSERT_TRUE(machine.has_value()) << machine.error().message;
  EXPECT_TRUE(machine->recognise("SELECT age FROM customer").accepted);
  EXPECT_LE(machine->recognise("SELECT customer.na").accepted_bytes, 16U);

  Scope only;
  only.tables = {2};
  only.columns = {{2, 0}};
  EXPECT_FALSE(sql_grammar(schema, only, Dialect::sqlite).has_value());
  EXPECT_FALSE(sql_grammar(schema, Scope{}, Dialect::sqlite).has_value());
}

TEST(Limits, OptionsBoundJoinsAndDepth) {
  const Schema schema = sql::testing::shop_schema();
  GrammarOptions options;
  options.max_joined_tables = 1;
  options.max_depth = 0;
  const auto grammar = sql_grammar(schema, whole_scope(schema), Dialect::sqlite, options);
  const auto machine = GbnfMachine::parse(grammar.value());
  ASSERT_TRUE(machine.has_value()) << machine.error().message;
  EXPECT_TRUE(machine->recognise("SELECT name FROM customer WHERE age > 3").accepted);
  EXPECT_FALSE(machine->recognise("SELECT customer.name FROM customer JOIN").accepted_bytes > 36);
  EXPECT_FALSE(machine->recognise("SELECT name FROM customer WHERE age > (SELECT").accepted_bytes >
               38);
}

TEST(Limits, TextsAreBounded) {
  const Schema schema = sql::testing::shop_schema();
  const auto machine =
      GbnfMachine::parse(sql_grammar(schema, whole_scope(schema), Dialect::sqlite).value());
  const std::string before = "SELECT name FROM customer WHERE name = '";
  EXPECT_TRUE(machine->recognise(before + std::string(60, 'x') + "'").accepted);
  EXPECT_FALSE(machine->recognise(before + std::string(61, 'x') + "'").accepted);
}

TEST(Gbnf, EscapesWhatItReadsOtherwise) {
  const std::string text = "a\"b\\c[d]{e}\n\t\x01\x7f größe ::= | ( ) # '";
  const auto machine = GbnfMachine::parse("root ::= " + literal(text) + "\n");
  ASSERT_TRUE(machine.has_value()) << machine.error().message;
  EXPECT_TRUE(machine->recognise(text).accepted);
}

TEST(Gbnf, SharesBeginningsInWholeCharacters) {
  EXPECT_EQ(choice({{"name", ""}, {"number", "x"}, {"age", ""}}),
            "\"age\" | \"n\" (\"ame\" | \"umber\" x)");
  EXPECT_EQ(choice({{"é", ""}, {"è", ""}}), "\"è\" | \"é\"");
  EXPECT_EQ(choice({{"id", "a"}, {"id", "b"}, {"id", "a"}}), "\"id\" (a | b)");
  EXPECT_EQ(choice({}), "");
}

TEST(Gbnf, TheMachineRefusesWhatLlamaRefuses) {
  for (const char* wrong :
       {"x ::= \"a\"\n", "root ::= missing\n", "root ::= root \"a\" | \"b\"\n", "root ::= \"open\n",
        "root ::= [a\n", "root ::= (\"a\"\n", "root ::= \"\\q\"\n", "root ::= \"a\"{2\n",
        "root ::= x\nx ::= x \"a\"\n", "root = \"a\"\n"}) {
    EXPECT_FALSE(GbnfMachine::parse(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace idi::grammar::testing
