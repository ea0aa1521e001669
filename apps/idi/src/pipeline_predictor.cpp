#include "pipeline_predictor.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

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
  PipelinePredictor(std::shared_ptr<const engine::SqlGenerator> generator,
                    engine::SourceOptions source_options, dataset::SpiderTables tables,
                    engine::AskLimits limits, std::string identity, AnswerObserver observer)
      : generator_(std::move(generator)),
        source_options_(std::move(source_options)),
        tables_(std::move(tables)),
        limits_(limits),
        identity_(std::move(identity)),
        observer_(std::move(observer)) {}

  Result<eval::Prediction> predict(const eval::Ask& ask, std::stop_token stop) override {
    Entry& entry = entry_of(ask.database.string());
    IDI_TRY(auto pipeline, take_pipeline(entry, ask, stop));
    auto answer = pipeline->ask(question_of(ask), limits_, engine::no_events(), stop);
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
  static engine::Question question_of(const eval::Ask& ask) {
    engine::Question question{ask.question, {}, {}, ask.conversation.empty()};
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
      auto options = source_options_;
      if (const Schema* described = tables_.find(ask.db_id)) {
        options.describe = [described](Schema& schema) {
          dataset::apply_spider_tables(schema, *described);
        };
      }
      IDI_TRY(entry.source, engine::Source::open(std::move(database), options, stop));
    }
    return engine::Pipeline::open(entry.source, {generator_});
  }

  static eval::Prediction as_prediction(const engine::Answer& answer) {
    eval::Prediction prediction;
    prediction.sql = answer.sql;
    prediction.confidence = answer.confidence;
    prediction.standalone_question = answer.standalone_question;
    for (const auto& candidate : answer.candidates) prediction.candidates.push_back(candidate.sql);
    for (int i = 0; i < engine::phase_count; ++i) {
      prediction.phases.push_back({std::string(engine::phase_name(static_cast<engine::Phase>(i))),
                                   answer.phase_ms[static_cast<std::size_t>(i)]});
    }
    return prediction;
  }

  const std::shared_ptr<const engine::SqlGenerator> generator_;
  const engine::SourceOptions source_options_;
  const dataset::SpiderTables tables_;
  const engine::AskLimits limits_;
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

}  // namespace

Result<std::unique_ptr<eval::Predictor>> open_pipeline_predictor(const EvalCommandOptions& options,
                                                                 AnswerObserver observer) {
  IDI_TRY(const auto weights, find_model(options.model));
  IDI_TRY(auto generator, open_generator(weights.string()));
  dataset::SpiderTables tables;
  if (options.eval.tables) {
    IDI_TRY(tables, dataset::SpiderTables::read(*options.eval.tables));
  }
  std::vector<std::string> warnings;
  engine::SourceOptions source_options;
  source_options.wordnet = open_wordnet(warnings);
  source_options.cache_directory = value_cache(warnings);
  for (const auto& warning : warnings) print_warning(warning);

  engine::AskLimits limits;
  limits.max_candidates = options.beam_width;
  // A busy machine must not change the figures: more time for trials than a person would wait.
  limits.trial_timeout_ms = 1'000;
  limits.trial_budget_ms = 5'000;
  auto identity =
      fmt::format("idi {} {} beam {} tables {}", program_version, stamp_of(weights),
                  options.beam_width, options.eval.tables ? options.eval.tables->string() : "none");
  return std::unique_ptr<eval::Predictor>(std::make_unique<PipelinePredictor>(
      std::move(generator), std::move(source_options), std::move(tables), limits,
      std::move(identity), std::move(observer)));
}

}  // namespace idi::cli
