#include "idi/dataset/questions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace idi::dataset {
namespace {

using testing::HasSubstr;

TEST(Questions, ReadsAnArray) {
  const auto records = parse_questions(
      R"([{"db_id": "d", "question": "How many?", "query": "SELECT 1", "query_toks": ["SELECT"]},
          {"db_id": "e", "question": "Who é?", "SQL": "SELECT 2"}])",
      "q.json");
  ASSERT_TRUE(records.has_value()) << records.error().to_text();
  ASSERT_EQ(records->size(), 2U);
  EXPECT_EQ((*records)[0].db_id, "d");
  EXPECT_EQ((*records)[1].question, "Who é?");
  EXPECT_EQ((*records)[1].query, "SELECT 2");
}

TEST(Questions, ReadsLinesWithBlankOnesAndAByteOrderMark) {
  const auto records = parse_questions(
      "\xEF\xBB\xBF{\"db_id\":\"d\",\"question\":\"a\",\"query\":\"b\"}\r\n\n"
      "{\"db_id\":\"d\",\"question\":\"c\",\"query\":\"d\"}",
      "q.jsonl");
  ASSERT_TRUE(records.has_value()) << records.error().to_text();
  EXPECT_EQ(records->size(), 2U);
}

TEST(Questions, NamesTheLineThatIsNoJson) {
  const auto lines = parse_questions(
      "{\"db_id\":\"d\",\"question\":\"a\",\"query\":\"b\"}\n{\"db_id\": nonsense}\n", "q.jsonl");
  ASSERT_FALSE(lines.has_value());
  EXPECT_EQ(lines.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(lines.error().message, HasSubstr("q.jsonl, line 2"));

  const auto array = parse_questions("[\n{\"db_id\": \"d\",\n\"question\" \"a\"}]", "q.json");
  ASSERT_FALSE(array.has_value());
  EXPECT_THAT(array.error().message, HasSubstr("q.json, line 3"));
}

TEST(Questions, NamesTheRecordThatLacksAField) {
  const auto missing = parse_questions(
      R"([{"db_id":"d","question":"a","query":"b"},{"db_id":"d","question":7,"query":"b"}])",
      "q.json");
  ASSERT_FALSE(missing.has_value());
  EXPECT_THAT(missing.error().message, HasSubstr("q.json, record 2"));
  EXPECT_THAT(missing.error().message, HasSubstr("question"));
  EXPECT_FALSE(parse_questions(R"([3])", "q.json").has_value());
  EXPECT_FALSE(parse_questions(R"({"db_id":"d","question":"a"})", "q.jsonl").has_value());
}

TEST(Questions, RefusesWhatIsCutEmptyOrAbsent) {
  EXPECT_FALSE(parse_questions("", "q.json").has_value());
  EXPECT_FALSE(parse_questions("  \n", "q.json").has_value());
  EXPECT_FALSE(parse_questions(R"([{"db_id":"d","question":"a","query":"b"})", "q").has_value());
  EXPECT_FALSE(parse_questions(R"([] tail)", "q").has_value());
  const std::string deep(100'000, '[');
  EXPECT_FALSE(parse_questions(deep, "q").has_value());
  EXPECT_EQ(read_questions("no/such/file.json").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_questions(".").error().code, ErrorCode::unreadable);
}

TEST(QuestionsProperty, AnyCutOfAFileIsAnErrorOrShorter) {
  const std::string whole =
      "{\"db_id\":\"d\",\"question\":\"a\",\"query\":\"b\"}\n"
      "{\"db_id\":\"d\",\"question\":\"c\",\"query\":\"d\"}\n";
  const bool held = rc::check([&whole] {
    const auto length = *rc::gen::inRange<std::size_t>(0, whole.size() - 1);
    const auto records = parse_questions(whole.substr(0, length), "q");
    RC_ASSERT(!records.has_value() || records->size() <= 2U);
    RC_ASSERT(records.has_value() || !records.error().message.empty());
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace idi::dataset
