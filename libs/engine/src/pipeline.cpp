#include "idi/engine/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "choice.hpp"
#include "idi/core/text.hpp"
#include "idi/db/collecting_sink.hpp"
#include "idi/engine/explain.hpp"
#include "idi/engine/understanding.hpp"
#include "idi/sql/guard.hpp"
#include "progress_meter.hpp"
#include "result_shape.hpp"
#include "trials.hpp"

namespace idi::engine {
namespace {

Error cancelled() { return make_error(ErrorCode::cancelled, "the question was cancelled"); }

Error refused_change(const std::string& verb) {
  return make_error(ErrorCode::refused,
                    fmt::format("\"{}\" asks for a change, and IDI only reads", verb),
                    "Ask what the data says, for example \"show all …\" or \"how many …\".");
}

Error not_understood(const WordSupport& support, const Schema& schema) {
  std::vector<std::string> quoted;
  for (const auto& word : support.unknown) quoted.push_back("\"" + word + "\"");
  std::string message = "the question does not seem to be about this database";
  if (!quoted.empty()) message += "; not understood: " + text::join(quoted, ", ");
  return make_error(ErrorCode::unanswerable, std::move(message),
                    fmt::format("It is about: {}. Questions are read in English; use the names "
                                "that the tables and columns have.",
                                describe_contents(schema)));
}

/// Keeps the first max_rows rows.
ResultTable cut_to(ResultTable table, std::int64_t max_rows) {
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(max_rows, 0));
  if (table.rows.size() > most) {
    table.rows.resize(most);
    table.truncated = true;
  }
  return table;
}

class DefaultPipeline final : public Pipeline {
 public:
  DefaultPipeline(std::shared_ptr<const Source> source,
                  std::shared_ptr<const SqlGenerator> generator,
                  std::unique_ptr<db::Connection> connection)
      : source_(std::move(source)),
        generator_(std::move(generator)),
        connection_(std::move(connection)) {}

  Result<Answer> ask(const Question& question, const AskLimits& limits, EventSink& events,
                     std::stop_token stop) override;
  Result<Answer> run_sql(std::string_view sql, const AskLimits& limits, EventSink& events,
                         std::stop_token stop) override;
  const Source& source() const override { return *source_; }

 private:
  const Schema& schema() const { return source_->schema(); }
  /// Notes in the answer what was not understood, and what confidence that leaves.
  Result<link::LinkedQuestion> find_context(const std::string& question, Answer& answer) const;
  Result<ResultTable> execute(const sql::ApprovedStatement& statement, const AskLimits& limits,
                              Deadline deadline, std::stop_token stop);
  /// Runs the best that runs: its candidate index. Fills answer.result and answer.sql.
  Result<std::size_t> execute_best(const std::vector<SqlCandidate>& candidates,
                                   std::vector<Trial>& trials, const Choice& choice,
                                   const AskLimits& limits, Deadline deadline,
                                   const std::stop_token& stop, Answer& answer);
  static void finish(Answer& answer, ProgressMeter& meter);

  std::shared_ptr<const Source> source_;
  std::shared_ptr<const SqlGenerator> generator_;
  std::unique_ptr<db::Connection> connection_;
};

Result<link::LinkedQuestion> DefaultPipeline::find_context(const std::string& question,
                                                           Answer& answer) const {
  auto linked = source_->linker().link(question);
  const WordSupport support = support_of(linked);
  if (support.is_nothing()) return not_understood(support, schema());
  answer.confidence = (1 + support.share()) / 2;
  if (linked.question_cut) {
    answer.warnings.push_back(fmt::format(
        "The question is long: only its first {} words were read.", linked.tokens.size()));
  }
  if (!support.unknown.empty()) {
    answer.warnings.push_back("Not understood: " + text::join(support.unknown, ", ") + ".");
  }
  return linked;
}

Result<ResultTable> DefaultPipeline::execute(const sql::ApprovedStatement& statement,
                                             const AskLimits& limits, Deadline deadline,
                                             std::stop_token stop) {
  db::ExecutionLimits full;
  full.max_rows = limits.max_rows;
  full.max_result_bytes = limits.max_result_bytes;
  full.deadline = deadline;
  db::CollectingSink sink;
  IDI_TRY(const auto summary, connection_->execute(statement, full, std::move(stop), sink));
  ResultTable table = sink.take();
  table.truncated = summary.truncated;
  return table;
}

Result<std::size_t> DefaultPipeline::execute_best(const std::vector<SqlCandidate>& candidates,
                                                  std::vector<Trial>& trials, const Choice& choice,
                                                  const AskLimits& limits, Deadline deadline,
                                                  const std::stop_token& stop, Answer& answer) {
  std::optional<Error> first_error;
  const auto remember = [&](Error error) {
    if (!first_error) first_error = std::move(error);
  };
  for (const std::size_t index : choice.order) {
    Trial& trial = trials[index];
    const bool ran = trial.state == TrialState::rows || trial.state == TrialState::empty;
    if (trial.state == TrialState::failed) {
      remember(*trial.error);
      continue;
    }
    if (ran && !trial.table.truncated) {
      answer.result = cut_to(std::move(trial.table), limits.max_rows);
    } else {
      if (!trial.statement) {
        auto approved = sql::SqlGuard(schema().dialect, connection_->inspector())
                            .approve(candidates[index].sql);
        if (!approved) {
          remember(approved.error());
          continue;
        }
        trial.statement = std::move(*approved);
      }
      auto table = execute(*trial.statement, limits, deadline, stop);
      if (!table) {
        const auto code = table.error().code;
        if (code == ErrorCode::cancelled || code == ErrorCode::timeout) return table.error();
        remember(table.error());
        continue;
      }
      answer.result = std::move(*table);
    }
    answer.sql = candidates[index].sql;
    return index;
  }
  // Every candidate failed: the database's own words are the most useful ones.
  if (first_error) return first_error->with_context("no candidate could be run");
  return make_error(ErrorCode::unanswerable, "nothing could be written for this question");
}

void DefaultPipeline::finish(Answer& answer, ProgressMeter& meter) {
  meter.begin(Phase::visualizing, "Reading the result's shape");
  for (const ColumnType type : shape_of(answer.result)) answer.column_hints.push_back({type});
  meter.finish();
  answer.phase_ms = meter.phase_ms();
}

Result<Answer> DefaultPipeline::ask(const Question& question, const AskLimits& limits,
                                    EventSink& events, std::stop_token stop) {
  const auto deadline = Deadline::after(std::chrono::milliseconds(limits.timeout_ms));
  ProgressMeter meter(events);
  Answer answer;

  meter.begin(Phase::understanding, "Reading the question");
  IDI_TRY(const std::string clean, clean_question(question.text));
  const Understanding understanding = understand(clean, schema());
  switch (understanding.intent) {
    case Intent::change_data:
      return refused_change(understanding.verb);
    case Intent::list_tables:
    case Intent::list_columns:
      answer.kind = Answer::Kind::schema;
      answer.result = understanding.intent == Intent::list_tables
                          ? schema_overview(schema())
                          : table_overview(schema(), understanding.table);
      finish(answer, meter);
      return answer;
    case Intent::data:
      break;
  }

  meter.begin(Phase::context, "Finding tables, columns and values");
  IDI_TRY(const link::LinkedQuestion linked, find_context(clean, answer));
  if (stop.stop_requested()) return cancelled();

  meter.begin(Phase::generating, "Writing SQL");
  GenerateOptions options;
  options.max_candidates = limits.max_candidates;
  options.dialect = schema().dialect;
  options.deadline = deadline;
  options.stop = stop;
  IDI_TRY(const auto candidates, generator_->generate(linked, source_->linker(), options));
  if (candidates.empty()) {
    return make_error(ErrorCode::unanswerable, "nothing could be written for this question",
                      fmt::format("The database is about: {}.", describe_contents(schema())));
  }

  meter.begin(Phase::verifying, "Trying candidates");
  std::vector<std::string> statements;
  for (const auto& candidate : candidates) statements.push_back(candidate.sql);
  IDI_TRY(auto trials, try_candidates(*connection_, schema().dialect, statements, limits, deadline,
                                      stop, [&](double done) { meter.advance(done); }));
  const Choice choice = choose(candidates, trials, linked, schema(), generator_->selector());
  answer.confidence *= choice.confidence;

  meter.begin(Phase::executing, "Running the query");
  for (const std::size_t index : choice.order) {
    answer.candidates.push_back({candidates[index].sql, candidates[index].log_probability,
                                 choice.scores[index], trials[index].state,
                                 static_cast<std::int64_t>(trials[index].table.rows.size()),
                                 choice.features[index]});
  }
  IDI_TRY(const std::size_t chosen,
          execute_best(candidates, trials, choice, limits, deadline, stop, answer));
  const auto place = std::find_if(answer.candidates.begin(), answer.candidates.end(),
                                  [&](const auto& report) { return report.sql == answer.sql; });
  std::rotate(answer.candidates.begin(), place, place + 1);
  answer.explanation = explain(candidates[chosen].query, schema());
  if (candidates[chosen].unresolved_values > 0) {
    answer.warnings.push_back(
        "A value of the question was found in no cell; it was taken as it is.");
  }
  finish(answer, meter);
  return answer;
}

Result<Answer> DefaultPipeline::run_sql(std::string_view sql, const AskLimits& limits,
                                        EventSink& events, std::stop_token stop) {
  const auto deadline = Deadline::after(std::chrono::milliseconds(limits.timeout_ms));
  ProgressMeter meter(events);
  Answer answer;
  meter.begin(Phase::verifying, "Checking the statement");
  IDI_TRY(const auto statement,
          sql::SqlGuard(schema().dialect, connection_->inspector()).approve(sql));
  meter.begin(Phase::executing, "Running the query");
  IDI_TRY(answer.result, execute(statement, limits, deadline, std::move(stop)));
  answer.kind = Answer::Kind::sql;
  answer.sql = statement.sql();
  finish(answer, meter);
  return answer;
}

}  // namespace

Result<std::unique_ptr<Pipeline>> Pipeline::open(std::shared_ptr<const Source> source,
                                                 std::shared_ptr<const SqlGenerator> generator) {
  IDI_TRY(auto connection, source->database().connect());
  return std::unique_ptr<Pipeline>(std::make_unique<DefaultPipeline>(
      std::move(source), std::move(generator), std::move(connection)));
}

}  // namespace idi::engine
