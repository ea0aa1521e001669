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
#include "idi/confidence/confidence.hpp"
#include "idi/eval/command.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "output.hpp"
#include "pipeline_predictor.hpp"

namespace idi::cli {
namespace {

struct Examples {
  std::vector<confidence::Example> examples;
  std::vector<std::string> databases;  ///< Of each.
};

/// What the confidence of each answer was made from, by question.
class FeatureRecord {
 public:
  void add(std::size_t question, const engine::Answer& answer) {
    if (answer.kind != engine::Answer::Kind::data) return;
    const std::lock_guard lock(mutex_);
    by_question_[question] = answer.confidence_features;
  }

  [[nodiscard]] Examples with_verdicts(const eval::Evaluation& evaluation) const {
    Examples result;
    for (const auto& question : evaluation.questions) {
      const auto found = by_question_.find(question.outcome.index);
      if (found == by_question_.end() || question.outcome.verdict == eval::Verdict::unusable)
        continue;
      result.examples.push_back({found->second, question.outcome.verdict == eval::Verdict::right});
      result.databases.push_back(question.db_id);
    }
    return result;
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, confidence::Features> by_question_;
};

Status store(const std::filesystem::path& weights, const confidence::Model& model) {
  try {
    model_io::copy_with_text(weights.string(), weights.string(), "confidence", model.to_text());
  } catch (const model_io::FormatError& error) {
    return make_error(ErrorCode::io_failed, error.what(),
                      "give a weights file that idi-train wrote");
  }
  return {};
}

std::string measures(std::string_view name, std::span<const confidence::Judged> judged) {
  const auto reliability = confidence::reliability(judged);
  const auto coverage = confidence::coverage_at(judged, eval::wanted_precision);
  return fmt::format("  {:<38}{:>8.4f} {:>8.4f} {:>8.4f} {:>7.2f} %  from {:.2f}\n", name,
                     reliability.expected_calibration_error, reliability.brier_score,
                     reliability.ranking_quality, 100 * coverage.share, coverage.threshold);
}

std::vector<confidence::Judged> judged_by(const confidence::Model& model,
                                          const std::vector<confidence::Example>& examples) {
  std::vector<confidence::Judged> judged;
  for (const auto& example : examples)
    judged.push_back({model.probability(example.features), example.right});
  return judged;
}

Result<std::string> fit(const ConfidenceOptions& options, const std::stop_token& stop) {
  FeatureRecord record;
  IDI_TRY(const auto predictor,
          open_pipeline_predictor(options.evaluation, stop,
                                  [&record](std::size_t index, const engine::Answer& answer) {
                                    record.add(index, answer);
                                  }));
  std::ostringstream out;
  std::ostream* progress = traits_of(STDERR_FILENO).can_redraw ? &std::cerr : nullptr;
  IDI_TRY(const auto evaluation, eval::run_eval_command(options.evaluation.eval, predictor.get(),
                                                        false, {out, progress}, stop));
  const Examples found = record.with_verdicts(evaluation);
  IDI_TRY(const auto model, confidence::fit(found.examples, options.l2));
  IDI_TRY(const auto crossed,
          confidence::cross_validated(found.examples, found.databases, options.folds, options.l2));
  IDI_CHECK(store(options.into, model));
  out << fmt::format("\n{} answers\n  {:<38}{:>8} {:>8} {:>8} {:>9}\n", found.examples.size(), "",
                     "ECE", "Brier", "AUC", "at 90 %");
  out << measures("weights set by hand", judged_by(confidence::Model::standard(), found.examples));
  out << measures("fitted, on the same answers", judged_by(model, found.examples));
  out << measures("fitted, on databases left out", crossed);
  out << "\nconfidence written to " << options.into.string() << ":\n" << model.to_text();
  return std::move(out).str();
}

}  // namespace

int run_data_confidence(const ConfidenceOptions& options, Interrupt& interrupt) {
  const auto text = fit(options, interrupt.begin(std::chrono::seconds(10)));
  interrupt.end();
  return print_result(text);
}

}  // namespace idi::cli
