#include "idi/eval/evaluate.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "idi/dataset/questions.hpp"
#include "idi/eval/report.hpp"
#include "journal.hpp"
#include "preparation.hpp"
#include "question_list.hpp"
#include "run.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

std::vector<ScoredQuestion> joined(std::vector<Question> questions, std::vector<Outcome> outcomes) {
  std::vector<ScoredQuestion> scored;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    Question& question = questions[i];
    const Hardness hardness = hardness_of(question.gold_sql);
    scored.push_back({std::move(question.db_id), std::move(question.question),
                      std::move(question.gold_sql), hardness, std::move(outcomes[i])});
  }
  return scored;
}

}  // namespace

Result<Evaluation> evaluate(const EvalOptions& options, Predictor* predictor,
                            ProgressSink* progress, std::stop_token stop) {
  IDI_CHECK(check_options(options));
  if (!predictor && !options.predictions) {
    return make_error(ErrorCode::invalid_argument, "there is nothing to evaluate",
                      "give a predictor, or a file of predictions");
  }
  IDI_TRY(const auto records, dataset::read_questions(options.questions));
  if (records.empty()) {
    return make_error(ErrorCode::invalid_argument,
                      options.questions.string() + " holds no question");
  }
  std::unique_ptr<Predictor> from_file;
  if (options.predictions) {
    IDI_TRY(from_file, open_file_predictor(*options.predictions, records.size()));
    predictor = from_file.get();
  }
  IDI_TRY(std::vector<Question> questions, list_questions(options, records));
  IDI_TRY(dataset::SpiderTables tables, read_tables(options));
  Schemas schemas(std::move(tables));

  std::optional<Journal> journal;
  std::vector<Outcome> recorded;
  if (options.report) {
    IDI_CHECK(make_folder(*options.report));
    const std::string key = run_key(options, predictor->identity(), questions);
    IDI_TRY(Journal opened, Journal::open(*options.report, key, options.start_afresh));
    recorded = opened.take_recorded();
    journal.emplace(std::move(opened));
  }
  Run run(options, *predictor, questions, schemas, journal ? &*journal : nullptr, progress);
  IDI_TRY(std::vector<Outcome> outcomes, run.run(std::move(recorded), std::move(stop)));

  Evaluation evaluation;
  evaluation.questions = joined(std::move(questions), std::move(outcomes));
  evaluation.summary = summarize(evaluation.questions);
  evaluation.resumed = run.resumed();
  if (options.reliability) {
    const auto& reliability = evaluation.summary.trust.reliability;
    if (!reliability)
      return make_error(ErrorCode::invalid_argument,
                        "a reliability diagram needs confidences, and the predictor gives none");
    IDI_CHECK(replace_file(*options.reliability, reliability_svg(*reliability)));
  }
  if (options.report) {
    const std::filesystem::path& folder = *options.report;
    IDI_CHECK(replace_file(folder / "summary.json", summary_json(evaluation, options) + "\n"));
    IDI_CHECK(replace_file(folder / "report.html", report_html(evaluation, options)));
    IDI_CHECK(journal->finish());
  }
  return evaluation;
}

}  // namespace idi::eval
