#include "idi/eval/command.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <utility>

#include "idi/eval/report.hpp"

namespace idi::eval {
namespace {

std::string clock_text(std::chrono::milliseconds duration) {
  const auto seconds = (duration.count() + 500) / 1000;
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// One line that is written over and over.
class ProgressLine final : public ProgressSink {
 public:
  explicit ProgressLine(std::ostream& stream) : stream_(stream) {}
  ~ProgressLine() override {
    if (written_) stream_ << '\n' << std::flush;
  }
  void on_progress(const Progress& progress) override {
    const Tally so_far{progress.done, progress.right};
    std::string line = fmt::format("{}/{}  {} % right  {} elapsed", progress.done, progress.total,
                                   percent_text(so_far), clock_text(progress.elapsed));
    if (progress.left && progress.done < progress.total) {
      line += fmt::format("  {} left", clock_text(*progress.left));
    }
    if (progress.resumed > 0) line += fmt::format("  ({} from before)", progress.resumed);
    stream_ << '\r' << line << "\x1b[K" << std::flush;
    written_ = true;
  }

 private:
  std::ostream& stream_;
  bool written_ = false;
};

}  // namespace

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
