#include "idi/engine/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "bounds.hpp"
#include "context.hpp"
#include "executor.hpp"
#include "generation/proposer.hpp"
#include "idi/engine/explain.hpp"
#include "idi/engine/schema_answers.hpp"
#include "idi/engine/understanding.hpp"
#include "idi/sql/translate.hpp"
#include "progress_meter.hpp"
#include "summary.hpp"
#include "understanding/reading.hpp"
#include "visualizer.hpp"

namespace idi::engine {
namespace {

Bounds bounds_of(const AskLimits& limits, std::stop_token stop) {
  return {limits, Deadline::after(std::chrono::milliseconds(limits.timeout_ms)), std::move(stop)};
}

class DefaultPipeline final : public Pipeline {
 public:
  DefaultPipeline(std::shared_ptr<const Source> source, Engines engines,
                  std::unique_ptr<db::Connection> connection)
      : source_(std::move(source)),
        engines_(std::move(engines)),
        connection_(std::move(connection)) {}

  Result<Answer> ask(const Question& question, const AskLimits& limits, EventSink& events,
                     std::stop_token stop) override;
  Result<Answer> run_sql(std::string_view sql, const AskLimits& limits, EventSink& events,
                         std::stop_token stop) override;
  const Source& source() const override { return *source_; }

 private:
  const Schema& schema() const { return source_->schema(); }
  Result<Answer> answer_data(const Reading& reading, const Bounds& bounds, EventSink& events,
                             ProgressMeter& meter);
  Result<Answer> answer_schema(const Reading& reading, ProgressMeter& meter);
  Result<Answer> redraw(const Reading& reading, const Bounds& bounds, ProgressMeter& meter);
  void say_who_wrote(Answer& answer, const Proposals& proposals, const SqlCandidate& chosen) const;
  Result<Answer> run(std::string_view sql, const Bounds& bounds, ProgressMeter& meter);
  void finish(Answer& answer, const ir::Query* query, std::optional<chart::Kind> chart,
              ProgressMeter& meter);

  std::shared_ptr<const Source> source_;
  Engines engines_;
  std::unique_ptr<db::Connection> connection_;
};

Result<Answer> DefaultPipeline::ask(const Question& question, const AskLimits& limits,
                                    EventSink& events, std::stop_token stop) {
  const Bounds bounds = bounds_of(limits, std::move(stop));
  ProgressMeter meter(events);
  meter.begin(Phase::understanding, "Reading the question");
  IDI_TRY(const Reading reading, read_question(question, source_->linker(), source_->names()));
  IDI_CHECK(bounds.check());

  auto answer = [&]() -> Result<Answer> {
    switch (reading.understanding.intent) {
      case Intent::data:
        return answer_data(reading, bounds, events, meter);
      case Intent::redraw:
        return redraw(reading, bounds, meter);
      case Intent::list_tables:
      case Intent::list_columns:
      case Intent::find_column:
      case Intent::connections:
        break;
    }
    return answer_schema(reading, meter);
  }();
  if (answer) answer->standalone_question = reading.standalone_question;
  return answer;
}

/// All six phases, the first being over.
Result<Answer> DefaultPipeline::answer_data(const Reading& reading, const Bounds& bounds,
                                            EventSink& events, ProgressMeter& meter) {
  Answer answer;
  meter.begin(Phase::context, "Finding tables, columns and values");
  IDI_TRY(const Context context,
          find_context(reading.understanding.question, reading.keywords, *source_, bounds));
  answer.warnings = context.warnings;

  IDI_TRY(auto proposals,
          propose(context.linked, {engines_, *source_, *connection_, bounds, events, meter}));
  answer.confidence = context.confidence * proposals.choice.confidence;
  answer.candidates = reports_of(proposals);
  for (auto& note : proposals.notes) answer.warnings.push_back(std::move(note));

  meter.begin(Phase::executing, "Running the query");
  Executor executor(*connection_, schema().dialect, bounds);
  IDI_TRY(auto ran, executor.run_best(proposals));
  const SqlCandidate& chosen = proposals.candidates[ran.candidate];
  answer.sql = chosen.sql;
  answer.result = std::move(ran.table);
  const auto place =
      std::find_if(answer.candidates.begin(), answer.candidates.end(), [&](const auto& report) {
        return report.sql == answer.sql && report.writer == chosen.writer;
      });
  std::rotate(answer.candidates.begin(), place, place + 1);
  say_who_wrote(answer, proposals, chosen);
  if (chosen.unresolved_values > 0) {
    answer.warnings.push_back(
        "A value of the question was found in no cell; it was taken as it is.");
  }
  const ir::Query* tree = chosen.query ? &*chosen.query : nullptr;
  answer.explanation = tree ? explain(*tree, schema()) : explain_without_tree();
  finish(answer, tree, reading.understanding.chart, meter);
  return answer;
}

void DefaultPipeline::say_who_wrote(Answer& answer, const Proposals& proposals,
                                    const SqlCandidate& chosen) const {
  Authorship& authorship = answer.authorship;
  authorship.written_by = chosen.writer;
  authorship.agreement = proposals.choice.agreement;
  authorship.timings = proposals.timings;
  if (engines_.model && (proposals.timings || chosen.writer == Writer::model)) {
    authorship.model = engines_.model->status().name;
  }
  if (proposals.choice.other) {
    authorship.other_sql = proposals.candidates[*proposals.choice.other].sql;
  }
}

Result<Answer> DefaultPipeline::answer_schema(const Reading& reading, ProgressMeter& meter) {
  const Understanding& understood = reading.understanding;
  SchemaAnswer found;
  switch (understood.intent) {
    case Intent::list_columns:
      found = answer_columns(schema(), understood.table);
      break;
    case Intent::find_column:
      found = answer_column_places(schema(), understood.column);
      break;
    case Intent::connections:
      found = answer_connections(schema(), understood.table, understood.other_table);
      break;
    case Intent::list_tables:
    case Intent::data:
    case Intent::redraw:
      found = answer_tables(schema());
      break;
  }
  Answer answer;
  answer.kind = Answer::Kind::schema;
  answer.result = std::move(found.table);
  answer.summary = std::move(found.summary);
  meter.begin(Phase::visualizing, "Reading the result's shape");
  answer.column_hints = column_hints(answer.result, nullptr, schema());
  answer.chart.kind = answer.result.rows.empty() ? chart::Kind::none : chart::Kind::table;
  answer.chart.reason = "about the database itself";
  answer.chart.available = {answer.chart.kind};
  meter.finish();
  answer.phase_ms = meter.phase_ms();
  return answer;
}

/// The SQL of the turn before, once more: the data may have changed since.
Result<Answer> DefaultPipeline::redraw(const Reading& reading, const Bounds& bounds,
                                       ProgressMeter& meter) {
  IDI_TRY(Answer answer, run(reading.last_sql, bounds, meter));
  const auto query = sql::to_ir(answer.sql, schema());
  if (query) answer.explanation = explain(*query, schema());
  finish(answer, query ? &*query : nullptr, reading.understanding.chart, meter);
  return answer;
}

Result<Answer> DefaultPipeline::run_sql(std::string_view sql, const AskLimits& limits,
                                        EventSink& events, std::stop_token stop) {
  const Bounds bounds = bounds_of(limits, std::move(stop));
  ProgressMeter meter(events);
  IDI_TRY(Answer answer, run(sql, bounds, meter));
  answer.kind = Answer::Kind::sql;
  finish(answer, nullptr, {}, meter);
  return answer;
}

Result<Answer> DefaultPipeline::run(std::string_view sql, const Bounds& bounds,
                                    ProgressMeter& meter) {
  Answer answer;
  Executor executor(*connection_, schema().dialect, bounds);
  meter.begin(Phase::verifying, "Checking the statement");
  IDI_TRY(const auto statement, executor.approve(sql));
  meter.begin(Phase::executing, "Running the query");
  IDI_TRY(answer.result, executor.run(statement));
  answer.sql = statement.sql();
  return answer;
}

void DefaultPipeline::finish(Answer& answer, const ir::Query* query,
                             std::optional<chart::Kind> chart, ProgressMeter& meter) {
  meter.begin(Phase::visualizing, "Choosing how to show it");
  answer.summary = summarize(answer.result, query, schema());
  visualize(answer, query, schema(), chart);
  meter.finish();
  answer.phase_ms = meter.phase_ms();
}

}  // namespace

Result<std::unique_ptr<Pipeline>> Pipeline::open(std::shared_ptr<const Source> source,
                                                 Engines engines) {
  IDI_TRY(auto connection, source->database().connect());
  return std::unique_ptr<Pipeline>(std::make_unique<DefaultPipeline>(
      std::move(source), std::move(engines), std::move(connection)));
}

}  // namespace idi::engine
