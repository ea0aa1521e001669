#include "journal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <limits>
#include <thread>

#include "idi/eval/evaluate.hpp"
#include "idi/eval/report.hpp"
#include "outcome_json.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

Outcome sample_outcome(std::size_t index) {
  Outcome outcome;
  outcome.index = index;
  outcome.diagnosis = {ErrorKind::schema, ErrorKind::value};
  outcome.prediction.sql = "SELECT \"ä\"\n\xFF";
  outcome.prediction.candidates = {"a", "b"};
  outcome.prediction.phases = {{"linking", 1.25}};
  outcome.prediction.confidence = 0.5;
  outcome.prediction.written_by = "model";
  outcome.prediction.agreement = "differ";
  outcome.prediction.unknown_names = 2;
  outcome.candidate_right = true;
  outcome.candidates_right = {false, true};
  outcome.total_ms = 3.5;
  outcome.execution_ms = 0.25;
  outcome.gold.columns = {"x"};
  outcome.gold.rows = {{"1"}, {"2"}};
  outcome.gold.row_count = 70;
  outcome.predicted.error = "no such column";
  outcome.predicted.complete = false;
  return outcome;
}

TEST(OutcomeJson, IsReadBackWhole) {
  const Outcome before = sample_outcome(7);
  const std::string line = to_json_line(before);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto after = outcome_from_json_line(line);
  ASSERT_TRUE(after) << after.error().to_text();
  EXPECT_EQ(after->index, 7U);
  EXPECT_EQ(after->verdict, Verdict::wrong);
  EXPECT_EQ(after->diagnosis, before.diagnosis);
  EXPECT_EQ(after->prediction.sql, "SELECT \"ä\"\n\xEF\xBF\xBD");
  EXPECT_EQ(after->prediction.candidates, before.prediction.candidates);
  ASSERT_EQ(after->prediction.phases.size(), 1U);
  EXPECT_EQ(after->prediction.phases[0].milliseconds, 1.25);
  EXPECT_EQ(after->prediction.written_by, "model");
  EXPECT_EQ(after->prediction.agreement, "differ");
  EXPECT_EQ(after->prediction.unknown_names, 2U);
  EXPECT_EQ(after->candidate_right, true);
  EXPECT_EQ(after->candidates_right, before.candidates_right);
  EXPECT_EQ(after->total_ms, 3.5);
  EXPECT_EQ(after->gold.rows, before.gold.rows);
  EXPECT_EQ(after->gold.row_count, 70);
  EXPECT_EQ(after->predicted.error, "no such column");
  EXPECT_FALSE(after->predicted.complete);
  EXPECT_EQ(to_json_line(*after), line.substr(0, line.size()));
}

TEST(OutcomeJson, NumbersThatJsonLacksAreWrittenAsZero) {
  Outcome outcome = sample_outcome(1);
  outcome.prediction.confidence = std::numeric_limits<double>::quiet_NaN();
  outcome.prediction.phases = {{"linking", std::numeric_limits<double>::infinity()}};
  const auto after = outcome_from_json_line(to_json_line(outcome));
  ASSERT_TRUE(after) << after.error().to_text();
  EXPECT_EQ(after->prediction.confidence, 0);
  EXPECT_EQ(after->prediction.phases.at(0).milliseconds, 0);
}

TEST(OutcomeJson, OtherLinesAreErrors) {
  for (const char* line :
       {"", "{", "[]", "{}", "{\"index\":\"x\"}", "{\"index\":-1}", "nonsense"}) {
    EXPECT_FALSE(outcome_from_json_line(line)) << line;
  }
  std::string other_verdict = to_json_line(sample_outcome(1));
  other_verdict.replace(other_verdict.find("\"wrong\""), 7, "\"grown\"");
  EXPECT_FALSE(outcome_from_json_line(other_verdict));
  std::string other_kind = to_json_line(sample_outcome(1));
  other_kind.replace(other_kind.find("\"schema\""), 8, "\"stigma\"");
  EXPECT_FALSE(outcome_from_json_line(other_kind));
}

TEST(OutcomeJsonProperty, ACutLineIsNeverTakenForAWholeOne) {
  EXPECT_TRUE(rc::check("every true prefix is refused", [] {
    const std::string line = to_json_line(sample_outcome(3));
    const auto length = *rc::gen::inRange<std::size_t>(0, line.size());
    RC_ASSERT(!outcome_from_json_line(line.substr(0, length)));
  }));
}

Journal opened(const std::filesystem::path& folder, const std::string& key, bool afresh = false) {
  auto journal = Journal::open(folder, key, afresh);
  EXPECT_TRUE(journal) << journal.error().to_text();
  return std::move(*journal);
}

TEST(Journal, KeepsWhatWasAppended) {
  const SampleDatabases sample;
  {
    Journal journal = opened(sample.folder(), "k");
    EXPECT_TRUE(journal.take_recorded().empty());
    EXPECT_TRUE(journal.append(sample_outcome(0)));
    EXPECT_TRUE(journal.append(sample_outcome(4)));
  }
  Journal journal = opened(sample.folder(), "k");
  const auto recorded = journal.take_recorded();
  ASSERT_EQ(recorded.size(), 2U);
  EXPECT_EQ(recorded[1].index, 4U);
}

TEST(Journal, ATornLastLineIsCutOff) {
  const SampleDatabases sample;
  std::filesystem::path path;
  {
    Journal journal = opened(sample.folder(), "k");
    path = journal.path();
    EXPECT_TRUE(journal.append(sample_outcome(0)));
    EXPECT_TRUE(journal.append(sample_outcome(1)));
  }
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 5);
  {
    Journal journal = opened(sample.folder(), "k");
    EXPECT_EQ(journal.take_recorded().size(), 1U);
    EXPECT_TRUE(journal.append(sample_outcome(2)));
  }
  Journal journal = opened(sample.folder(), "k");
  const auto recorded = journal.take_recorded();
  ASSERT_EQ(recorded.size(), 2U);
  EXPECT_EQ(recorded[1].index, 2U);
}

TEST(Journal, AFinishedOneStartsAnew) {
  const SampleDatabases sample;
  {
    Journal journal = opened(sample.folder(), "k");
    EXPECT_TRUE(journal.append(sample_outcome(0)));
    EXPECT_TRUE(journal.finish());
  }
  EXPECT_TRUE(opened(sample.folder(), "k").take_recorded().empty());
  EXPECT_NE(read_text(sample.folder() / "outcomes.jsonl").find("no such column"),
            std::string::npos);
}

TEST(Journal, OtherKeysAndAFreshStartReadNothing) {
  const SampleDatabases sample;
  { EXPECT_TRUE(opened(sample.folder(), "k").append(sample_outcome(0))); }
  EXPECT_TRUE(opened(sample.folder(), "other").take_recorded().empty());
  EXPECT_EQ(opened(sample.folder(), "k").take_recorded().size(), 1U);
  EXPECT_TRUE(opened(sample.folder(), "k", true).take_recorded().empty());
  EXPECT_TRUE(opened(sample.folder(), "k").take_recorded().empty());
}

TEST(Journal, AFileThatIsNoneStartsAnew) {
  const SampleDatabases sample;
  (void)sample.write("journal-k.jsonl", "{\"journal\":2}\ngarbage\n");
  EXPECT_TRUE(opened(sample.folder(), "k").take_recorded().empty());
}

TEST(Journal, OnlyOneProcessHasIt) {
  const SampleDatabases sample;
  const Journal held = opened(sample.folder(), "k");
  const auto second = Journal::open(sample.folder(), "k", false);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST(Journal, AFullDiskIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const SampleDatabases sample;
  std::filesystem::create_symlink("/dev/full", sample.folder() / "journal-k.jsonl");
  const auto journal = Journal::open(sample.folder(), "k", true);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::io_failed);
}

/// Slow enough to be killed in the middle; notes what it was asked.
class SlowPredictor final : public Predictor {
 public:
  explicit SlowPredictor(std::chrono::milliseconds delay) : delay_(delay) {}
  Result<Prediction> predict(const Ask& ask, std::stop_token) override {
    ++calls;
    std::this_thread::sleep_for(delay_);
    Prediction prediction;
    prediction.sql = ask.index % 3 == 0 ? "SELECT 1" : "SELECT count(*) FROM item";
    return prediction;
  }
  std::string identity() const override { return "slow"; }
  std::atomic<int> calls{0};

 private:
  const std::chrono::milliseconds delay_;
};

std::string without_times(std::string json) {
  const auto from = json.find("\"latency_ms\"");
  return json.erase(from, json.find("\"by_database\"") - from);
}

std::ptrdiff_t lines_of_journal(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder)) return 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string content = read_text(entry.path());
    return std::count(content.begin(), content.end(), '\n');
  }
  return 0;
}

TEST(Resume, AKilledRunGoesOnWhereItWas) {
  const SampleDatabases sample;
  constexpr std::size_t count = 200;
  std::string questions;
  for (std::size_t i = 0; i < count; ++i) {
    questions += question_line("shop", "q" + std::to_string(i), "SELECT count(*) FROM item");
  }
  EvalOptions options = sample.options(questions);
  options.report = sample.folder() / "report";
  options.jobs = 2;

  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    SlowPredictor predictor(std::chrono::milliseconds(20));
    (void)evaluate(options, &predictor, nullptr, {});
    ::_exit(0);
  }
  for (int wait = 0; wait < 3000 && lines_of_journal(*options.report) < 12; ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it could be killed";
  EXPECT_FALSE(std::filesystem::exists(*options.report / "summary.json"));

  SlowPredictor predictor(std::chrono::milliseconds(0));
  const auto resumed = evaluate(options, &predictor, nullptr, {});
  ASSERT_TRUE(resumed) << resumed.error().to_text();
  EXPECT_GT(resumed->resumed, 5U);
  EXPECT_LT(resumed->resumed, count);
  EXPECT_EQ(static_cast<std::size_t>(predictor.calls), count - resumed->resumed);

  // Finished now: the next run measures anew, and says the same.
  const std::string after_kill = without_times(read_text(*options.report / "summary.json"));
  predictor.calls = 0;
  const auto whole = evaluate(options, &predictor, nullptr, {});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->resumed, 0U);
  EXPECT_EQ(predictor.calls, static_cast<int>(count));
  EXPECT_EQ(without_times(read_text(*options.report / "summary.json")), after_kill);
}

TEST(Resume, OtherOptionsDoNotTakeTheRecordsOver) {
  const SampleDatabases sample;
  std::string questions;
  for (int i = 0; i < 20; ++i) {
    questions += question_line("shop", "q", "SELECT count(*) FROM item");
  }
  EvalOptions options = sample.options(questions);
  options.report = sample.folder() / "report";
  std::stop_source stop;
  struct Stopper final : ProgressSink {
    explicit Stopper(std::stop_source& source) : stop(source) {}
    void on_progress(const Progress&) override { stop.request_stop(); }
    std::stop_source& stop;
  } stopper(stop);
  SlowPredictor predictor(std::chrono::milliseconds(1));
  ASSERT_FALSE(evaluate(options, &predictor, &stopper, stop.get_token()));
  EvalOptions kept = options;
  kept.keep_distinct = true;
  const auto other = evaluate(kept, &predictor, nullptr, {});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->resumed, 0U);
  const auto same = evaluate(options, &predictor, nullptr, {});
  ASSERT_TRUE(same);
  EXPECT_GE(same->resumed, 1U);
}

}  // namespace
}  // namespace idi::eval
