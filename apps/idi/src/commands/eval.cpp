#include <unistd.h>

#include <chrono>
#include <iostream>
#include <sstream>

#include "commands.hpp"
#include "eval_series.hpp"
#include "exit_codes.hpp"
#include "idi/eval/command.hpp"
#include "idi/eval/dialogue.hpp"
#include "idi/eval/refusals.hpp"
#include "output.hpp"
#include "pipeline_predictor.hpp"

namespace idi::cli {
namespace {

Result<std::string> evaluate_wrong_databases(EvalCommandOptions options,
                                             const std::stop_token& stop) {
  options.ask_back = true;  // What a user meets: asking back is an answer, too.
  IDI_TRY(const auto predictor, open_pipeline_predictor(options, stop));
  eval::RefusalOptions asked;
  asked.eval = options.eval;
  asked.seed = *options.wrong_databases;
  asked.threshold = options.threshold;
  std::ostringstream out;
  std::ostream* progress = traits_of(STDERR_FILENO).can_redraw ? &std::cerr : nullptr;
  IDI_TRY([[maybe_unused]] const auto evaluation,
          eval::run_refusal_command(asked, *predictor, options.json, {out, progress}, stop));
  return std::move(out).str();
}

Result<std::string> evaluate(const EvalCommandOptions& options, const std::stop_token& stop) {
  if (!options.variants.empty()) return evaluate_variants(options, stop);
  if (options.eval.questions.empty() && options.dialogues.empty()) {
    return make_error(ErrorCode::invalid_argument, "there is nothing to ask",
                      "Name a file: --questions FILE or --dialogues FILE.");
  }
  if (options.ablations) return evaluate_ablations(options, stop);
  if (options.wrong_databases) return evaluate_wrong_databases(options, stop);
  std::unique_ptr<eval::Predictor> predictor;
  if (!options.eval.predictions) {
    IDI_TRY(predictor, open_pipeline_predictor(options, stop));
  }
  std::ostringstream out;
  std::ostream* progress = traits_of(STDERR_FILENO).can_redraw ? &std::cerr : nullptr;
  if (!options.dialogues.empty()) {
    eval::DialogueOptions dialogues{options.eval, options.context};
    dialogues.eval.questions = options.dialogues;
    IDI_TRY([[maybe_unused]] const auto evaluation,
            eval::run_dialogue_command(dialogues, *predictor, options.json, {out, progress}, stop));
    return std::move(out).str();
  }
  IDI_TRY(
      [[maybe_unused]] const auto evaluation,
      eval::run_eval_command(options.eval, predictor.get(), options.json, {out, progress}, stop));
  return std::move(out).str();
}

}  // namespace

int run_eval(const EvalCommandOptions& options, Interrupt& interrupt) {
  // The journal is closed properly: an interrupted run can be resumed.
  const auto text = evaluate(options, interrupt.begin(std::chrono::seconds(10)));
  interrupt.end();
  return print_result(text);
}

}  // namespace idi::cli
