#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>
#include <optional>

#include "idi/core/text.hpp"
#include "idi/table_file/csv.hpp"
#include "written.hpp"

namespace idi::table_file {
namespace {

using std::string_literals::operator""s;

const std::vector<Row> every_type{
    {std::int64_t{-5}, 0.5, "plain"s},
    {Null{}, -1e300, ""s},
    {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<double>::infinity(),
     "two\nlines, \"quoted\""s},
    {std::int64_t{9'007'199'254'740'993}, std::nan(""), Blob{"\x00\xff"s}},
};

TEST(Csv, GoldenBytes) {
  EXPECT_EQ(written(Format::csv, {"n", "with, comma", ""}, every_type),
            "n,\"with, comma\",\"\"\r\n"
            "-5,0.5,plain\r\n"
            ",-1e+300,\"\"\r\n"
            "-9223372036854775808,inf,\"two\nlines, \"\"quoted\"\"\"\r\n"
            "9007199254740993,nan,00ff\r\n");
  EXPECT_EQ(written(Format::csv, {"a"}, {}), "a\r\n");
  EXPECT_EQ(written(Format::csv, {}, {}), "\r\n");
}

TEST(Json, GoldenBytes) {
  EXPECT_EQ(written(Format::json, {"n", "d", "t"}, every_type),
            "[\n"
            R"({"n":-5,"d":0.5,"t":"plain"},)"
            "\n"
            R"({"n":null,"d":-1e+300,"t":""},)"
            "\n"
            R"({"n":-9223372036854775808,"d":null,"t":"two\u000alines, \"quoted\""},)"
            "\n"
            R"({"n":9007199254740993,"d":null,"t":"AP8="})"
            "\n]\n");
  EXPECT_EQ(written(Format::json, {"a"}, {}), "[\n]\n");
}

TEST(Json, NamesAreMadeUnique) {
  const Row row{std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4},
                std::int64_t{5}};
  EXPECT_EQ(written(Format::json, {"n", "n", "n_2", "n", "n_2"}, {row}),
            "[\n{\"n\":1,\"n_3\":2,\"n_2\":3,\"n_4\":4,\"n_2_2\":5}\n]\n");
}

TEST(Json, HostileTextIsText) {
  EXPECT_EQ(written(Format::json, {"</script>\"\\"}, {{"\x01\x7f\xff\u2028"s}}),
            "[\n{\"</script>\\\"\\\\\":\"\\u0001\\u007f\uFFFD\u2028\"}\n]\n");
}

TEST(Csv, FormulasStayText) {
  for (const std::string text :
       {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uFF1D1",
        "-", "+", "--1", "-1e", "-1 2", "=", "-.", " -1"}) {
    const std::string cell = csv_text(text, CsvReader::for_people);
    EXPECT_THAT(cell, testing::AnyOf(testing::StartsWith("'"), testing::StartsWith("\"'"))) << text;
    EXPECT_EQ(csv_text(text, CsvReader::for_programs).find('\''),
              text.find('\'') == text.npos ? std::string::npos : text.find('\''))
        << text;
  }
}

TEST(Csv, NumbersAndOrdinaryTextStayAsTheyAre) {
  for (const std::string text : {"-1", "+1", "-1.5", "+.5", "-5.", "-1e-7", "-1E+9", "a=b", "a-b",
                                 "1+1", "it's", "'", " ", "x@y"}) {
    EXPECT_EQ(csv_text(text, CsvReader::for_people), text);
  }
  EXPECT_EQ(csv_cell(Value(std::int64_t{-1}), CsvReader::for_people), "-1");
  EXPECT_EQ(csv_cell(Value(-0.5), CsvReader::for_people), "-0.5");
}

/// A strict reader of RFC 4180: quotes only around a whole field, CRLF after every line.
/// nullopt cells were empty and unquoted.
using Line = std::vector<std::optional<std::string>>;
std::optional<std::vector<Line>> parse_csv(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    Line line;
    for (;;) {
      if (text.starts_with('"')) {
        std::string field;
        for (text.remove_prefix(1);; text.remove_prefix(1)) {
          if (text.empty()) return std::nullopt;
          if (text[0] == '"') {
            text.remove_prefix(1);
            if (!text.starts_with('"')) break;
          }
          field += text[0];
        }
        line.emplace_back(std::move(field));
      } else {
        const auto end = text.find_first_of(",\"\r\n");
        if (end == std::string_view::npos) return std::nullopt;
        line.push_back(end == 0 ? std::nullopt : std::optional(std::string(text.substr(0, end))));
        text.remove_prefix(end);
      }
      if (text.starts_with(',')) {
        text.remove_prefix(1);
        continue;
      }
      if (!text.starts_with("\r\n")) return std::nullopt;
      text.remove_prefix(2);
      break;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

rc::Gen<std::string> hostile_text() {
  return rc::gen::mapcat(rc::gen::inRange(0, 12), [](int size) {
    return rc::gen::container<std::string>(
        static_cast<std::size_t>(size),
        rc::gen::elementOf(std::string("ab\",;\r\n\t'=+-@. 019e\xC3\xA4\0", 22)));
  });
}

TEST(Csv, AnyTableReadsBackTheSame) {
  EXPECT_TRUE(rc::check([] {
    const auto width = *rc::gen::inRange<std::size_t>(1, 5);
    const auto texts = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::container<std::vector<std::string>>(width, hostile_text()));
    std::vector<Row> rows;
    for (const auto& line : texts) {
      Row row;
      for (const std::string& text : line) {
        if (text == "a") {
          row.emplace_back(Null{});
        } else {
          row.emplace_back(text);
        }
      }
      rows.push_back(std::move(row));
    }
    const auto parsed =
        parse_csv(written(Format::csv, std::vector<std::string>(width, "name"), rows));
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->size() == rows.size() + 1);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Line& line = (*parsed)[r + 1];
      RC_ASSERT(line.size() == width);
      for (std::size_t c = 0; c < width; ++c) {
        if (std::holds_alternative<Null>(rows[r][c])) {
          RC_ASSERT(!line[c].has_value());
          continue;
        }
        const std::string& text = std::get<std::string>(rows[r][c]);
        RC_ASSERT(line[c] == (looks_like_formula(text) ? "'" + text : text));
      }
    }
  }));
}

TEST(TextFormats, ComeInPiecesAndStop) {
  for (const Format format : {Format::csv, Format::json}) {
    int pieces = 0;
    std::size_t largest = 0;
    const auto writer = make_table_writer(format, [&](std::string piece) {
      largest = std::max(largest, piece.size());
      return ++pieces < 3;
    });
    ASSERT_TRUE(writer->begin({"text"}));
    Status status;
    int rows = 0;
    while (status && ++rows < 10'000) status = writer->add({std::string(1'000, 'x')});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::cancelled);
    EXPECT_EQ(pieces, 3);
    EXPECT_LT(rows, 300);
    EXPECT_LT(largest, 70'000U);
  }
}

TEST(Formats, HaveNamesTypesAndExtensions) {
  EXPECT_EQ(format_from_name("csv"), Format::csv);
  EXPECT_EQ(format_from_name("xlsx"), Format::xlsx);
  EXPECT_EQ(format_from_name("CSV"), std::nullopt);
  EXPECT_EQ(format_from_name(""), std::nullopt);
  EXPECT_THAT(std::string(content_type_of(Format::csv)), testing::StartsWith("text/csv"));
  EXPECT_EQ(content_type_of(Format::json), "application/json");
  EXPECT_EQ(extension_of(Format::json), "json");
}

}  // namespace
}  // namespace idi::table_file
