#include "formats.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "exit_codes.hpp"
#include "json_writer.hpp"
#include "output.hpp"

namespace idi::cli {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

TEST(JsonWriter, QuotesAndNests) {
  JsonWriter json;
  json.begin_object().key("a\"b").text("line\nend\x01").key("list").begin_array(true);
  json.integer(std::numeric_limits<std::int64_t>::min()).boolean(true).null().end_array();
  json.key("empty").begin_array().end_array().end_object();
  EXPECT_EQ(json.take(),
            "{\n  \"a\\\"b\": \"line\\nend\\u0001\",\n  \"list\": [-9223372036854775808, true, "
            "null],\n  \"empty\": []\n}\n");
}

TEST(JsonWriter, WritesCells) {
  JsonWriter json;
  json.begin_array(true);
  json.value(Null{}).value(std::int64_t{7}).value(0.1).value(std::nan("")).value("ü"s);
  json.value(Blob{"\x00\xff\x10z"s}).value("bad \xff byte"s);
  EXPECT_EQ(json.end_array().take(),
            "[null, 7, 0.1, null, \"ü\", {\"base64\": \"AP8Qeg==\"}, \"bad \xEF\xBF\xBD byte\"]\n");
}

TEST(Csv, QuotesWhatMustBe) {
  ResultTable table;
  table.columns = {"name", "with, comma"};
  table.rows = {{"plain"s, std::int64_t{1}},
                {"say \"hi\""s, 2.5},
                {""s, Null{}},
                {"two\nlines"s, Blob{"\x0a\xff"s}}};
  EXPECT_EQ(table_as_csv(table),
            "name,\"with, comma\"\r\nplain,1\r\n\"say \"\"hi\"\"\",2.5\r\n\"\",\r\n\"two\nlines\","
            "0aff\r\n");
}

TEST(ErrorAsJson, NamesTheExitCode) {
  const auto text = error_as_json(make_error(ErrorCode::refused, "no", "ask"));
  EXPECT_THAT(text, HasSubstr("\"code\": \"refused\""));
  EXPECT_THAT(text, HasSubstr("\"exit_code\": 3"));
}

TEST(ExitCodes, EveryErrorHasOneThatIsNotSuccess) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    EXPECT_NE(exit_code_of(static_cast<ErrorCode>(code)), exit_ok);
  }
  EXPECT_EQ(exit_code_of(ErrorCode::cancelled), 130);
  EXPECT_EQ(exit_code_of(ErrorCode::timeout), 4);
}

TEST(SafeForTerminal, ShowsWhatWouldCommandIt) {
  EXPECT_EQ(safe_for_terminal("a\x1b[2Jb", false), "a\\x1b[2Jb");
  EXPECT_EQ(safe_for_terminal("a\u009bb", false), "a\\x9bb");
  EXPECT_EQ(safe_for_terminal("a\u202eb\u2066c", false), "a\\u202eb\\u2066c");
  EXPECT_EQ(safe_for_terminal("a\nb\tc", false), "a\nb\tc");
  EXPECT_EQ(safe_for_terminal("a\nb\tc", true), "a⏎b⇥c");
  EXPECT_EQ(safe_for_terminal("näïve 日本 — 🛒", true), "näïve 日本 — 🛒");
}

}  // namespace
}  // namespace idi::cli
