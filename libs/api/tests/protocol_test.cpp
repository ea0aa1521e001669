#include "query/protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <limits>
#include <set>

#include "json.hpp"
#include "message_schema.hpp"
#include "reading_json.hpp"
#include "request_body.hpp"
#include "sessions/protocol.hpp"
#include "tables/protocol.hpp"
#include "turns/protocol.hpp"
#include "visualization.hpp"

namespace idi::api {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::violations;

std::string error_of(const std::string& message) {
  const auto parsed = parse_client_message(message);
  return parsed ? "" : parsed.error().message;
}

/// "Answer.one_value.json" → "Answer".
std::string definition_of(const std::filesystem::path& example) {
  const std::string name = example.filename().string();
  return name.substr(0, name.find('.'));
}

TEST(Examples, EachHoldsItsDefinitionAndEveryMessageHasOne) {
  std::set<std::string> shown;
  for (const auto& entry : std::filesystem::directory_iterator("protocol/examples")) {
    const std::string definition = definition_of(entry.path());
    EXPECT_EQ(violations(definition, testing::whole_file(entry.path().string())), "")
        << entry.path();
    shown.insert(definition);
  }
  // What is only ever a part of others.
  const std::set<std::string> parts{"SessionId", "TurnId",    "Timestamp", "Phase",
                                    "ErrorCode", "TextRange", "Ambiguity", "FindingKind",
                                    "PartKind",  "ChartKind", "Writer",    "ColumnType"};
  for (const auto& name : testing::definition_names()) {
    EXPECT_TRUE(shown.contains(name) || parts.contains(name)) << "no example of " << name;
  }
}

TEST(Examples, AMessageThatIsWrongIsFound) {
  EXPECT_NE(violations("TokenMessage", R"({"type":"token","seq":1,"turn_id":1,"text":"a"})"), "");
  EXPECT_NE(violations("Cell", R"({"integer":"1e5"})"), "");
  EXPECT_NE(violations("Feedback", R"({"verdict":"up","stars":5})"), "");
}

TEST(Examples, TheServerReadsWhatClientsSend) {
  for (const auto& entry : std::filesystem::directory_iterator("protocol/examples")) {
    const std::string definition = definition_of(entry.path());
    const std::string text = testing::whole_file(entry.path().string());
    if (definition == "ClientMessage" || definition == "QueryMessage" ||
        definition == "RunSqlMessage" || definition == "CancelMessage" ||
        definition == "ClarifyMessage") {
      EXPECT_TRUE(parse_client_message(text)) << entry.path();
    } else if (definition == "ClarifyRequest") {
      EXPECT_TRUE(parse_clarify_request(*parse_object(text, "it"))) << entry.path();
    } else if (definition == "QueryRequest") {
      EXPECT_TRUE(parse_query_request(*parse_object(text, "it"))) << entry.path();
    } else if (definition == "SessionChange") {
      EXPECT_TRUE(session_change_from_json(*parse_object(text, "it"))) << entry.path();
    } else if (definition == "Feedback") {
      EXPECT_TRUE(feedback_from_json(*parse_object(text, "it"))) << entry.path();
    } else if (definition == "ChartChoice") {
      const auto choice = choice_from_json(*parse_object(text, "it"));
      ASSERT_TRUE(choice) << entry.path();
      EXPECT_EQ(json::parse(choice_text(*choice)), json::parse(text));
    }
  }
}

TEST(ClientMessages, AreReadWhole) {
  const auto message = parse_client_message(
      R"({"type":"query","query":"how many?","keywords":["a","b"],"standalone":true})");
  ASSERT_TRUE(message);
  const auto& query = std::get<QueryMessage>(*message);
  EXPECT_EQ(query.query, "how many?");
  EXPECT_EQ(query.keywords, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(query.standalone);
  EXPECT_TRUE(query.ask_back);
  const auto chosen = parse_client_message(
      R"({"type":"clarify","turn_id":7,"clarification":"date:orders","option":"a.b"})");
  ASSERT_TRUE(chosen);
  const auto& clarify = std::get<ClarifyMessage>(*chosen);
  EXPECT_EQ(clarify.turn_id, 7);
  EXPECT_EQ(clarify.clarification, "date:orders");
  EXPECT_EQ(clarify.option, "a.b");
}

TEST(ClientMessages, ThatAreWrongSayWhichFieldIs) {
  EXPECT_THAT(error_of("["), HasSubstr("not JSON"));
  EXPECT_THAT(error_of("[]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(error_of("{}"), HasSubstr("\"type\" is missing"));
  EXPECT_THAT(error_of(R"({"type":"drop"})"), HasSubstr("\"type\" must be"));
  EXPECT_THAT(error_of(R"({"type":7})"), HasSubstr("\"type\" must be a text"));
  EXPECT_THAT(error_of(R"({"type":"query"})"), HasSubstr("\"query\" is missing"));
  EXPECT_THAT(error_of(R"({"type":"query","query":" \n"})"), HasSubstr("\"query\" is empty"));
  EXPECT_THAT(error_of(R"({"type":"query","query":["a"]})"), HasSubstr("\"query\" must be"));
  EXPECT_THAT(error_of(R"({"type":"query","query":"a","extra":1})"), HasSubstr("\"extra\""));
  EXPECT_THAT(error_of(R"({"type":"query","query":"a","keywords":[1]})"),
              HasSubstr("\"keywords\""));
  EXPECT_THAT(error_of(R"({"type":"query","query":"a","standalone":1})"),
              HasSubstr("\"standalone\""));
  EXPECT_THAT(error_of(R"({"type":"run_sql","query":"a"})"), HasSubstr("\"sql\" is missing"));
  EXPECT_THAT(error_of(R"({"type":"cancel","why":"x"})"), HasSubstr("\"why\""));
  EXPECT_THAT(error_of(R"({"type":"query","query":"a","ask_back":"no"})"),
              HasSubstr("\"ask_back\""));
  const auto clarify = [](const std::string& fields) {
    return error_of(R"({"type":"clarify",)" + fields + "}");
  };
  EXPECT_THAT(clarify(R"("clarification":"a","option":"b")"), HasSubstr("\"turn_id\" is missing"));
  EXPECT_THAT(clarify(R"("turn_id":0,"clarification":"a","option":"b")"), HasSubstr("\"turn_id\""));
  EXPECT_THAT(clarify(R"("turn_id":"1","clarification":"a","option":"b")"),
              HasSubstr("\"turn_id\""));
  EXPECT_THAT(clarify(R"("turn_id":1,"option":"b")"), HasSubstr("\"clarification\" is missing"));
  EXPECT_THAT(clarify(R"("turn_id":1,"clarification":"a","option":"")"),
              HasSubstr("\"option\" is empty"));
  EXPECT_THAT(clarify(R"("turn_id":1,"clarification":"a","option":1)"), HasSubstr("\"option\""));
  EXPECT_THAT(clarify(R"("turn_id":1,"clarification":"a","option":"b","x":1)"), HasSubstr("\"x\""));
  EXPECT_THAT(
      clarify(R"("turn_id":1,"clarification":")" + std::string(1'001, 'a') + R"(","option":"b")"),
      HasSubstr("1000 bytes"));
  EXPECT_THAT(error_of("{\"type\":\"query\",\"query\":\"\xFF\"}"), HasSubstr("not JSON"));
  EXPECT_THAT(error_of(R"({"type":"query","query":"\ud800"})"), HasSubstr("not JSON"));
}

TEST(ClientMessages, HaveLimits) {
  const std::string long_text(max_query_bytes + 1, 'a');
  EXPECT_THAT(error_of(R"({"type":"query","query":")" + long_text + "\"}"),
              HasSubstr("4000 bytes"));
  const std::string deep(200, '[');
  EXPECT_THAT(error_of(R"({"type":"query","query":)" + deep), HasSubstr("not JSON"));
  std::string many = "[\"a\"";
  for (std::size_t i = 0; i < max_keywords; ++i) many += ",\"a\"";
  EXPECT_THAT(error_of(R"({"type":"query","query":"a","keywords":)" + many + "]}"),
              HasSubstr("at most 20"));
  const std::string name(5'000, 'n');
  EXPECT_LT(error_of(R"({"type":"cancel",")" + name + "\":1}").size(), 200U);
}

TEST(QueryRequests, AreHeldToTheirRanges) {
  const auto error = [](const std::string& text) {
    const auto request = parse_query_request(*parse_object(text, "it"));
    return request ? "" : request.error().message;
  };
  EXPECT_EQ(error(R"({"query":"a","max_rows":100000,"timeout_ms":600000})"), "");
  EXPECT_THAT(error(R"({"query":"a","max_rows":0})"), HasSubstr("\"max_rows\""));
  EXPECT_THAT(error(R"({"query":"a","max_rows":1.5})"), HasSubstr("\"max_rows\""));
  EXPECT_THAT(error(R"({"query":"a","max_rows":18446744073709551615})"), HasSubstr("\"max_rows\""));
  EXPECT_THAT(error(R"({"query":"a","timeout_ms":600001})"), HasSubstr("\"timeout_ms\""));
  EXPECT_THAT(error(R"({"query":"a","session_id":""})"), HasSubstr("\"session_id\""));
}

TEST(Forms, AreObjectsOfTexts) {
  auto form = form_object("query=How+many%3F&max_rows=7&timeout_ms=soon");
  ASSERT_TRUE(form);
  read_numbers(*form, {"max_rows", "timeout_ms"});
  EXPECT_EQ(json::serialize(*form), R"({"query":"How many?","max_rows":7,"timeout_ms":"soon"})");
  auto flags = form_object("a=true&b=false&c=yes");
  ASSERT_TRUE(flags);
  read_booleans(*flags, {"a", "b", "c", "d"});
  EXPECT_EQ(json::serialize(*flags), R"({"a":true,"b":false,"c":"yes"})");
  EXPECT_THAT(form_object("a=1&a=2").error().message, HasSubstr("twice"));
  EXPECT_FALSE(form_object("a=%zz"));
}

TEST(Cells, KeepWhatTheyAre) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::pair<Value, std::string>> cells{
      {Null{}, "null"},
      {std::int64_t{-7}, "-7"},
      {(std::int64_t{1} << 53), "9007199254740992"},
      {(std::int64_t{1} << 53) + 1, R"({"integer":"9007199254740993"})"},
      {most, R"({"integer":"9223372036854775807"})"},
      {-most - 1, R"({"integer":"-9223372036854775808"})"},
      {infinity, R"({"real":"inf"})"},
      {-infinity, R"({"real":"-inf"})"},
      {std::string("</script>\"\\\n"), R"("</script>\"\\\n")"},
      {Blob{std::string("\0\xFF\x01", 3)}, R"({"blob_bytes":3})"}};
  for (const auto& [cell, text] : cells) {
    const auto written = json::serialize(cell_json(cell));
    EXPECT_EQ(written, text);
    EXPECT_EQ(violations("Cell", written), "");
    if (!std::holds_alternative<Blob>(cell)) {
      EXPECT_EQ(cell_from_json(json::parse(written)), cell) << text;
    }
  }
  EXPECT_EQ(json::serialize(cell_json(std::numeric_limits<double>::quiet_NaN())),
            R"({"real":"nan"})");
}

TEST(Texts, NeverLeaveAsInvalidUtf8) {
  EXPECT_EQ(json::serialize(json_text("a\xFF")), "\"a\xEF\xBF\xBD\"");
  const auto error = make_error(ErrorCode::internal, "\xC3", {}, "\xED\xA0\x80");
  EXPECT_EQ(violations("Error", json::serialize(error_json(error))), "");
}

TEST(Ranges, CountWhatThePageCounts) {
  // One, one, two and two units; one, two, three and four bytes.
  const std::string text = "aé大😀b";
  const auto range = [&](std::size_t begin, std::size_t end) {
    return json::serialize(range_json(text, begin, end));
  };
  EXPECT_EQ(range(0, 1), R"({"begin":0,"end":1})");
  EXPECT_EQ(range(1, 3), R"({"begin":1,"end":2})");
  EXPECT_EQ(range(3, 6), R"({"begin":2,"end":3})");
  EXPECT_EQ(range(6, 10), R"({"begin":3,"end":5})");
  EXPECT_EQ(range(10, 11), R"({"begin":5,"end":6})");
  EXPECT_EQ(range(10, 99), R"({"begin":5,"end":6})");
  EXPECT_EQ(range(99, 1), R"({"begin":1,"end":1})");
  EXPECT_EQ(part_of(text, 3, 5), "😀");
  EXPECT_EQ(part_of(text, 1, 3), "é大");
  EXPECT_EQ(part_of(text, 5, 99), "b");
  EXPECT_EQ(part_of(text, 4, 2), "");
}

TEST(FileNames, AreSafeInEveryPart) {
  using table_file::Format;
  EXPECT_EQ(disposition_of("Sales by month", Format::csv),
            "attachment; filename=\"Sales_by_month.csv\"; filename*=UTF-8''Sales%20by%20month.csv");
  const std::string hostile =
      disposition_of("../../etc/passwd\"\r\nSet-Cookie: a=b;%2e\x01", Format::xlsx);
  EXPECT_THAT(hostile, Not(HasSubstr("\n")));
  EXPECT_THAT(hostile, Not(HasSubstr("/")));
  EXPECT_EQ(std::count(hostile.begin(), hostile.end(), '"'), 2);
  EXPECT_THAT(disposition_of("Größe – 大きさ", Format::json),
              HasSubstr("filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%93%20%E5%A4%A7"));
  EXPECT_THAT(disposition_of("?…?", Format::csv), HasSubstr(".csv\""));
  EXPECT_THAT(disposition_of("", Format::csv), HasSubstr("filename=\"table.csv\""));
  const std::string long_name = disposition_of(std::string(5'000, 'x') + "é", Format::csv);
  EXPECT_LT(long_name.size(), 300U);
}

}  // namespace
}  // namespace idi::api
