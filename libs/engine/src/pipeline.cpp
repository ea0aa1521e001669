#include "idi/engine/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "bounds.hpp"
#include "data_answer.hpp"
#include "executor.hpp"
#include "idi/engine/schema_answers.hpp"
#include "idi/engine/understanding.hpp"
#include "idi/explanation/explanation.hpp"
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
  DefaultPipeline(std::shared_ptr<const Source> source, Engines engines, Switches switches,
                  std::unique_ptr<db::Connection> connection)
      : source_(std::move(source)),
        engines_(std::move(engines)),
        switches_(switches),
        connection_(std::move(connection)) {}

  Result<Answer> ask(const Question& question, const AskLimits& limits, EventSink& events,
                     std::stop_token stop) override;
  Result<Answer> run_sql(std::string_view sql, const AskLimits& limits, EventSink& events,
                         std::stop_token stop) override;
  const Source& source() const override { return *source_; }

 private:
  const Schema& schema() const { return source_->schema(); }
  Result<Answer> answer_data(const Reading& reading, const Question& question, const Bounds& bounds,
                             EventSink& events, ProgressMeter& meter);
  Result<Answer> answer_schema(const Reading& reading, ProgressMeter& meter);
  Result<Answer> redraw(const Reading& reading, const Bounds& bounds, ProgressMeter& meter);
  Result<Answer> run(std::string_view sql, const Bounds& bounds, ProgressMeter& meter);
  void finish(Answer& answer, const ir::Query* query, std::optional<chart::Kind> chart,
              ProgressMeter& meter);

  std::shared_ptr<const Source> source_;
  Engines engines_;
  Switches switches_;
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
        return answer_data(reading, question, bounds, events, meter);
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
Result<Answer> DefaultPipeline::answer_data(const Reading& reading, const Question& question,
                                            const Bounds& bounds, EventSink& events,
                                            ProgressMeter& meter) {
  std::optional<ir::Query> tree;
  IDI_TRY(
      Answer answer,
      answer_from_rows(reading, question,
                       {*source_, engines_, switches_, *connection_, bounds, events, meter}, tree));
  if (answer.kind == Answer::Kind::clarification) {
    meter.begin(Phase::visualizing, "Asking back");
    answer.summary = answer.clarification->text;
    answer.chart.kind = chart::Kind::none;
    answer.chart.reason = "nothing was run";
    answer.chart.available = {answer.chart.kind};
    meter.finish();
    answer.phase_ms = meter.phase_ms();
    return answer;
  }
  finish(answer, tree ? &*tree : nullptr, reading.understanding.chart, meter);
  return answer;
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
  if (query) answer.explanation = explanation::explain(*query, schema());
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
                                                 Engines engines, Switches switches) {
  IDI_TRY(auto connection, source->database().connect());
  return std::unique_ptr<Pipeline>(std::make_unique<DefaultPipeline>(
      std::move(source), std::move(engines), switches, std::move(connection)));
}

}  // namespace idi::engine
