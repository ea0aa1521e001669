#include <ostream>
#include <utility>

#include "idi/eval/dialogue.hpp"
#include "progress_line.hpp"

namespace idi::eval {

Result<DialogueEvaluation> run_dialogue_command(const DialogueOptions& options,
                                                Predictor& predictor, bool json,
                                                EvalStreams streams, std::stop_token stop) {
  Result<DialogueEvaluation> evaluation = [&] {
    if (!streams.progress) return evaluate_dialogues(options, predictor, nullptr, std::move(stop));
    ProgressLine line(*streams.progress);
    return evaluate_dialogues(options, predictor, &line, std::move(stop));
  }();
  if (!evaluation) return evaluation;
  const DialogueSummary& summary = evaluation->summary;
  streams.out << (json ? summary_json(summary, options) + "\n" : summary_text(summary, options));
  streams.out.flush();
  if (!streams.out) {
    return make_error(ErrorCode::io_failed, "cannot write the summary to standard output");
  }
  if (streams.progress && options.eval.report) {
    *streams.progress << "report: " << options.eval.report->string() << '\n';
  }
  return evaluation;
}

}  // namespace idi::eval
