#include "generation/proposer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace idi::engine {
namespace {

CandidateReport report_of(const SqlCandidate& candidate, const Trial& trial) {
  CandidateReport report;
  report.sql = candidate.sql;
  report.log_probability = candidate.log_probability;
  report.state = trial.state;
  report.rows = static_cast<std::int64_t>(trial.table.rows.size());
  report.writer = candidate.writer;
  if (trial.error) report.problem = trial.error->message + ": " + trial.error->detail;
  return report;
}

class Proposer {
 public:
  Proposer(const link::LinkedQuestion& question, const Asking& asking)
      : question_(question), asking_(asking) {}

  Result<Proposals> run() && {
    asking_.meter.begin(Phase::generating, "Writing SQL");
    if (!asking_.engines.model) {
      IDI_CHECK(ask_parser());
      IDI_CHECK(begin_trials());
    } else {
      switch (asking_.engines.policy) {
        case Policy::fast:
          IDI_CHECK(ask_fast());
          break;
        case Policy::careful:
          IDI_CHECK(ask_both());
          break;
        case Policy::model:
          IDI_CHECK(ask_model_first());
          break;
      }
    }
    if (made_.candidates.empty()) return nothing();
    weigh();
    return std::move(made_);
  }

 private:
  [[nodiscard]] const Schema& schema() const { return asking_.source.schema(); }
  [[nodiscard]] bool has_parsed() const { return has(Writer::parser); }
  [[nodiscard]] bool has_modelled() const { return has(Writer::model); }
  [[nodiscard]] bool has(Writer writer) const {
    return std::any_of(made_.candidates.begin(), made_.candidates.end(),
                       [&](const auto& candidate) { return candidate.writer == writer; });
  }

  /// The parser is tried before the model is asked; its time is that of verifying.
  Status ask_fast() {
    IDI_CHECK(ask_parser());
    asking_.meter.bill(Phase::verifying);
    IDI_CHECK(try_new({}));
    if (has_parsed()) {
      weigh();
      if (made_.choice.share >= sure_confidence) {
        asking_.meter.begin(Phase::verifying, "Trying candidates");
        return {};
      }
    }
    asking_.meter.bill(Phase::generating);
    asking_.meter.say("Asking the language model for a second opinion");
    IDI_CHECK(ask_model());
    return begin_trials();
  }

  Status ask_both() {
    IDI_CHECK(ask_parser());
    IDI_CHECK(ask_model());
    return begin_trials();
  }

  Status ask_model_first() {
    IDI_CHECK(ask_model());
    if (!has_modelled()) IDI_CHECK(ask_parser());
    IDI_CHECK(begin_trials());
    if (!made_.candidates.empty()) return {};
    asking_.meter.bill(Phase::generating);
    IDI_CHECK(ask_parser());
    asking_.meter.bill(Phase::verifying);
    return try_new({});
  }

  [[nodiscard]] GenerateOptions options() const {
    GenerateOptions options;
    options.max_candidates = asking_.bounds.limits.max_candidates;
    options.dialect = schema().dialect;
    options.deadline = asking_.bounds.deadline;
    options.stop = asking_.bounds.stop;
    options.keywords.assign(asking_.keywords.begin(), asking_.keywords.end());
    if (&asking_.events != &no_events()) {
      options.on_token = [this](const DraftToken& token) { asking_.events.on_token(token); };
    }
    return options;
  }

  [[nodiscard]] GenerateOptions model_options() {
    GenerateOptions asked = options();
    if (!asked.deadline.is_never()) {
      const auto share = std::chrono::duration_cast<std::chrono::milliseconds>(
          asked.deadline.remaining() * model_time_share);
      asked.deadline = Deadline::after(share).at_most(asked.deadline);
    }
    if (asking_.engines.policy == Policy::fast) asked.max_wait_ms = fast_wait_ms;
    asked.on_message = [this](std::string_view message, double done) {
      asking_.meter.say(std::string(message));
      asking_.meter.advance(done);
    };
    return asked;
  }

  /// Keeps why nothing came; only what ends the question is an error.
  Status keep(Result<Generation> generation, Writer writer) {
    if (generation) {
      for (auto& candidate : generation->candidates) {
        candidate.writer = writer;
        made_.candidates.push_back(std::move(candidate));
      }
      for (auto& note : generation->notes) made_.notes.push_back(std::move(note));
      if (generation->timings) made_.timings = add(made_.timings, *generation->timings);
      return {};
    }
    IDI_CHECK(asking_.bounds.check());
    if (generation.error().code == ErrorCode::cancelled) return generation.error();
    (writer == Writer::parser ? parser_error_ : model_error_) = std::move(generation.error());
    return {};
  }

  static ModelTimings add(const std::optional<ModelTimings>& before, ModelTimings timings) {
    if (!before) return timings;
    timings.requests += before->requests;
    timings.prompt_tokens += before->prompt_tokens;
    timings.cached_tokens += before->cached_tokens;
    timings.generated_tokens += before->generated_tokens;
    timings.wait_ms += before->wait_ms;
    timings.first_text_ms = before->first_text_ms;
    timings.prompt_ms += before->prompt_ms;
    timings.generation_ms += before->generation_ms;
    return timings;
  }

  Status ask_parser() {
    if (!asking_.engines.parser) return {};
    return keep(asking_.engines.parser->generate(question_, asking_.source.linker(), options()),
                Writer::parser);
  }

  Status ask_model() {
    IDI_CHECK(
        keep(asking_.engines.model->generate(question_, asking_.source.linker(), model_options()),
             Writer::model));
    if (!has_modelled() && !model_error_) {
      model_error_ = make_error(ErrorCode::unanswerable, "the language model wrote nothing");
    }
    if (model_error_) note_failure(*model_error_);
    return {};
  }

  void note_failure(const Error& error) {
    made_.notes.push_back(
        fmt::format("The language model gave no answer ({}); the built-in parser's is shown.",
                    error.detail.empty() ? error.message : error.message + ": " + error.detail));
  }

  Status begin_trials() {
    asking_.meter.begin(Phase::verifying, "Trying candidates");
    IDI_CHECK(try_new([this](double done) { asking_.meter.advance(done); }));
    if (!has_modelled() || ran(Writer::model)) return {};
    IDI_CHECK(repair());
    if (!ran(Writer::model)) drop_modelled();
    return {};
  }

  /// Whether a statement of this engine was accepted.
  [[nodiscard]] bool ran(Writer writer) const {
    for (std::size_t i = 0; i < made_.trials.size(); ++i) {
      if (made_.candidates[i].writer == writer && made_.trials[i].state != TrialState::failed)
        return true;
    }
    return false;
  }

  /// Tries the candidates that have no trial yet; what was tried before is not run again.
  Status try_new(const std::function<void(double)>& tried) {
    const std::size_t before = made_.trials.size();
    std::vector<std::string> statements;
    std::vector<std::optional<std::size_t>> known(made_.candidates.size());
    for (std::size_t i = before; i < made_.candidates.size(); ++i) {
      for (std::size_t j = 0; j < i && !known[i]; ++j) {
        if (made_.candidates[j].sql == made_.candidates[i].sql) known[i] = j;
      }
      if (!known[i]) statements.push_back(made_.candidates[i].sql);
    }
    IDI_TRY(auto trials, try_candidates(
                             asking_.connection, schema().dialect, statements, asking_.bounds,
                             tried ? tried : [](double) {}));
    std::size_t next = 0;
    for (std::size_t i = before; i < made_.candidates.size(); ++i) {
      if (known[i]) {
        Trial same = made_.trials[*known[i]];
        made_.trials.push_back(std::move(same));
      } else {
        made_.trials.push_back(std::move(trials[next++]));
      }
    }
    return {};
  }

  /// The model hears once what the guard or the database said.
  Status repair() {
    std::optional<FailedStatement> failed;
    std::vector<std::string> tried;
    for (std::size_t i = 0; i < made_.trials.size(); ++i) {
      if (made_.candidates[i].writer != Writer::model) continue;
      tried.push_back(made_.candidates[i].sql);
      if (made_.trials[i].error && !failed) {
        failed = FailedStatement{made_.candidates[i].sql, *made_.trials[i].error};
      }
    }
    if (!failed) return {};
    failed->tried = std::move(tried);
    asking_.meter.bill(Phase::generating);
    asking_.meter.say("Asking the language model to mend its SQL");
    model_error_ = failed->error;
    IDI_CHECK(keep(
        asking_.engines.model->repair(question_, asking_.source.linker(), *failed, model_options()),
        Writer::model));
    asking_.meter.bill(Phase::verifying);
    return try_new({});
  }

  /// None of its statements can be run: it has no say in the choice.
  void drop_modelled() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < made_.candidates.size(); ++i) {
      if (made_.candidates[i].writer == Writer::model) {
        made_.dropped.push_back(report_of(made_.candidates[i], made_.trials[i]));
        continue;
      }
      if (kept != i) {
        made_.candidates[kept] = std::move(made_.candidates[i]);
        made_.trials[kept] = std::move(made_.trials[i]);
      }
      ++kept;
    }
    made_.candidates.resize(kept);
    made_.trials.resize(kept);
    if (model_error_) note_failure(*model_error_);
  }

  void weigh() {
    const auto& [parser, model, policy] = asking_.engines;
    made_.choice =
        choose(made_.candidates, made_.trials,
               {question_, schema(), parser ? parser->selector() : nullptr,
                model ? model->reliability() : 0, asking_.resolutions, asking_.execution_choice});
  }

  /// No engine wrote anything that can be tried.
  [[nodiscard]] Error nothing() const {
    if (!parser_error_ && !model_error_) {
      return make_error(ErrorCode::unanswerable, "nothing could be written for this question",
                        fmt::format("The database is about: {}.", describe_contents(schema())));
    }
    if (!parser_error_) return *model_error_;
    Error error = *parser_error_;
    if (model_error_) {
      error.hint += fmt::format("{}The language model gave no answer either: {}.",
                                error.hint.empty() ? "" : " ", model_error_->message);
    }
    return error;
  }

  const link::LinkedQuestion& question_;
  const Asking& asking_;
  std::optional<Error> parser_error_, model_error_;
  Proposals made_;
};

}  // namespace

Result<Proposals> propose(const link::LinkedQuestion& question, const Asking& asking) {
  return Proposer(question, asking).run();
}

std::vector<CandidateReport> reports_of(const Proposals& proposals) {
  std::vector<CandidateReport> reports;
  for (const std::size_t index : proposals.choice.order) {
    reports.push_back(report_of(proposals.candidates[index], proposals.trials[index]));
    reports.back().score = proposals.choice.scores[index];
    reports.back().features = proposals.choice.features[index];
  }
  reports.insert(reports.end(), proposals.dropped.begin(), proposals.dropped.end());
  return reports;
}

}  // namespace idi::engine
