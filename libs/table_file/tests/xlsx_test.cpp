#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "written.hpp"
#include "xlsx_cell.hpp"
#include "xlsx_check.hpp"

namespace idi::table_file {
namespace {

using std::string_literals::operator""s;
using testing::HasSubstr;
using testing::Not;

/// A TMPDIR of the test's own, so that what is left there is seen.
class Xlsx : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = (std::filesystem::temp_directory_path() / "idi-xlsx-XXXXXX").string();
    ASSERT_NE(::mkdtemp(path.data()), nullptr);
    folder_ = path;
    const char* before = std::getenv("TMPDIR");
    if (before != nullptr) before_ = before;
    ::setenv("TMPDIR", (folder_ / "tmp").c_str(), 1);
    std::filesystem::create_directory(folder_ / "tmp");
  }
  void TearDown() override {
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "tmp")) << "temporary files are left";
    if (before_) {
      ::setenv("TMPDIR", before_->c_str(), 1);
    } else {
      ::unsetenv("TMPDIR");
    }
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path saved(const std::string& bytes) {
    const auto path = folder_ / "table.xlsx";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  /// A part of the archive, by the system's own unzip.
  std::string part(const std::string& bytes, const std::string& name) {
    const std::string command = "unzip -p '" + saved(bytes).string() + "' '" + name + "'";
    FILE* pipe = ::popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::string text;
    std::array<char, 4096> buffer{};
    for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
      text.append(buffer.data(), size);
    }
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return text;
  }
  std::string sheet(const std::vector<std::string>& columns, const std::vector<Row>& rows) {
    return part(written(Format::xlsx, columns, rows), "xl/worksheets/sheet1.xml");
  }

  std::filesystem::path folder_;
  std::optional<std::string> before_;
};

TEST_F(Xlsx, IsAWholeArchive) {
  const auto path = saved(written(Format::xlsx, {"a"}, {{std::int64_t{1}}}));
  EXPECT_EQ(std::system(("unzip -tq '" + path.string() + "' >/dev/null").c_str()), 0);
  EXPECT_TRUE(is_whole_xlsx(path));
  const std::string bytes = written(Format::xlsx, {"a"}, {{std::int64_t{1}}});
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    EXPECT_FALSE(is_whole_xlsx(saved(bytes.substr(0, size)))) << size;
  }
  EXPECT_FALSE(is_whole_xlsx(folder_ / "absent"));
}

TEST_F(Xlsx, CellsHaveTheirTypes) {
  const std::string xml =
      sheet({"n", "d", "t", "b"},
            {{std::int64_t{-5}, 0.25, "plain"s, Blob{"\x0a\xff"s}},
             {Null{}, std::numeric_limits<double>::infinity(), "2024-02-29"s, Null{}},
             {std::int64_t{999'999'999'999'999}, -1e300, "2024-02-29 13:05:59"s, Null{}},
             {std::int64_t{1'000'000'000'000'000}, std::nan(""), "=1+1"s, Null{}}});
  EXPECT_THAT(xml, HasSubstr("<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>n</t></is></c>"));
  EXPECT_THAT(xml, HasSubstr("<c r=\"A2\"><v>-5</v></c>"));
  EXPECT_THAT(xml, HasSubstr("<c r=\"B2\"><v>0.25</v></c>"));
  EXPECT_THAT(xml, HasSubstr("<c r=\"C2\" t=\"inlineStr\"><is><t>plain</t></is></c>"));
  EXPECT_THAT(xml, HasSubstr("<t>0aff</t>"));
  EXPECT_THAT(xml, Not(HasSubstr("r=\"A3\"")));
  EXPECT_THAT(xml, HasSubstr("<c r=\"B3\" t=\"inlineStr\"><is><t>inf</t></is></c>"));
  // 2024-02-29 is day 45351 of a spreadsheet.
  EXPECT_THAT(xml, HasSubstr("<c r=\"C3\" s=\"2\"><v>45351</v></c>"));
  EXPECT_THAT(xml, HasSubstr("<c r=\"A4\"><v>999999999999999</v></c>"));
  EXPECT_THAT(xml, HasSubstr("<c r=\"C4\" s=\"3\"><v>45351.54"));
  EXPECT_THAT(xml, HasSubstr("<t>1000000000000000</t>"));
  EXPECT_THAT(xml, HasSubstr("<c r=\"C5\" t=\"inlineStr\"><is><t>=1+1</t></is></c>"));
  EXPECT_THAT(xml, Not(HasSubstr("<f>")));
  EXPECT_THAT(xml, HasSubstr("state=\"frozen\""));
}

TEST_F(Xlsx, HostileTextIsText) {
  const std::string xml =
      sheet({"<script>", "=cmd()"},
            {{"</t></is><f>1</f>&\"'"s, "a\0b\x01\r\n_x000D_\uFFFF\xff"s}, {" blanks "s, "@x"s}});
  EXPECT_THAT(xml, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(xml, HasSubstr("&lt;/t&gt;&lt;/is&gt;&lt;f&gt;1&lt;/f&gt;&amp;"));
  EXPECT_THAT(xml, HasSubstr("a\uFFFDb_x0001__x000D_\n_x005F_x000D_\uFFFD\uFFFD<"));
  EXPECT_THAT(xml, HasSubstr("<t xml:space=\"preserve\"> blanks </t>"));
}

TEST_F(Xlsx, WidthsFollowTheFirstRows) {
  const std::string xml = sheet(
      {"n", "text", "long"}, {{std::int64_t{1}, "twenty characters..."s, std::string(500, 'x')}});
  EXPECT_THAT(xml, HasSubstr("min=\"1\" max=\"1\" width=\"10.7"));
  EXPECT_THAT(xml, HasSubstr("min=\"2\" max=\"2\" width=\"22.7"));
  EXPECT_THAT(xml, HasSubstr("min=\"3\" max=\"3\" width=\"62.7"));
}

TEST_F(Xlsx, LongTextIsCutWithANote) {
  const std::string xml =
      sheet({"t"}, {{std::string(max_xlsx_text_units, 'x')}, {std::string(1'000'000, 'y')}});
  EXPECT_THAT(xml, HasSubstr("<t>" + std::string(max_xlsx_text_units, 'x') + "</t>"));
  EXPECT_THAT(xml,
              HasSubstr("<t>" + std::string(max_xlsx_text_units - 7, 'y') + "\u2026 [cut]</t>"));
}

TEST_F(Xlsx, LimitsAreErrors) {
  const auto writer = make_table_writer(Format::xlsx, [](std::string) { return true; });
  EXPECT_EQ(writer->begin(std::vector<std::string>(max_xlsx_columns + 1)).error().code,
            ErrorCode::limit_exceeded);
  EXPECT_EQ(written(Format::xlsx, std::vector<std::string>(max_xlsx_columns, "c"), {}).substr(0, 2),
            "PK");
}

TEST_F(Xlsx, OneRowTooMuchIsAnError) {
  const auto writer = make_table_writer(Format::xlsx, [](std::string) { return true; });
  ASSERT_TRUE(writer->begin({"a"}));
  const Row row{std::int64_t{1}};
  for (std::int64_t i = 0; i < max_xlsx_rows; ++i) ASSERT_TRUE(writer->add(row));
  EXPECT_EQ(writer->add(row).error().code, ErrorCode::limit_exceeded);
}

TEST_F(Xlsx, StopsWhenTheSinkSaysSo) {
  int pieces = 0;
  const auto writer = make_table_writer(Format::xlsx, [&](std::string) { return ++pieces < 2; });
  ASSERT_TRUE(writer->begin({"a", "b"}));
  for (int i = 0; i < 50'000; ++i) {
    ASSERT_TRUE(writer->add({std::int64_t{i} * 7'919 % 1'000'003, std::to_string(i * 31)}));
  }
  EXPECT_EQ(writer->finish().error().code, ErrorCode::cancelled);
  EXPECT_EQ(pieces, 2);
}

TEST_F(Xlsx, LeavesNothingWhenItIsNotFinished) {
  const auto writer = make_table_writer(Format::xlsx, [](std::string) { return true; });
  ASSERT_TRUE(writer->begin({"a"}));
  ASSERT_TRUE(writer->add({std::int64_t{1}}));
}

TEST_F(Xlsx, NoPlaceForTheTemporaryFileIsAnError) {
  ::setenv("TMPDIR", (folder_ / "absent").c_str(), 1);
  const auto writer = make_table_writer(Format::xlsx, [](std::string) { return true; });
  EXPECT_EQ(writer->begin({"a"}).error().code, ErrorCode::io_failed);
}

// A full disk, as a limit on the size of files: whichever of the temporary files meets it, there is
// an error or the whole table.
TEST_F(Xlsx, AFullDiskIsAnErrorAndNeverHalfATable) {
  const auto write_all = [](std::string& bytes) -> Status {
    const auto writer = make_table_writer(Format::xlsx, [&](std::string piece) {
      bytes += piece;
      return true;
    });
    IDI_CHECK(writer->begin({"a", "b"}));
    for (int i = 0; i < 3'000; ++i) {
      IDI_CHECK(writer->add({std::int64_t{i} * 7'919 % 1'000'003, std::to_string(i * 31)}));
    }
    return writer->finish();
  };
  std::string whole;
  ASSERT_TRUE(write_all(whole));
  const auto sheet_bytes =
      static_cast<std::int64_t>(part(whole, "xl/worksheets/sheet1.xml").size());

  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto* const handler = ::signal(SIGXFSZ, SIG_IGN);
  int errors = 0;
  int successes = 0;
  for (const std::int64_t bytes :
       {std::int64_t{0}, std::int64_t{1'000}, static_cast<std::int64_t>(whole.size()) - 1,
        sheet_bytes / 2, sheet_bytes - 400, sheet_bytes - 100, sheet_bytes - 1, sheet_bytes}) {
    rlimit limit = before;
    limit.rlim_cur = static_cast<rlim_t>(bytes);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::string out;
    const Status status = write_all(out);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    if (status) {
      ++successes;
      EXPECT_EQ(part(out, "xl/worksheets/sheet1.xml").size(), sheet_bytes) << bytes;
    } else {
      ++errors;
      EXPECT_EQ(status.error().code, ErrorCode::io_failed) << bytes;
      EXPECT_EQ(out, "") << bytes;
    }
  }
  ::signal(SIGXFSZ, handler);
  EXPECT_EQ(errors, 7);
  EXPECT_EQ(successes, 1);
}

TEST(XlsxTime, KnowsTheCalendar) {
  EXPECT_TRUE(xlsx_time("2024-02-29"));
  EXPECT_TRUE(xlsx_time("2000-02-29T23:59:59"));
  EXPECT_TRUE(xlsx_time("9999-12-31 00:00"));
  EXPECT_TRUE(xlsx_time("1900-03-01"));
  for (const char* text :
       {"", "2023-02-29", "1900-02-28", "1899-12-31", "2024-13-01", "2024-00-01", "2024-01-00",
        "2024-1-1", "2024-01-01 24:00", "2024-01-01 00:60", "2024-01-01 00:00:60", "2024-01-01 ",
        "2024-01-01 1", "2024-01-01x00:00", "2024-01-01 00:00:00.5", "2024-01-01 00:00Z",
        "20240101", "2024-01-010"}) {
    EXPECT_FALSE(xlsx_time(text)) << text;
  }
}

}  // namespace
}  // namespace idi::table_file
