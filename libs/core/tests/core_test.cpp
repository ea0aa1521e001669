#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "idi/core/base64.hpp"
#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/text.hpp"
#include "idi/core/value.hpp"

namespace idi {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return make_error(ErrorCode::invalid_argument, "odd", "give an even number");
  return number / 2;
}

Result<int> quarter(int number) {
  IDI_TRY(const int first, half(number));
  return half(first);
}

TEST(Result, CarriesValueOrError) {
  EXPECT_EQ(*quarter(8), 2);
  const auto failed = quarter(6);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(failed.error().with_context("quarter").to_text(),
            "quarter: odd\n  give an even number");
}

TEST(Deadline, PassesAndCombines) {
  EXPECT_TRUE(Deadline::after(std::chrono::milliseconds{0}).passed());
  EXPECT_FALSE(Deadline::never().passed());
  const auto soon = Deadline::after(std::chrono::hours{1});
  EXPECT_EQ(Deadline::never().at_most(soon).time_point(), soon.time_point());
}

TEST(NaturalName, SplitsIdentifiers) {
  EXPECT_EQ(natural_name_of("CamelCase"), "camel case");
  EXPECT_EQ(natural_name_of("snake_case_2"), "snake case 2");
  EXPECT_EQ(natural_name_of("HTTPServer"), "http server");
  EXPECT_EQ(natural_name_of("StuID"), "stu id");
  EXPECT_EQ(natural_name_of("order line-id"), "order line id");
  EXPECT_EQ(natural_name_of("MAKE"), "make");
  EXPECT_EQ(natural_name_of("Größe"), "grösse");
  EXPECT_EQ(natural_name_of(""), "");
}

TEST(ColumnTypes, FollowDeclaredTypes) {
  EXPECT_EQ(column_type_of("VARCHAR(20)"), ColumnType::text);
  EXPECT_EQ(column_type_of("DECIMAL(10,2)"), ColumnType::number);
  EXPECT_EQ(column_type_of("datetime"), ColumnType::time);
  EXPECT_EQ(column_type_of("BOOLEAN"), ColumnType::boolean);
  EXPECT_EQ(column_type_of(""), ColumnType::other);
}

TEST(Schema, NumbersColumnsThrough) {
  Schema schema;
  schema.tables.resize(2);
  schema.tables[0].name = "a";
  schema.tables[0].columns.resize(3);
  schema.tables[1].name = "B";
  schema.tables[1].columns.resize(2);
  schema.tables[1].columns[1].name = "Total";
  for (int i = 0; i < schema.column_count(); ++i) {
    EXPECT_EQ(schema.flat_index(schema.from_flat_index(i)), i);
  }
  EXPECT_EQ(schema.find_table("b"), 1);
  EXPECT_EQ(schema.find_column(1, "TOTAL"), 1);
  EXPECT_EQ(schema.find_table("c"), std::nullopt);
}

TEST(Text, FoldsAndMeasures) {
  EXPECT_EQ(text::fold_case("ÉCOLE Straße"), "école strasse");
  EXPECT_EQ(text::display_width("日本"), 4);
  EXPECT_EQ(text::display_width("e\xCC\x81"), 1);
  EXPECT_EQ(text::trim("  a b\n"), "a b");
  EXPECT_EQ(text::join(text::split("a,,b", ','), "|"), "a||b");
}

TEST(Value, DisplaysHonestly) {
  EXPECT_EQ(to_display(Null{}), "NULL");
  EXPECT_EQ(to_display(0.1), "0.1");
  EXPECT_EQ(to_display(std::int64_t{9223372036854775807}), "9223372036854775807");
  EXPECT_EQ(to_display(Blob{"ab"}), "<2 bytes>");
}

RC_GTEST_PROP(Text, RepairedTextIsAlwaysValid, (const std::string& bytes)) {
  const std::string repaired = text::to_valid_utf8(bytes);
  RC_ASSERT(text::is_valid_utf8(repaired));
  RC_ASSERT(text::to_valid_utf8(repaired) == repaired);
  RC_ASSERT(text::is_valid_utf8(text::fold_case(bytes)));
}

// The examples of RFC 4648, section 10.
TEST(Base64, WritesWhatTheSpecificationShows) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64(std::string_view("\xff\x00", 2)), "/wA=");
}

}  // namespace
}  // namespace idi
