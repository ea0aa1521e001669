#include "idi/link/linker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample_linker.hpp"

namespace idi::link {
namespace {

using link::testing::column;
using link::testing::music_linker;
using link::testing::music_schema;
using link::testing::table;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::size_t token_of(const LinkedQuestion& linked, std::string_view word) {
  for (std::size_t i = 0; i < linked.tokens.size(); ++i) {
    if (linked.tokens[i].text == word) return i;
  }
  ADD_FAILURE() << "no word " << word;
  return 0;
}

std::size_t position_of(const LinkedQuestion& linked, ColumnRef column) {
  const auto found = std::find(linked.columns.begin(), linked.columns.end(), column);
  EXPECT_NE(found, linked.columns.end());
  return static_cast<std::size_t>(found - linked.columns.begin());
}

NameMatch name_match(const LinkedQuestion& linked, std::string_view word, ColumnRef column) {
  return linked
      .token_column[token_of(linked, word) * linked.columns.size() + position_of(linked, column)];
}

CellMatch cell_match(const LinkedQuestion& linked, std::string_view word, ColumnRef column) {
  return linked
      .token_cell[token_of(linked, word) * linked.columns.size() + position_of(linked, column)];
}

NameMatch table_match(const LinkedQuestion& linked, std::string_view word, std::size_t table) {
  return linked.token_table[token_of(linked, word) * linked.tables.size() + table];
}

constexpr ColumnRef fname{0, 1}, country{0, 2}, sex{0, 3}, age{0, 4}, concert_name{1, 1},
    start_date{1, 2}, telephone{2, 1}, singer_id{0, 0};

class LinkerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!WordNet::open()) GTEST_SKIP() << "WordNet is not installed";
  }
  std::shared_ptr<const Linker> linker_ = music_linker();
};

TEST_F(LinkerTest, KeepsASmallSchemaWholeInItsOrder) {
  const auto linked = linker_->link("banana");
  EXPECT_THAT(linked.tables, ElementsAre(0, 1, 2));
  EXPECT_THAT(linked.columns, SizeIs(13));
  EXPECT_TRUE(std::is_sorted(linked.columns.begin(), linked.columns.end()));
  EXPECT_THAT(linked.token_column, SizeIs(13));
  EXPECT_THAT(linked.token_table, SizeIs(3));
  EXPECT_THAT(linked.column_scores, SizeIs(13));
}

TEST_F(LinkerTest, MatchesNamesExactly) {
  const auto linked = linker_->link("How many singers have an age?");
  EXPECT_EQ(table_match(linked, "singers", 0), NameMatch::exact);
  EXPECT_EQ(name_match(linked, "age", age), NameMatch::exact);
  EXPECT_EQ(name_match(linked, "singers", singer_id), NameMatch::partial);
}

TEST_F(LinkerTest, MatchesWholeNamesOfSeveralWords) {
  const auto linked = linker_->link("show concert names and start dates");
  EXPECT_EQ(name_match(linked, "concert", concert_name), NameMatch::exact);
  EXPECT_EQ(name_match(linked, "names", concert_name), NameMatch::exact);
  EXPECT_EQ(name_match(linked, "dates", start_date), NameMatch::exact);
  EXPECT_EQ(name_match(linked, "show", concert_name), NameMatch::none);
}

TEST_F(LinkerTest, MatchesSynonymsAndAbbreviations) {
  const auto linked = linker_->link("vocalists' first names and phone numbers");
  EXPECT_EQ(table_match(linked, "vocalists", 0), NameMatch::synonym);
  EXPECT_EQ(name_match(linked, "first", fname), NameMatch::synonym);
  EXPECT_EQ(name_match(linked, "names", fname), NameMatch::synonym);
  EXPECT_EQ(name_match(linked, "phone", telephone), NameMatch::synonym);
}

TEST_F(LinkerTest, FollowsImpliedNames) {
  const auto linked = linker_->link("the oldest one, when, and who");
  EXPECT_EQ(name_match(linked, "oldest", age), NameMatch::related);
  EXPECT_EQ(name_match(linked, "when", start_date), NameMatch::related);
  EXPECT_EQ(name_match(linked, "who", fname), NameMatch::related);
}

TEST_F(LinkerTest, YearsSpeakOfTime) {
  const auto linked = linker_->link("concerts of 2014");
  EXPECT_EQ(name_match(linked, "2014", start_date), NameMatch::related);
  EXPECT_EQ(name_match(linked, "2014", country), NameMatch::none);
}

TEST_F(LinkerTest, StopwordsMatchNothing) {
  const auto linked = linker_->link("is the of in a to");
  for (const NameMatch match : linked.token_column) EXPECT_EQ(match, NameMatch::none);
  for (const CellMatch match : linked.token_cell) EXPECT_EQ(match, CellMatch::none);
}

TEST_F(LinkerTest, MatchesCells) {
  const auto linked = linker_->link("concert summer night by York people of USA");
  EXPECT_EQ(cell_match(linked, "summer", concert_name), CellMatch::exact);
  EXPECT_EQ(cell_match(linked, "night", concert_name), CellMatch::exact);
  EXPECT_EQ(cell_match(linked, "York", fname), CellMatch::partial);
  EXPECT_EQ(cell_match(linked, "USA", country), CellMatch::exact);
  EXPECT_EQ(cell_match(linked, "USA", sex), CellMatch::none);
}

const ValueCandidate* value(const LinkedQuestion& linked, std::string_view text) {
  for (const auto& each : linked.values) {
    if (each.text == text) return &each;
  }
  return nullptr;
}

std::vector<std::string> values(const LinkedQuestion& linked) {
  std::vector<std::string> result;
  for (const auto& each : linked.values) result.push_back(each.text);
  return result;
}

TEST_F(LinkerTest, FindsCellValuesExactlyAsStored) {
  const auto linked = linker_->link("Where did ANNA sing summer night?");
  const auto* anna = value(linked, "Anna");
  ASSERT_NE(anna, nullptr);
  EXPECT_EQ(anna->kind, ValueKind::cell);
  EXPECT_THAT(anna->columns, ElementsAre(fname));
  EXPECT_THAT(anna->cells, ElementsAre("Anna"));
  const auto* night = value(linked, "Summer Night");
  ASSERT_NE(night, nullptr);
  EXPECT_EQ(night->token_end - night->token_begin, 2);
}

TEST_F(LinkerTest, FindsAliasesOfCells) {
  const auto linked = linker_->link("French female singers");
  EXPECT_THAT(values(linked), Contains("France"));
  EXPECT_THAT(values(linked), Contains("F"));
  EXPECT_EQ(cell_match(linked, "French", country), CellMatch::exact);
}

TEST_F(LinkerTest, FindsQuotedValues) {
  const auto linked = linker_->link("singers called \"Zoe X\" or 'Bob'");
  const auto* zoe = value(linked, "Zoe X");
  ASSERT_NE(zoe, nullptr);
  EXPECT_EQ(zoe->kind, ValueKind::quoted);
  const auto* bob = value(linked, "Bob");
  ASSERT_NE(bob, nullptr);
  EXPECT_EQ(bob->kind, ValueKind::cell);
}

TEST_F(LinkerTest, FindsNumbersAndDates) {
  const auto linked = linker_->link("over 1,000 or twenty five since May 5, 2021 or in 2014");
  EXPECT_EQ(value(linked, "1000")->kind, ValueKind::number);
  EXPECT_EQ(value(linked, "25")->kind, ValueKind::number);
  EXPECT_EQ(value(linked, "2021-05-05")->kind, ValueKind::date);
  EXPECT_EQ(value(linked, "2014")->kind, ValueKind::date);
  EXPECT_EQ(value(linked, "5"), nullptr);  // the day of that date
}

TEST_F(LinkerTest, FindsSpansThatAreNoCells) {
  const auto linked = linker_->link("Did Kanye West of Atlantis win?");
  const auto* kanye = value(linked, "Kanye West of Atlantis");
  ASSERT_NE(kanye, nullptr);
  EXPECT_EQ(kanye->kind, ValueKind::span);
  EXPECT_THAT(values(linker_->link("names that contain the letter a")), Contains("a"));
  EXPECT_THAT(values(linker_->link("people from kentucky")), Contains("kentucky"));
}

TEST_F(LinkerTest, SpansTellWhichColumnsHoldTheirWords) {
  const auto linked = linker_->link("What about York?");
  const auto* york = value(linked, "York");
  ASSERT_NE(york, nullptr);
  EXPECT_THAT(york->columns, ElementsAre(fname));
  EXPECT_THAT(york->cells, ElementsAre("New York Bob"));
}

TEST_F(LinkerTest, OffersFlagsOfNamedColumns) {
  const auto linked = linker_->link("singers on tour");
  EXPECT_THAT(values(linked), Contains("Y"));
  EXPECT_THAT(values(linked), Contains("N"));
  EXPECT_THAT(values(linker_->link("concert names")), IsEmpty());
}

TEST_F(LinkerTest, OrdinaryWordsAreNoValues) {
  EXPECT_THAT(values(linker_->link("Show the first name and age of all singers, sorted by age.")),
              IsEmpty());
}

TEST_F(LinkerTest, CutsLongQuestions) {
  std::string question;
  for (int i = 0; i < 10'000; ++i) question += "singers and ages ";
  const auto linked = linker_->link(question);
  EXPECT_TRUE(linked.question_cut);
  EXPECT_THAT(linked.tokens, SizeIs(64));
  EXPECT_LE(linked.question.size(), 64U * 10U);
  EXPECT_FALSE(linker_->link("short").question_cut);
}

TEST_F(LinkerTest, EmptyQuestionLinksToNothing) {
  const auto linked = linker_->link("");
  EXPECT_THAT(linked.tokens, IsEmpty());
  EXPECT_THAT(linked.values, IsEmpty());
  EXPECT_THAT(linked.token_column, IsEmpty());
}

TEST_F(LinkerTest, NamesAreSpokenPlainly) {
  EXPECT_EQ(linker_->schema().column(concert_name).natural_name, "concert name");
  EXPECT_EQ(linker_->schema().column(fname).natural_name, "first name");
  EXPECT_EQ(linker_->schema().column(fname).name, "fname");
}

TEST_F(LinkerTest, BudgetKeepsWhatIsAskedAndItsKeys) {
  LinkBudget budget;
  budget.max_tables = 2;
  budget.max_columns = 5;
  const auto linked = linker_->link("names of concerts by French singers", budget);
  EXPECT_THAT(linked.tables, ElementsAre(0, 1));
  EXPECT_THAT(linked.columns, SizeIs(5));
  EXPECT_THAT(linked.columns, Contains(concert_name));
  EXPECT_THAT(linked.columns, Contains(country));
  EXPECT_THAT(linked.columns, Contains(singer_id));
  EXPECT_THAT(linked.columns, Contains(ColumnRef{1, 3}));
}

TEST_F(LinkerTest, BudgetKeepsConnectingTables) {
  Schema schema;
  schema.tables = {table("student", {column("student_id"), column("name")}),
                   table("noise", {column("x")}),
                   table("enrolment", {column("student_id"), column("course_id")}),
                   table("course", {column("course_id"), column("title")})};
  schema.foreign_keys = {{{2, 0}, {0, 0}}, {{2, 1}, {3, 0}}};
  const auto linker = Linker::make(schema, nullptr, WordNet::none());
  LinkBudget budget;
  budget.max_tables = 3;
  EXPECT_THAT(linker->link("students and their courses", budget).tables, ElementsAre(0, 2, 3));
}

TEST(LinkerEdges, WorksWithNothing) {
  const auto linker = Linker::make({}, nullptr, nullptr);
  const auto linked = linker->link("anything at all?");
  EXPECT_THAT(linked.tables, IsEmpty());
  EXPECT_THAT(linked.columns, IsEmpty());
  EXPECT_THAT(linked.tokens, SizeIs(3));
}

TEST(LinkerEdges, SurvivesHostileSchemas) {
  Schema schema;
  schema.tables = {table("", {column(""), column("select"), column("a\"b'c"), column("日本語")}),
                   table("no columns", {}), table(std::string(10'000, 'x'), {column("\xFF\xFE")})};
  schema.tables[0].columns.resize(2000, column("col"));
  schema.foreign_keys = {{{0, 0}, {0, 1}}};
  const auto linker = Linker::make(schema, nullptr, WordNet::none());
  const auto linked = linker->link("select 日本語 from \xFF col x");
  EXPECT_LE(linked.columns.size(), 160U);
  EXPECT_LE(linked.tables.size(), 3U);
}

TEST(LinkerEdges, NegativeBudgetsAreEmpty) {
  LinkBudget budget;
  budget.max_tokens = budget.max_tables = budget.max_columns = budget.max_values = -1;
  const auto linked = music_linker()->link("five singers", budget);
  EXPECT_THAT(linked.tables, IsEmpty());
  EXPECT_THAT(linked.columns, IsEmpty());
  EXPECT_THAT(linked.values, IsEmpty());
}

}  // namespace
}  // namespace idi::link
