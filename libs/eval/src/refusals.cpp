#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "idi/confidence/confidence.hpp"
#include "idi/core/text.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/eval/refusals.hpp"
#include "preparation.hpp"
#include "question_list.hpp"
#include "sample_numbers.hpp"
#include "schemas.hpp"

namespace idi::eval {
namespace {

/// The databases of a set, with the names of their tables.
class Databases {
 public:
  Databases(const std::vector<Question>& questions, Schemas& schemas) {
    for (const Question& question : questions) {
      if (databases_.contains(question.db_id)) continue;
      Database& database = databases_[question.db_id];
      database.file = question.files.front();
      if (const Schema* schema = schemas.of(question)) {
        for (const Table& table : schema->tables)
          database.tables.insert(text::fold_case(table.natural_name));
      }
      ids_.push_back(question.db_id);
    }
    std::sort(ids_.begin(), ids_.end());
  }

  /// Empty: there is none.
  [[nodiscard]] std::string wrong_for(const Question& question, std::uint64_t seed) const {
    SampleNumbers numbers(seed, question.index);
    std::vector<std::string> left = ids_;
    while (!left.empty()) {
      const std::size_t choice = numbers.below(left.size());
      if (is_foreign(left[choice], question.db_id)) return left[choice];
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(choice));
    }
    return {};
  }
  [[nodiscard]] const std::filesystem::path& file_of(const std::string& db_id) const {
    return databases_.at(db_id).file;
  }

 private:
  struct Database {
    std::filesystem::path file;
    std::set<std::string> tables;
  };
  [[nodiscard]] bool is_foreign(const std::string& other, const std::string& own) const {
    const auto& mine = databases_.at(own).tables;
    const auto& theirs = databases_.at(other).tables;
    // Where a schema cannot be read nothing is known of it.
    return other != own && !theirs.empty() &&
           std::none_of(mine.begin(), mine.end(),
                        [&](const std::string& table) { return theirs.contains(table); });
  }
  std::map<std::string, Database> databases_;
  std::vector<std::string> ids_;  ///< In order, so that a seed means the same everywhere.
};

/// Asks with several threads; stops at the first cancelled one.
class Asking {
 public:
  Asking(Predictor& predictor, const Databases& databases, std::vector<AskedElsewhere>& asked)
      : predictor_(predictor), databases_(databases), asked_(asked) {}

  Status run(int jobs, const std::stop_token& stop) {
    const std::stop_callback forward(stop, [this] { stop_.request_stop(); });
    {
      std::vector<std::jthread> threads;
      const auto count = std::min<std::size_t>(static_cast<std::size_t>(jobs), asked_.size());
      for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    }
    if (stop_.stop_requested())
      return make_error(ErrorCode::cancelled, "the evaluation was stopped");
    return {};
  }

 private:
  void work() {
    while (!stop_.stop_requested()) {
      const std::size_t turn = next_.fetch_add(1);
      if (turn >= asked_.size()) return;
      AskedElsewhere& one = asked_[turn];
      auto prediction = predictor_.predict(
          {one.index, one.asked, one.question, databases_.file_of(one.asked)}, stop_.get_token());
      if (prediction) {
        one.prediction = std::move(*prediction);
        one.refused = one.prediction.refused;
      } else if (prediction.error().code == ErrorCode::cancelled) {
        stop_.request_stop();
      } else {
        one.error = prediction.error().message;
        one.refused = prediction.error().code == ErrorCode::unanswerable;
      }
    }
  }

  Predictor& predictor_;
  const Databases& databases_;
  std::vector<AskedElsewhere>& asked_;
  std::stop_source stop_;
  std::atomic<std::size_t> next_{0};
};

void count(RefusalTally& tally, const Prediction& prediction, bool refused, double threshold) {
  ++tally.count;
  if (refused) {
    ++tally.refused;
  } else if (prediction.asked_back) {
    ++tally.asked_back;
  } else if (prediction.sql.empty()) {
    ++tally.failed;
  } else if (prediction.confidence < threshold) {
    ++tally.unsure;
  }
}

/// Whoever does not answer is not sure at all.
double sureness_of(const Prediction& prediction) {
  return prediction.sql.empty() ? 0 : prediction.confidence;
}

}  // namespace

Result<RefusalEvaluation> evaluate_refusals(const RefusalOptions& options, Predictor& predictor,
                                            ProgressSink* progress, std::stop_token stop) {
  if (options.eval.predictions)
    return make_error(ErrorCode::invalid_argument,
                      "predictions from a file cannot be asked of other databases");
  IDI_CHECK(check_options(options.eval));
  IDI_TRY(const auto records, dataset::read_questions(options.eval.questions));
  IDI_TRY(const std::vector<Question> questions, list_questions(options.eval, records));
  EvalOptions all = options.eval;  // The wrong databases come from the whole set.
  all.limit.reset();
  IDI_TRY(const std::vector<Question> set, list_questions(all, records));
  IDI_TRY(dataset::SpiderTables tables, read_tables(options.eval));
  Schemas schemas(std::move(tables));
  const Databases databases(set, schemas);

  RefusalEvaluation evaluation;
  for (const Question& question : questions) {
    const std::string wrong = databases.wrong_for(question, options.seed);
    if (wrong.empty()) {
      ++evaluation.left_out;
    } else {
      evaluation.elsewhere.push_back(
          {question.index, question.question, question.db_id, wrong, {}, {}, false});
    }
  }
  if (evaluation.elsewhere.empty())
    return make_error(ErrorCode::invalid_argument, "no database of the set is foreign to another",
                      "Measure on questions over more databases.");
  IDI_TRY(evaluation.own, evaluate(options.eval, &predictor, progress, stop));
  IDI_CHECK(Asking(predictor, databases, evaluation.elsewhere).run(options.eval.jobs, stop));

  std::vector<confidence::Judged> judged;
  for (const ScoredQuestion& question : evaluation.own.questions) {
    const Prediction& prediction = question.outcome.prediction;
    count(evaluation.falsely, prediction, prediction.refused, options.threshold);
    judged.push_back({sureness_of(prediction), true});
  }
  for (const AskedElsewhere& one : evaluation.elsewhere) {
    count(evaluation.rightly, one.prediction, one.refused, options.threshold);
    judged.push_back({sureness_of(one.prediction), false});
  }
  evaluation.separation = confidence::reliability(judged).ranking_quality;
  return evaluation;
}

}  // namespace idi::eval
