#include <unistd.h>

#include <chrono>
#include <iostream>
#include <sstream>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "idi/eval/command.hpp"
#include "idi/eval/dialogue.hpp"
#include "output.hpp"
#include "pipeline_predictor.hpp"

namespace idi::cli {
namespace {

Result<std::string> evaluate(const EvalCommandOptions& options, const std::stop_token& stop) {
  if (options.eval.questions.empty() && options.dialogues.empty()) {
    return make_error(ErrorCode::invalid_argument, "there is nothing to ask",
                      "Name a file: --questions FILE or --dialogues FILE.");
  }
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
