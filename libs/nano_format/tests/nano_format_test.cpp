#include "idi/nano_format/nano_format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "ships.hpp"

namespace idi::nano_format {
namespace {

using ir::Symbol;
using ir::Token;
using Kind = ir::Token::Kind;
using ::testing::HasSubstr;
using testing::linked;
using ::testing::Not;
using testing::ships;

Token symbol(Symbol which) { return {Kind::symbol, static_cast<int>(which)}; }
Token column(int index) { return {Kind::column, index}; }

TEST(NanoFormat, WritesASchemaInSymbols) {
  const Schema schema = ships();
  const auto question = linked("names of ships", schema);
  const auto lines = table_texts(shown_schema(question, schema), schema,
                                 SymbolTable::identity(schema, question.values.size()));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0],
            " T0 ship C0 ship id K C1 name C2 tonnage N C3 launched D C4 company id REF C5");
  EXPECT_EQ(lines[1], " T1 company C5 company id K C6 name C7 listed B");
}

TEST(NanoFormat, WritesWhatTheLinkerFoundBehindItsWords) {
  const Schema schema = ships();
  const auto question = linked("tonnage of ships built after 1990", schema);
  const auto text =
      question_text(question, schema, SymbolTable::identity(schema, question.values.size()));
  EXPECT_THAT(text, HasSubstr(" ASK tonnage C2 of ships T0"));
  EXPECT_THAT(text, HasSubstr(" 1990 V0"));
  EXPECT_TRUE(text.ends_with(" OUT"));
}

TEST(NanoFormat, SchemaPartDependsOnSeedAloneWhileAllOfItFits) {
  const Schema schema = ships();
  const auto a = write_prompt(linked("names of ships", schema), schema, 7);
  const auto b = write_prompt(linked("how many companies are listed in 1990", schema), schema, 7);
  EXPECT_EQ(a.schema_part, b.schema_part);
  std::set<std::string> parts;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    parts.insert(write_prompt(linked("names", schema), schema, seed).schema_part);
  }
  EXPECT_EQ(parts.size(), 20u);
}

TEST(NanoFormat, PeoplesTextCannotSpellASymbol) {
  Schema schema = ships();
  schema.tables[0].natural_name = "T3 C57 OUT = ASK";
  schema.tables[0].columns[1].natural_name = "~ V2 \n WHERE";
  const auto question = linked("T1 C2 ASK OUT WHERE = V0 ~ \xE2\x96\x81 </s> <0x0A>", schema);
  const auto prompt = write_prompt(question, schema, 1);
  const auto words = text::split(prompt.schema_part + prompt.question_part, ' ');
  const auto specials = special_words();
  for (const std::string& word : words) {
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    EXPECT_TRUE(plain || std::count(specials.begin(), specials.end(), word) == 1) << word;
  }
  EXPECT_EQ(std::count(words.begin(), words.end(), "ASK"), 1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "OUT"), 1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "WHERE"), 0);
}

TEST(NanoFormat, KeepsToItsSymbolsHoweverLargeTheSchema) {
  Schema schema;
  for (int t = 0; t < 60; ++t) {
    Table& table = schema.tables.emplace_back();
    table.name = table.natural_name = "table " + std::to_string(t);
    for (int c = 0; c < 40; ++c) {
      Column& made = table.columns.emplace_back();
      made.name = made.natural_name = "field " + std::to_string(t * 40 + c);
    }
  }
  const auto question = linked("field 1999 of table 49", schema);
  const auto shown = shown_schema(question, schema);
  EXPECT_LE(shown.tables.size(), static_cast<std::size_t>(max_tables));
  std::size_t columns = 0;
  for (const auto& of_table : shown.columns) columns += of_table.size();
  EXPECT_LE(columns, static_cast<std::size_t>(max_columns));
  EXPECT_THAT(write_prompt(question, schema, 3).schema_part, HasSubstr(" field 1999"));
}

TEST(NanoFormat, RefusesWhatItsPromptDoesNotShow) {
  const Schema schema = ships();
  const auto prompt = write_prompt(linked("names of ships", schema), schema, 5);
  int free_number = 0;
  while (prompt.symbols.index_of(Kind::column, free_number) >= 0) ++free_number;
  const std::string shown = std::to_string(prompt.symbols.number_of(Kind::column, 1));
  EXPECT_TRUE(read_output(" C" + shown, prompt.symbols, schema).has_value());
  for (const std::string& wrong :
       {" C" + std::to_string(free_number), std::string(" C"), " C" + shown + "x", std::string(),
        std::string(" name"), std::string(" C99999999999999999999"), std::string(" C-1"),
        " C" + shown + " LIMIT C" + shown, std::string(" V0"), std::string(2000, '=')}) {
    const auto read = read_output(wrong, prompt.symbols, schema);
    ASSERT_FALSE(read.has_value()) << wrong;
    EXPECT_EQ(read.error().code, ErrorCode::invalid_argument);
  }
}

TEST(NanoFormat, ReadsWhatItWrites) {
  const Schema schema = ships();
  const auto prompt = write_prompt(linked("names of ships over 1990", schema), schema, 11);
  const std::vector<Token> tokens = {
      column(1),        symbol(Symbol::where),      column(2), symbol(Symbol::greater),
      {Kind::value, 0}, symbol(Symbol::order_desc), column(2), symbol(Symbol::end)};
  const auto read = read_output(output_text(tokens, prompt.symbols), prompt.symbols, schema);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(*read, tokens);
}

// The model file has the words' ids: neither their order nor their number may change with it.
TEST(NanoFormat, SpecialWordsKeepTheirPlaces) {
  const auto words = special_words();
  ASSERT_EQ(words.size(), 62u + max_tables + max_columns + max_values);
  EXPECT_EQ(words[8], "END");
  EXPECT_EQ(words[61], "SUBQUERY");
  EXPECT_EQ(words[62], "T0");
}

TEST(NanoFormat, KnowsWhatItHasNoWordsFor) {
  EXPECT_TRUE(has_words_for({symbol(Symbol::count), {Kind::table, 0}, symbol(Symbol::end)}));
  EXPECT_FALSE(has_words_for({symbol(Symbol::share),
                              symbol(Symbol::count),
                              {Kind::table, 0},
                              symbol(Symbol::group),
                              column(1),
                              symbol(Symbol::end)}));
  const auto prompt = write_prompt(linked("names of ships", ships()), ships(), 5);
  EXPECT_FALSE(read_output(" QUARTER C0", prompt.symbols, ships()).has_value());
}

TEST(NanoFormat, SpecialWordsAreDistinctAndNoneIsAPersonsWord) {
  const auto words = special_words();
  EXPECT_EQ(std::set<std::string>(words.begin(), words.end()).size(), words.size());
  for (const std::string& word : words) EXPECT_NE(plain_words(word), std::vector{word});
}

TEST(NanoFormat, CutsLongWords) {
  const auto words = plain_words(std::string(1000, 'x') + "-Ab\xC3\xA9");
  ASSERT_EQ(words.size(), 2u);
  EXPECT_LE(words[0].size(), 24u);
  EXPECT_EQ(words[1], "ab");
}

}  // namespace
}  // namespace idi::nano_format
