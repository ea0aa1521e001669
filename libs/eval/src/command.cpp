#include "idi/eval/command.hpp"

#include <ostream>
#include <utility>

#include "idi/eval/report.hpp"
#include "progress_line.hpp"

namespace idi::eval {
Result<Evaluation> run_eval_command(const EvalOptions& options, Predictor* predictor, bool json,
                                    EvalStreams streams, std::stop_token stop) {
  Result<Evaluation> evaluation = [&] {
    if (!streams.progress) return evaluate(options, predictor, nullptr, std::move(stop));
    ProgressLine line(*streams.progress);
    return evaluate(options, predictor, &line, std::move(stop));
  }();
  if (!evaluation) return evaluation;
  if (json) {
    streams.out << summary_json(*evaluation, options) << '\n';
  } else {
    streams.out << summary_text(*evaluation, options);
  }
  streams.out.flush();
  if (!streams.out) {
    return make_error(ErrorCode::io_failed, "cannot write the summary to standard output");
  }
  if (streams.progress && options.report) {
    *streams.progress << "report: " << (*options.report / "report.html").string() << '\n';
  }
  return evaluation;
}

}  // namespace idi::eval
