#include "pipeline_predictor.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "ablation.hpp"
#include "engine_opening.hpp"
#include "idi/dataset/spider_tables.hpp"
#include "idi/engine/pipeline.hpp"
#include "opening.hpp"
#include "output.hpp"
#include "paths.hpp"
#include "version.hpp"

namespace idi::cli {
namespace {

/// One database: opened once, by whoever comes first; pipelines that are not in use wait here.
struct Entry {
  std::mutex mutex;
  std::shared_ptr<const engine::Source> source;
  std::vector<std::unique_ptr<engine::Pipeline>> idle;
};

class PipelinePredictor final : public eval::Predictor {
 public:
  PipelinePredictor(Equipment equipment, std::shared_ptr<model_generator::ModelService> service,
                    dataset::SpiderTables tables, bool ask_back, std::string identity,
                    AnswerObserver observer)
      : equipment_(std::move(equipment)),
        service_(std::move(service)),
        tables_(std::move(tables)),
        ask_back_(ask_back),
        identity_(std::move(identity)),
        observer_(std::move(observer)) {}

  Result<eval::Prediction> predict(const eval::Ask& ask, std::stop_token stop) override {
    Entry& entry = entry_of(ask.database.string());
    IDI_TRY(auto pipeline, take_pipeline(entry, ask, stop));
    auto answer = pipeline->ask(question_of(ask), equipment_.limits, engine::no_events(), stop);
    {
      const std::lock_guard lock(entry.mutex);
      entry.idle.push_back(std::move(pipeline));
    }
    if (!answer) return answer.error();
    if (observer_) observer_(ask.index, *answer);
    return as_prediction(*answer);
  }

  std::string identity() const override { return identity_; }

 private:
  [[nodiscard]] engine::Question question_of(const eval::Ask& ask) const {
    engine::Question question;
    question.text = ask.question;
    question.standalone = ask.conversation.empty();
    question.may_ask_back = ask_back_;
    for (const auto& before : ask.conversation) {
      question.conversation.push_back({before.question, before.sql});
    }
    return question;
  }

  Entry& entry_of(const std::string& database) {
    const std::lock_guard lock(mutex_);
    auto& entry = entries_[database];
    if (!entry) entry = std::make_unique<Entry>();
    return *entry;
  }

  Result<std::unique_ptr<engine::Pipeline>> take_pipeline(Entry& entry, const eval::Ask& ask,
                                                          const std::stop_token& stop) {
    const std::lock_guard lock(entry.mutex);
    if (!entry.idle.empty()) {
      auto pipeline = std::move(entry.idle.back());
      entry.idle.pop_back();
      return pipeline;
    }
    if (!entry.source) {
      IDI_TRY(auto database, open_database("sqlite:" + ask.database.string()));
      auto options = equipment_.source;
      if (const Schema* described = tables_.find(ask.db_id)) {
        options.describe = [described](Schema& schema) {
          dataset::apply_spider_tables(schema, *described);
        };
      }
      IDI_TRY(entry.source, engine::Source::open(std::move(database), options, stop));
    }
    return engine::Pipeline::open(entry.source, equipment_.engines, equipment_.switches);
  }

  static eval::Prediction as_prediction(const engine::Answer& answer) {
    eval::Prediction prediction;
    prediction.asked_back = answer.kind == engine::Answer::Kind::clarification;
    if (!prediction.asked_back) prediction.sql = answer.sql;
    prediction.confidence = answer.confidence;
    prediction.standalone_question = answer.standalone_question;
    for (const auto& candidate : answer.candidates) {
      prediction.candidates.push_back(candidate.sql);
      if (names_nothing(candidate.problem)) ++prediction.unknown_names;
    }
    if (answer.kind == engine::Answer::Kind::data) {
      prediction.written_by = engine::writer_name(answer.authorship.written_by);
      prediction.agreement = engine::agreement_name(answer.authorship.agreement);
    }
    for (int i = 0; i < engine::phase_count; ++i) {
      prediction.phases.push_back({std::string(engine::phase_name(static_cast<engine::Phase>(i))),
                                   answer.phase_ms[static_cast<std::size_t>(i)]});
    }
    if (const auto& model = answer.authorship.timings) {
      prediction.phases.push_back({"model_wait", model->wait_ms});
      prediction.phases.push_back({"model_first", model->first_text_ms});
      prediction.phases.push_back({"model_prompt", model->prompt_ms});
      prediction.phases.push_back({"model_write", model->generation_ms});
    }
    return prediction;
  }

  /// SQLite's words for a table or column that is not there.
  static bool names_nothing(const std::string& problem) {
    return problem.find("no such table") != std::string::npos ||
           problem.find("no such column") != std::string::npos;
  }

  const Equipment equipment_;
  const std::shared_ptr<model_generator::ModelService> service_;  ///< Lives while it is asked.
  const dataset::SpiderTables tables_;
  const bool ask_back_;
  const std::string identity_;
  const AnswerObserver observer_;
  std::mutex mutex_;  // guards entries_, not what they hold
  std::map<std::string, std::unique_ptr<Entry>> entries_;
};

/// Changes whenever the weights do.
std::string stamp_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  const auto time = std::filesystem::last_write_time(file, error).time_since_epoch().count();
  return fmt::format("{}:{}:{}", file.string(), size, time);
}

std::string stamp_of(const model_generator::ModelPlace& place) {
  if (const auto* local = std::get_if<model_generator::LocalModel>(&place))
    return stamp_of(local->profile.file);
  const auto& endpoint = std::get<llm::Endpoint>(place);
  return endpoint.url + " " + endpoint.model;
}

}  // namespace

Result<std::unique_ptr<eval::Predictor>> open_pipeline_predictor(const EvalCommandOptions& options,
                                                                 std::stop_token stop,
                                                                 AnswerObserver observer) {
  IDI_TRY(const auto weights, find_weights(options.engines.parser));
  std::vector<std::string> warnings;
  IDI_TRY(auto engines, open_engines(options.engines, false, options.eval.jobs, warnings));
  IDI_TRY(const auto place, choose_model(options.engines, false));
  if (engines.service) {
    // What is measured must be there: the parser does not stand in for a model that never was.
    IDI_CHECK(reach_model(*engines.service, Deadline::never(), stop));
  }
  dataset::SpiderTables tables;
  if (options.eval.tables) {
    IDI_TRY(tables, dataset::SpiderTables::read(*options.eval.tables));
  }
  Equipment equipment;
  equipment.engines = engines.engines;
  equipment.source.wordnet = open_wordnet(warnings);
  IDI_TRY(equipment.source.calendar, open_calendar(options.calendar));
  equipment.source.cache_directory = value_cache(warnings);
  for (const auto& warning : warnings) print_warning(warning);
  equipment.limits.max_candidates = options.beam_width;
  // A busy machine must not change the figures: more time for trials than a person would wait.
  equipment.limits.trial_timeout_ms = 10'000;
  equipment.limits.trial_budget_ms = 60'000;
  equipment.limits.timeout_ms = 300'000;
  leave_out(options.without, equipment);
  auto identity = fmt::format(
      "idi {} {} beam {} tables {} model {} policy {}", program_version, stamp_of(weights),
      options.beam_width, options.eval.tables ? options.eval.tables->string() : "none",
      place ? stamp_of(*place) : "none", engine::policy_name(engines.engines.policy));
  if (options.ask_back) identity += " asks back";
  for (const Part part : options.without) identity += fmt::format(" without {}", part_name(part));
  if (!options.calendar.today.empty()) identity += " today " + options.calendar.today;
  return std::unique_ptr<eval::Predictor>(std::make_unique<PipelinePredictor>(
      std::move(equipment), std::move(engines.service), std::move(tables), options.ask_back,
      std::move(identity), std::move(observer)));
}

}  // namespace idi::cli
