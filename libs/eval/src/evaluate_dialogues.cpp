#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <string>
#include <utility>

#include "database_files.hpp"
#include "dialogue_file.hpp"
#include "dialogue_run.hpp"
#include "idi/core/text.hpp"
#include "idi/eval/dialogue.hpp"
#include "preparation.hpp"
#include "question_list.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

namespace json = boost::json;

/// Those that options choose, with their databases.
Result<std::vector<OpenDialogue>> choose_dialogues(const EvalOptions& options,
                                                   std::vector<Dialogue> dialogues) {
  std::vector<OpenDialogue> pool;
  std::size_t index = 0;
  for (Dialogue& dialogue : dialogues) {
    const std::size_t turns = dialogue.turns.size();
    if (options.only_databases.empty() || options.only_databases.contains(dialogue.db_id)) {
      pool.push_back({std::move(dialogue), index, {}});
    }
    index += turns;
  }
  if (pool.empty()) {
    return make_error(ErrorCode::not_found, "no dialogue is about the databases that were named",
                      "check the names against the db_id of the dialogues");
  }
  std::map<std::string, std::vector<std::filesystem::path>> files;
  std::vector<OpenDialogue> chosen;
  for (const std::size_t choice :
       choose_questions(pool.size(), options.limit, options.sample_seed)) {
    OpenDialogue& open = pool[choice];
    auto& found = files[open.dialogue.db_id];
    if (found.empty()) {
      IDI_TRY(found, database_files(options.databases, open.dialogue.db_id,
                                    options.metric == Metric::spider));
    }
    open.files = found;
    chosen.push_back(std::move(open));
  }
  return chosen;
}

std::string dialogue_line(const ScoredDialogue& dialogue) {
  json::array turns;
  for (const ScoredTurn& turn : dialogue.turns) {
    const Outcome& outcome = turn.outcome;
    json::array kinds;
    for (const ErrorKind kind : outcome.diagnosis) kinds.emplace_back(error_kind_name(kind));
    turns.emplace_back(
        json::object{{"question", text::to_valid_utf8(turn.question)},
                     {"understood", text::to_valid_utf8(outcome.prediction.standalone_question)},
                     {"verdict", verdict_name(outcome.verdict)},
                     {"kinds", std::move(kinds)},
                     {"gold", text::to_valid_utf8(turn.gold_sql)},
                     {"sql", text::to_valid_utf8(outcome.prediction.sql)},
                     {"error", text::to_valid_utf8(outcome.predicted.error)}});
  }
  return json::serialize(json::object{{"db_id", text::to_valid_utf8(dialogue.db_id)},
                                      {"turns", std::move(turns)}}) +
         "\n";
}

Status write_report(const DialogueEvaluation& evaluation, const DialogueOptions& options) {
  const std::filesystem::path& folder = *options.eval.report;
  std::string lines;
  for (const ScoredDialogue& dialogue : evaluation.dialogues) lines += dialogue_line(dialogue);
  IDI_CHECK(
      replace_file(folder / "summary.json", summary_json(evaluation.summary, options) + "\n"));
  return replace_file(folder / "dialogues.jsonl", lines);
}

}  // namespace

Result<DialogueEvaluation> evaluate_dialogues(const DialogueOptions& options, Predictor& predictor,
                                              ProgressSink* progress, std::stop_token stop) {
  IDI_CHECK(check_options(options.eval));
  IDI_TRY(std::vector<Dialogue> read, read_dialogues(options.eval.questions));
  IDI_TRY(const auto dialogues, choose_dialogues(options.eval, std::move(read)));
  IDI_TRY(dataset::SpiderTables tables, read_tables(options.eval));
  if (options.eval.report) IDI_CHECK(make_folder(*options.eval.report));
  Schemas schemas(std::move(tables));
  DialogueRun run(options, predictor, dialogues, schemas, progress);
  DialogueEvaluation evaluation;
  IDI_TRY(evaluation.dialogues, run.run(std::move(stop)));
  evaluation.summary = summarize(evaluation.dialogues);
  if (options.eval.report) IDI_CHECK(write_report(evaluation, options));
  return evaluation;
}

}  // namespace idi::eval
