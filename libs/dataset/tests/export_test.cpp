#include "idi/dataset/export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "idi/dataset/commands.hpp"
#include "idi/dataset/vocabulary_builder.hpp"
#include "idi/model_io/example_file.hpp"

namespace idi::dataset {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::string_view tables_json = R"([{
  "db_id": "people",
  "table_names_original": ["person"], "table_names": ["person"],
  "column_names_original": [[-1, "*"], [0, "nm"], [0, "age"], [0, "town"]],
  "column_names": [[-1, "*"], [0, "name"], [0, "age"], [0, "home town"]],
  "column_types": ["text", "text", "number", "text"],
  "primary_keys": [], "foreign_keys": []}])";

class ExportTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("idi-export-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    write("tables.json", tables_json);
    std::string lines;
    for (int i = 0; i < 220; ++i) {
      lines += R"({"db_id":"people","question":"Which persons are older than )" +
               std::to_string(i + 2) + R"(?","query":"SELECT nm FROM person WHERE age > )" +
               std::to_string(i + 2) + "\"}\n";
    }
    lines += R"({"db_id":"people","question":"Who?","query":"SELECT x FROM y"})";
    write("questions.jsonl", lines);
    options_.sources = {*parse_source("train=" + (folder_ / "questions.jsonl").string())};
    options_.catalog.tables_file = folder_ / "tables.json";
    options_.out = folder_ / "train.bin";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] static std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path folder_;
  ExportOptions options_;
};

TEST_F(ExportTest, WritesAFileThatTheTrainerReads) {
  std::int64_t last_done = 0;
  const auto report = export_examples(options_,
                                      [&](const ExportProgress& progress) {
                                        EXPECT_GT(progress.done, last_done);
                                        EXPECT_EQ(progress.total, 221);
                                        last_done = progress.done;
                                      },
                                      {});
  ASSERT_TRUE(report.has_value()) << report.error().to_text();
  EXPECT_EQ(last_done, 221);
  EXPECT_EQ(report->total.questions, 221);
  EXPECT_EQ(report->total.exported, 220);
  EXPECT_EQ(report->total.pointed, 220);
  EXPECT_EQ(report->total.skipped[static_cast<std::size_t>(SkipReason::sql_rejected)], 1);

  const auto set = model_io::read_examples(options_.out.string());
  ASSERT_EQ(set.examples.size(), 220U);
  EXPECT_EQ(set.header.at("sources"), "train");
  EXPECT_EQ(set.header.at("databases"), "people");
  EXPECT_EQ(set.header.at("relation_count"), std::to_string(parser::relation_count));
  const parser::Vocabulary vocabulary(set.header.at("vocabulary"));
  EXPECT_GT(vocabulary.id("older"), 0);
  EXPECT_EQ(set.header.at("vocabulary"), content(options_.out.string() + ".vocabulary"));
  for (const auto& example : set.examples) {
    for (const int id : example.input.word_ids) EXPECT_LT(id, vocabulary.size());
  }
}

TEST_F(ExportTest, TheFileDoesNotDependOnThreads) {
  options_.threads = 1;
  ASSERT_TRUE(export_examples(options_, {}, {}).has_value());
  const std::string one = content(options_.out);
  options_.threads = 4;
  ASSERT_TRUE(export_examples(options_, {}, {}).has_value());
  EXPECT_EQ(content(options_.out), one);
}

TEST_F(ExportTest, TakesAnEarlierVocabulary) {
  ASSERT_TRUE(export_examples(options_, {}, {}).has_value());
  write("few.vocabulary", "<unknown>\nperson\n");
  options_.vocabulary_from = folder_ / "few.vocabulary";
  options_.limit = 3;
  const auto report = export_examples(options_, {}, {});
  ASSERT_TRUE(report.has_value()) << report.error().to_text();
  EXPECT_EQ(report->total.questions, 3);
  EXPECT_EQ(model_io::read_examples(options_.out.string()).header.at("vocabulary"),
            "<unknown>\nperson\n");
  for (const std::string_view bad : {"", "person\n", "<unknown>\na\na\n", "<unknown>\n\xFF\n"}) {
    write("few.vocabulary", bad);
    EXPECT_EQ(export_examples(options_, {}, {}).error().code, ErrorCode::invalid_argument);
  }
}

TEST_F(ExportTest, StopsAndLeavesNoFile) {
  // With a vocabulary given, the stop is seen only after the file was begun.
  write("few.vocabulary", "<unknown>\nperson\n");
  options_.vocabulary_from = folder_ / "few.vocabulary";
  std::stop_source stop;
  stop.request_stop();
  const auto report = export_examples(options_, {}, stop.get_token());
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(fs::exists(options_.out));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 3);  // nothing half-written either
}

TEST_F(ExportTest, QueriesGiveCellsWhereASourceSaysSo) {
  write("questions.jsonl", R"({"db_id":"people","question":"Show all zebra persons",)"
                           R"("query":"SELECT nm FROM person WHERE town = 'Zebra'"})");
  const auto without = measure_coverage(options_, {}, {});
  ASSERT_TRUE(without.has_value()) << without.error().to_text();
  EXPECT_EQ(without->total.unresolvable, 1);
  options_.sources[0].gives_cells = true;
  const auto with = measure_coverage(options_, {}, {});
  ASSERT_TRUE(with.has_value()) << with.error().to_text();
  EXPECT_EQ(with->total.pointed, 1);
}

TEST_F(ExportTest, SaysWhatIsWrong) {
  std::ostringstream out, errors;
  auto options = options_;
  options.catalog.tables_file.clear();  // then nothing knows the database
  EXPECT_EQ(run_export_command(options, out, errors, nullptr, {}), 1);
  EXPECT_THAT(errors.str(), HasSubstr("people"));
  options = options_;
  options.out = folder_ / "no" / "such" / "folder.bin";
  EXPECT_EQ(export_examples(options, {}, {}).error().code, ErrorCode::io_failed);
  options = options_;
  options.sources.clear();
  EXPECT_EQ(export_examples(options, {}, {}).error().code, ErrorCode::invalid_argument);
  options = options_;
  options.threads = 0;
  EXPECT_EQ(export_examples(options, {}, {}).error().code, ErrorCode::invalid_argument);
  options = options_;
  options.catalog.databases = folder_ / "nowhere";
  EXPECT_EQ(export_examples(options, {}, {}).error().code, ErrorCode::not_found);
  write("questions.jsonl", R"({"db_id":"../people","question":"a","query":"b"})");
  EXPECT_EQ(export_examples(options_, {}, {}).error().code, ErrorCode::invalid_argument);
}

TEST_F(ExportTest, CoverageShowsSamples) {
  options_.kept_samples = 2;
  std::ostringstream out, errors, progress;
  EXPECT_EQ(run_coverage_command(options_, out, errors, &progress, {}), 0) << errors.str();
  EXPECT_THAT(out.str(), HasSubstr("221 questions, 220 exported (99.5 %)"));
  EXPECT_THAT(out.str(), HasSubstr("gold SQL rejected:\n  [people] Who?"));
  EXPECT_THAT(out.str(), HasSubstr("person.nm where person.age > $"));
  EXPECT_THAT(progress.str(), HasSubstr("221 of 221"));
  EXPECT_FALSE(fs::exists(options_.out));
}

TEST(ParseSource, ReadsNameFileAndNames) {
  EXPECT_EQ(parse_source("a=b.json")->names, SchemaNames::overlay);
  EXPECT_EQ(parse_source("a=b.json,plain")->names, SchemaNames::plain);
  EXPECT_EQ(parse_source("a=b.json,plain")->file, "b.json");
  EXPECT_FALSE(parse_source("a=b.json,plain")->gives_cells);
  EXPECT_TRUE(parse_source("a=b.json,plain,cells")->gives_cells);
  EXPECT_EQ(parse_source("a=b.json,plain,cells")->names, SchemaNames::plain);
  EXPECT_EQ(parse_source("a=b.json,cells")->file, "b.json");
  EXPECT_FALSE(parse_source("a=b.json,cells")->only_found);
  EXPECT_TRUE(parse_source("a=b.json,plain,found")->only_found);
  EXPECT_EQ(parse_source("a=b.json,plain,found")->names, SchemaNames::plain);
  EXPECT_EQ(parse_source("a=b=c,d.json,overlay")->file, "b=c,d.json");
  for (const char* bad : {"", "b.json", "=b.json", "a=", "a=,plain"}) {
    EXPECT_EQ(parse_source(bad).error().code, ErrorCode::invalid_argument) << bad;
  }
}

TEST(VocabularyBuilder, RanksByCount) {
  VocabularyBuilder builder;
  builder.add_text("singer singer singers name Name b");
  builder.add_text("b");
  EXPECT_EQ(builder.build(2).to_lines(), "<unknown>\nsinger\nb\nname\n");
  EXPECT_EQ(builder.build(3).to_lines(), "<unknown>\nsinger\n");
}

}  // namespace
}  // namespace idi::dataset
