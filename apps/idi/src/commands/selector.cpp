#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "idi/eval/command.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "idi/parser/selector.hpp"
#include "output.hpp"
#include "pipeline_predictor.hpp"

namespace idi::cli {
namespace {

/// The features of the candidates, by question, in the order in which they are scored.
class FeatureRecord {
 public:
  void add(std::size_t question, const engine::Answer& answer) {
    std::vector<parser::SelectionFeatures> features;
    for (const auto& candidate : answer.candidates) features.push_back(candidate.features);
    const std::lock_guard lock(mutex_);
    by_question_[question] = std::move(features);
  }

  [[nodiscard]] std::vector<parser::SelectionExample> with_verdicts(
      const eval::Evaluation& evaluation) const {
    std::vector<parser::SelectionExample> examples;
    for (const auto& question : evaluation.questions) {
      const auto found = by_question_.find(question.outcome.index);
      if (found == by_question_.end()) continue;
      if (found->second.size() != question.outcome.candidates_right.size()) continue;
      examples.push_back({found->second, question.outcome.candidates_right});
    }
    return examples;
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, std::vector<parser::SelectionFeatures>> by_question_;
};

Status store(const std::filesystem::path& weights, const parser::Selector& selector) {
  try {
    model_io::copy_with_text(weights.string(), weights.string(), "selector", selector.to_text());
  } catch (const model_io::FormatError& error) {
    return make_error(ErrorCode::io_failed, error.what(),
                      "give a weights file that idi-train wrote");
  }
  return {};
}

Result<std::string> fit(const SelectorOptions& options, const std::stop_token& stop) {
  EvalCommandOptions asked = options.evaluation;
  asked.eval.score_candidates = true;
  FeatureRecord record;
  IDI_TRY(const auto predictor,
          open_pipeline_predictor(asked, stop,
                                  [&record](std::size_t index, const engine::Answer& answer) {
                                    record.add(index, answer);
                                  }));
  std::ostringstream out;
  std::ostream* progress = traits_of(STDERR_FILENO).can_redraw ? &std::cerr : nullptr;
  IDI_TRY(const auto evaluation,
          eval::run_eval_command(asked.eval, predictor.get(), false, {out, progress}, stop));
  parser::FitOptions fitting;
  fitting.l2 = options.l2;
  IDI_TRY(const auto selector, parser::fit_selector(record.with_verdicts(evaluation), fitting));
  IDI_CHECK(store(options.into, selector));
  out << "\nselector written to " << options.into.string() << ":\n" << selector.to_text();
  return std::move(out).str();
}

}  // namespace

int run_data_selector(const SelectorOptions& options, Interrupt& interrupt) {
  const auto text = fit(options, interrupt.begin(std::chrono::seconds(10)));
  interrupt.end();
  return print_result(text);
}

}  // namespace idi::cli
