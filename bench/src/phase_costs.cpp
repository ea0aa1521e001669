#include "phase_costs.hpp"

#include <algorithm>
#include <functional>
#include <system_error>

#include "idi/answerability/answerability.hpp"
#include "idi/core/log.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/engine/pipeline.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/parser/parser.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/sql/translate.hpp"
#include "idi/verification/verifier.hpp"
#include "memory_meter.hpp"

namespace idi::bench {
namespace {

/// Steps by name, in the order in which they first ran.
class StepList {
 public:
  explicit StepList(std::vector<StepCost>& steps) : steps_(steps) {}

  /// The memory pass gives freed memory back before each step, which makes the step itself slower:
  /// its times are not kept.
  template <typename Work>
  auto run(const std::string& name, Work work) {
    StepCost& step = step_named(name);
    double before = 0;
    if (measures_memory_) {
      reset_peak_memory();
      before = private_memory_mib();
    }
    const Stopwatch watch;
    auto result = work();
    const double ms = watch.elapsed_ms();
    const double cpu_ms = watch.cpu_ms();
    if (measures_memory_) {
      step.peak_mib = peak_memory_mib();
      reset_peak_memory();
      step.kept_mib = private_memory_mib() - before;
    } else {
      step.ms.add(ms);
      step.cpu_ms.add(cpu_ms);
    }
    return result;
  }
  void measure_memory(bool on) { measures_memory_ = on; }
  StepCost& step_named(const std::string& name) {
    const auto found = std::find_if(steps_.begin(), steps_.end(),
                                    [&](const StepCost& step) { return step.name == name; });
    return found != steps_.end() ? *found : steps_.emplace_back(StepCost{name, {}, {}, 0, 0});
  }

 private:
  std::vector<StepCost>& steps_;
  bool measures_memory_ = false;
};

void empty_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  std::filesystem::create_directories(folder, ignored);
}

double folder_mib(const std::filesystem::path& folder) {
  double bytes = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    bytes += static_cast<double>(entry.file_size(error));
  }
  return bytes / (1 << 20);
}

/// Opens as the program does (engine::Source::open), step by step; then once whole, to be asked.
Result<std::unique_ptr<engine::Pipeline>> open_once(const PhaseOptions& options, StepList& steps,
                                                    bool builds_index, PhaseCosts& costs) {
  IDI_TRY(auto parser,
          steps.run("weights", [&] { return parser::Parser::open(options.model.string()); }));
  IDI_TRY(auto wordnet, steps.run("WordNet", [] { return link::WordNet::open(); }));
  IDI_TRY(auto database, steps.run("open file", [&] {
    return db_sqlite::open_sqlite_database(options.database);
  }));
  IDI_TRY(Schema schema, steps.run("introspect", [&] { return database->introspect({}); }));
  auto keys = steps.run("infer keys", [&] { return sql::infer_foreign_keys(schema); });
  for (auto& key : keys) schema.foreign_keys.push_back(std::move(key));
  costs.tables = static_cast<int>(schema.tables.size());
  costs.columns = schema.column_count();
  costs.foreign_keys = static_cast<int>(schema.foreign_keys.size());

  const auto open_values = [&] {
    return link::ValueIndex::open_or_build(*database, schema, options.cache, {}, {}, wordnet);
  };
  if (builds_index) {
    empty_folder(options.cache);
    IDI_TRY(const auto built, steps.run("value index: build", open_values));
  }
  costs.value_index_mib = folder_mib(options.cache);
  IDI_TRY(auto values, steps.run("value index: from cache", open_values));
  const auto linker = steps.run(
      "linker", [&] { return link::Linker::make(std::move(schema), std::move(values), wordnet); });
  engine::SourceOptions source_options;
  source_options.cache_directory = options.cache;
  source_options.wordnet = wordnet;
  IDI_TRY(auto source, engine::Source::open(std::move(database), source_options, {}));
  IDI_TRY(auto pipeline, steps.run("connect", [&] {
    return engine::Pipeline::open(source, {engine::make_parser_generator(parser)});
  }));
  return pipeline;
}

engine::AskLimits limits() { return {}; }

bool ask(engine::Pipeline& pipeline, const std::string& question, StepList& steps) {
  const Stopwatch watch;
  const auto answer = pipeline.ask({question}, limits(), engine::no_events(), {});
  const double ms = watch.elapsed_ms();
  const double cpu_ms = watch.cpu_ms();
  if (!answer) return false;
  for (int i = 0; i < engine::phase_count; ++i) {
    const auto phase = static_cast<engine::Phase>(i);
    steps.step_named(std::string(engine::phase_name(phase)))
        .ms.add(answer->phase_ms[static_cast<std::size_t>(i)]);
  }
  StepCost& whole = steps.step_named("the whole answer");
  whole.ms.add(ms);
  whole.cpu_ms.add(cpu_ms);
  return true;
}

/// What the phases do besides generating and running, each call by itself, for what was answered.
Status measure_parts(engine::Pipeline& pipeline, const PhaseOptions& options, StepList& parts) {
  const engine::Source& source = pipeline.source();
  const Schema& schema = source.schema();
  const sql::JoinPlanner planner(schema);
  IDI_TRY(auto connection, source.database().connect());
  for (const auto& question : options.questions) {
    const auto answer = pipeline.ask({question}, limits(), engine::no_events(), {});
    if (!answer) continue;
    const auto query = sql::to_ir(answer->sql, schema, planner);
    if (!query) continue;
    const auto linked = parts.run("linking", [&] { return source.linker().link(question); });
    parts.run("whether it can be answered", [&] { return source.judge().verdict_on(linked, {}); });
    parts.run("words used by one candidate",
              [&] { return explanation::used_words(*query, schema, linked); });
    IDI_TRY(const auto verified, parts.run("verification, its queries included", [&] {
      return verification::verify({linked, source.linker(), &*query, answer->sql, answer->result},
                                  *connection, {}, Deadline::never(), {});
    }));
    parts.run("explanation", [&] { return explanation::explain(*query, schema, &linked); });
  }
  return {};
}

void measure_links(const engine::Pipeline& pipeline, const PhaseOptions& options,
                   PhaseCosts& costs) {
  double columns = 0;
  for (const auto& question : options.questions) {
    const auto linked = pipeline.source().linker().link(question);
    const int kept = static_cast<int>(linked.columns.size());
    columns += kept;
    costs.most_linked_columns = std::max(costs.most_linked_columns, kept);
  }
  costs.linked_columns =
      columns / static_cast<double>(std::max<std::size_t>(options.questions.size(), 1));
}

}  // namespace

Result<PhaseCosts> measure_phases(const PhaseOptions& options) {
  PhaseCosts costs;
  double peak = 0;
  StepList opening(costs.opening);
  StepList answering(costs.answering);
  std::unique_ptr<engine::Pipeline> pipeline;

  const auto first_question = [&] {
    return pipeline->ask({options.questions.front()}, limits(), engine::no_events(), {})
        .has_value();
  };
  for (int round = 0; round <= options.openings; ++round) {
    opening.measure_memory(round == 0);
    pipeline.reset();
    IDI_TRY(pipeline, open_once(options, opening, round <= 1, costs));
    opening.run("first question", first_question);
  }
  for (const StepCost& step : costs.opening) peak = std::max(peak, step.peak_mib);

  reset_peak_memory();
  const double before = private_memory_mib();
  measure_links(*pipeline, options, costs);
  for (const auto& question : options.questions) {
    ++costs.questions;
    if (!pipeline->ask({question}, limits(), engine::no_events(), {})) ++costs.unanswered;
  }
  const double answering_peak = peak_memory_mib();
  reset_peak_memory();
  const double kept = private_memory_mib() - before;
  for (int round = 0; round < options.rounds; ++round) {
    for (const auto& question : options.questions) ask(*pipeline, question, answering);
  }
  StepList parts(costs.parts);
  for (int round = 0; round < options.rounds; ++round) {
    IDI_CHECK(measure_parts(*pipeline, options, parts));
  }
  if (!costs.answering.empty()) {
    costs.answering.back().kept_mib = kept;
    costs.answering.back().peak_mib = answering_peak;
  }
  costs.peak_mib = std::max(peak, answering_peak);
  return costs;
}

}  // namespace idi::bench
