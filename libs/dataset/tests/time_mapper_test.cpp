// Gold days → the question's own times.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/dataset/example_builder.hpp"
#include "idi/link/value_index.hpp"

namespace idi::dataset {
namespace {

using testing::HasSubstr;

Schema visits() {
  Schema schema;
  schema.name = "visits";
  Table table{"visit", "visit", TableKind::table, {}, {}, {}};
  for (const auto& [name, type] :
       {std::pair{"city", ColumnType::text}, {"seen_on", ColumnType::time}}) {
    Column column;
    column.name = name;
    column.natural_name = natural_name_of(name);
    column.type = type;
    column.declared_type = type == ColumnType::time ? "DATE" : "TEXT";
    table.columns.push_back(column);
  }
  schema.tables = {table};
  return schema;
}

class TimeMapper : public testing::Test {
 protected:
  /// Tokens of the condition; with the text of the candidate for its number.
  std::string condition(std::string_view question, const std::string& where) {
    const auto built = build_example(question, "SELECT count(*) FROM visit WHERE " + where,
                                     *linker_, parser::Vocabulary("<unknown>\n"));
    if (!built) return std::string(skip_reason_name(built.error().reason));
    std::string text;
    for (const ir::Token& token : built->tokens) {
      if (!text.empty()) text += ' ';
      text += token.kind == ir::Token::Kind::value
                  ? built->linked.values[static_cast<std::size_t>(token.index)].text
                  : ir::to_text({token}, linker_->schema());
    }
    return text;
  }
  std::shared_ptr<const link::Linker> linker_ =
      link::Linker::make(visits(), link::ValueIndex::empty(), link::WordNet::none(),
                         *temporal::Calendar::fixed("2024-06-15"));
};

TEST_F(TimeMapper, TwoBoundsAreOneTime) {
  EXPECT_THAT(condition("How many visits last month?",
                        "seen_on >= '2024-05-01' AND seen_on < '2024-06-01'"),
              HasSubstr("seen_on = 2024-05 end"));
  EXPECT_THAT(condition("Visits in Q3 2023", "seen_on >= '2023-07-01' AND seen_on < '2023-10-01'"),
              HasSubstr("seen_on = 2023-07-01/2023-10-01 end"));
  EXPECT_THAT(condition("Visits yesterday", "seen_on < '2024-06-15' AND seen_on >= '2024-06-14'"),
              HasSubstr("seen_on = 2024-06-14 end"));
}

TEST_F(TimeMapper, OneBoundIsBeforeAfterOrSince) {
  EXPECT_THAT(condition("Visits since March 2023", "seen_on >= '2023-03-01'"),
              HasSubstr("seen_on >= 2023-03 end"));
  EXPECT_THAT(condition("Visits before March 2023", "seen_on < '2023-03-01'"),
              HasSubstr("seen_on < 2023-03 end"));
  EXPECT_THAT(condition("Visits after March 2023", "seen_on >= '2023-04-01'"),
              HasSubstr("seen_on > 2023-03 end"));
  EXPECT_THAT(condition("Visits up to March 2023", "seen_on < '2023-04-01'"),
              HasSubstr("seen_on <= 2023-03 end"));
}

TEST_F(TimeMapper, OtherConditionsStay) {
  EXPECT_THAT(condition("Visits in March 2023 without a city",
                        "seen_on >= '2023-03-01' AND city IS NULL AND seen_on < '2023-04-01'"),
              testing::AllOf(HasSubstr("seen_on = 2023-03"), HasSubstr("city"), HasSubstr("and")));
}

TEST_F(TimeMapper, DaysThatNobodySaidAreNoGuess) {
  EXPECT_EQ(condition("How many visits?", "seen_on >= '2024-05-01'"), "value not in question");
  EXPECT_EQ(condition("How many visits last month?", "seen_on >= '2021-05-01'"),
            "value not in question");
}

}  // namespace
}  // namespace idi::dataset
