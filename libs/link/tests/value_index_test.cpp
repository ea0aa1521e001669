#include "idi/link/value_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "fake_database.hpp"
#include "value_file.hpp"

namespace idi::link {
namespace {

using link::testing::column;
using link::testing::FakeDatabase;
using link::testing::table;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr ColumnRef name_column{0, 0};
constexpr ColumnRef country_column{0, 1};
constexpr ColumnRef code_column{1, 0};

FakeDatabase::Cells sample_cells() {
  return {{name_column, {"Anna Bell", "Bob", "O'Brien", "C++", "Café Noir"}},
          {country_column, {"France", "USA", "United Kingdom"}},
          {code_column, {" APG", "JFK", "france"}}};
}

Schema sample_schema() {
  Schema schema;
  schema.tables = {table("singer", {column("name"), column("country")}),
                   table("airport", {column("code"), column("size", ColumnType::number)})};
  return schema;
}

std::vector<std::string> cells(const std::vector<CellHit>& hits) {
  std::vector<std::string> result;
  for (const CellHit& hit : hits) result.push_back(hit.cell);
  return result;
}

class ValueIndexTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::path(::testing::TempDir()) / ("idi_values_" + std::string(info->name()));
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(folder_, ignored);
  }
  std::shared_ptr<const ValueIndex> open(const ValueIndexLimits& limits = {}) {
    auto index = ValueIndex::open_or_build(database_, schema_, folder_, limits, {});
    EXPECT_TRUE(index) << index.error().to_text();
    return index ? *index : ValueIndex::empty();
  }
  [[nodiscard]] std::filesystem::path only_file() const {
    std::vector<std::filesystem::path> files;
    for (const auto& each : std::filesystem::directory_iterator(folder_)) files.push_back(each);
    EXPECT_THAT(files, SizeIs(1));
    return files.empty() ? folder_ : files.front();
  }

  FakeDatabase database_{sample_cells()};
  Schema schema_ = sample_schema();
  std::filesystem::path folder_;
};

TEST_F(ValueIndexTest, FindsWholeCellsFolded) {
  const auto index = open();
  EXPECT_THAT(cells(index->lookup("anna BELL", 10)), ElementsAre("Anna Bell"));
  EXPECT_THAT(cells(index->lookup("cafe noir", 10)), ElementsAre("Café Noir"));
  EXPECT_THAT(cells(index->lookup("apg", 10)), ElementsAre(" APG"));
  EXPECT_THAT(cells(index->lookup("c++", 10)), ElementsAre("C++"));
  EXPECT_THAT(index->lookup("anna", 10), IsEmpty());
  EXPECT_THAT(index->lookup("", 10), IsEmpty());
  EXPECT_THAT(index->lookup("anna bell", 0), IsEmpty());
}

TEST_F(ValueIndexTest, PutsTheSameSpellingFirst) {
  const auto index = open();
  EXPECT_THAT(cells(index->lookup("france", 10)), ElementsAre("france", "France"));
  EXPECT_THAT(cells(index->lookup("France", 10)), ElementsAre("France", "france"));
  EXPECT_THAT(cells(index->lookup("France", 1)), ElementsAre("France"));
}

TEST_F(ValueIndexTest, FallsBackToStems) {
  const auto index = open();
  EXPECT_THAT(cells(index->lookup("bobs", 10)), ElementsAre("Bob"));
  EXPECT_THAT(cells(index->lookup("united kingdoms", 10)), ElementsAre("United Kingdom"));
}

TEST_F(ValueIndexTest, FindsWordsInCells) {
  const auto index = open();
  const auto hits = index->lookup_word("kingdom", 10);
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].column, country_column);
  EXPECT_THAT(index->lookup_word("France", 10), SizeIs(2));
  EXPECT_THAT(index->lookup_word("anna bell", 10), IsEmpty());  // not one word
}

TEST_F(ValueIndexTest, ListsCells) {
  const auto index = open();
  EXPECT_THAT(index->cells(country_column, 2), ElementsAre("France", "USA"));
  EXPECT_THAT(index->cells({7, 7}, 10), IsEmpty());
  EXPECT_THAT(index->cells({-1, -1}, 10), IsEmpty());
}

TEST_F(ValueIndexTest, FindsTheClosestCell) {
  const auto index = open();
  EXPECT_EQ(index->closest_cell(country_column, "french"), "France");
  EXPECT_EQ(index->closest_cell(country_column, "the United States"), "USA");
  EXPECT_EQ(index->closest_cell({9, 9}, "french"), std::nullopt);
}

TEST_F(ValueIndexTest, FindsTheClosestCellOfALongColumn) {
  std::vector<std::string> names{"Brittany Harris", "London Gatwick", "France"};
  for (int i = 0; i < 5000; ++i) names.push_back("row " + std::to_string(i));
  FakeDatabase large({{name_column, names}});
  const auto opened = ValueIndex::open_or_build(large, schema_, {}, {}, {});
  ASSERT_TRUE(opened);
  const auto& index = **opened;
  EXPECT_EQ(index.closest_cell(name_column, "britanny harris"), "Brittany Harris");
  EXPECT_EQ(index.closest_cell(name_column, "Gatwick"), "London Gatwick");
  EXPECT_EQ(index.closest_cell(name_column, "French"), "France");
  EXPECT_EQ(index.closest_cell(name_column, "Row 17"), "row 17");
  EXPECT_EQ(index.closest_cell(name_column, "row"), std::nullopt);
  EXPECT_EQ(index.closest_cell(name_column, "banana"), std::nullopt);
}

TEST_F(ValueIndexTest, SkipsNumberColumnsUnlessSamplesAreText) {
  open();
  EXPECT_EQ(database_.reads, 3);
  schema_.tables[1].columns[1].sample_values = {"12", "n/a"};
  database_.state = "another";
  open();
  EXPECT_EQ(database_.reads, 7);
}

TEST_F(ValueIndexTest, IsReadFromDiskTheSecondTime) {
  open();
  const auto again = open();
  EXPECT_EQ(database_.reads, 3);
  EXPECT_THAT(cells(again->lookup("usa", 10)), ElementsAre("USA"));
}

TEST_F(ValueIndexTest, IsRebuiltWhenTheDataChanges) {
  open();
  database_.state = "second";
  open();
  EXPECT_EQ(database_.reads, 6);
}

TEST_F(ValueIndexTest, IsRebuiltWhenColumnsMoveOrLimitsChange) {
  open();
  std::swap(schema_.tables[0].columns[0], schema_.tables[0].columns[1]);
  open();
  EXPECT_EQ(database_.reads, 6);
  ValueIndexLimits limits;
  limits.max_values_per_column = 2;
  open(limits);
  EXPECT_EQ(database_.reads, 9);
}

TEST_F(ValueIndexTest, DamagedFilesAreRebuilt) {
  open();
  const auto file = only_file();
  const auto size = std::filesystem::file_size(file);
  int expected = database_.reads;
  for (const auto cut : {std::uintmax_t{0}, std::uintmax_t{7}, size / 2, size - 1}) {
    std::filesystem::resize_file(file, cut);
    EXPECT_THAT(cells(open()->lookup("usa", 10)), ElementsAre("USA"));
    EXPECT_EQ(database_.reads, expected += 3) << "cut at " << cut;
  }
  for (const auto at : {std::uintmax_t{0}, std::uintmax_t{8}, std::uintmax_t{30}, size - 4}) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put('\x7f');
    stream.close();
    EXPECT_THAT(cells(open()->lookup("usa", 10)), ElementsAre("USA"));
    EXPECT_EQ(database_.reads, expected += 3) << "changed at " << at;
  }
}

TEST_F(ValueIndexTest, UnwritableFolderIsOnlyAWarning) {
  std::ofstream(folder_) << "a file where the folder should be";
  EXPECT_THAT(cells(open()->lookup("usa", 10)), ElementsAre("USA"));
  std::filesystem::remove(folder_);
}

TEST_F(ValueIndexTest, EmptyPathKeepsItInMemory) {
  const auto index = ValueIndex::open_or_build(database_, schema_, {}, {}, {});
  ASSERT_TRUE(index);
  EXPECT_THAT(cells((*index)->lookup("usa", 10)), ElementsAre("USA"));
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(ValueIndexTest, LimitsAreKept) {
  ValueIndexLimits limits;
  limits.max_values = 4;
  limits.max_values_per_column = 3;
  const auto index = open(limits);
  EXPECT_THAT(index->cells(name_column, 100), SizeIs(3));
  EXPECT_THAT(index->cells(country_column, 100), SizeIs(1));
  EXPECT_THAT(index->cells(code_column, 100), IsEmpty());
}

TEST_F(ValueIndexTest, AnIncompleteIndexIsNotKept) {
  database_.broken = country_column;
  const auto index = open();
  EXPECT_THAT(cells(index->lookup("bob", 10)), ElementsAre("Bob"));
  EXPECT_THAT(index->lookup("usa", 10), IsEmpty());
  database_.broken = {};
  EXPECT_THAT(cells(open()->lookup("usa", 10)), ElementsAre("USA"));
}

TEST_F(ValueIndexTest, CanBeCancelled) {
  std::stop_source source;
  source.request_stop();
  const auto index = ValueIndex::open_or_build(database_, schema_, {}, {}, source.get_token());
  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().code, ErrorCode::cancelled);
}

TEST_F(ValueIndexTest, OldCacheFilesGo) {
  for (int i = 0; i < 80; ++i) {
    database_.state = std::to_string(i);
    open();
  }
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_LE(files, 64U);
}

TEST_F(ValueIndexTest, HostileCellsDoNoHarm) {
  FakeDatabase hostile({{name_column,
                         {"", " ", "'; DROP TABLE x; --", std::string(5000, 'x'), "\xFF\xFE",
                          "a\0b", "-", "%", "日本", std::string("\n\t")}}});
  const auto index = ValueIndex::open_or_build(hostile, schema_, {}, {}, {});
  ASSERT_TRUE(index);
  EXPECT_THAT(cells((*index)->lookup("日本", 5)), ElementsAre("日本"));
  (*index)->closest_cell(name_column, "\xFF");
  (*index)->closest_cell(name_column, "");
  EXPECT_THAT((*index)->cells(name_column, 100), SizeIs(9));  // the long one is left out
}

TEST(EmptyValueIndex, HoldsNothing) {
  const auto index = ValueIndex::empty();
  EXPECT_THAT(index->lookup("a", 10), IsEmpty());
  EXPECT_THAT(index->lookup_word("a", 10), IsEmpty());
  EXPECT_THAT(index->cells({0, 0}, 10), IsEmpty());
  EXPECT_EQ(index->closest_cell({0, 0}, "a"), std::nullopt);
}

TEST(ValueFileTest, RefusesAnotherVersion) {
  ValueFileBuilder builder;
  builder.add_column({0, 0}, {"a", "b"});
  std::string bytes = builder.build("f");
  bytes[8] = 9;
  const auto file = ValueFile::parse(bytes);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::wrong_version);
}

TEST(ValueFileTest, ChecksBehindTheChecksumCatchEveryChangedByte) {
  ValueFileBuilder builder;
  builder.add_column({0, 0}, {"anna bell", "bob"});
  builder.add_column({0, 1}, {"france", "new york"});
  const std::string good = builder.build("f");
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char change : {'\x01', '\x80', '\xff'}) {
      std::string bytes = good;
      bytes[i] = static_cast<char>(bytes[i] ^ change);
      const auto file = ValueFile::parse(bytes, false);
      if (!file) continue;
      // Accepted: every read must stay inside.
      for (std::uint32_t cell = 0; cell < file->cell_count(); ++cell) {
        EXPECT_LE(file->cell(cell).size(), bytes.size());
        EXPECT_NE(file->column_of(cell), ColumnRef{});
      }
      for (const char* key : {"anna bell", "bob", "new", "zzz", ""}) {
        for (const auto which :
             {ValueDictionary::phrases, ValueDictionary::stems, ValueDictionary::words}) {
          for (const std::uint32_t cell : file->find(which, key)) {
            EXPECT_LT(cell, file->cell_count());
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace idi::link
