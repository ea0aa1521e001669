#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "answer_view.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "formats.hpp"
#include "idi/core/deadline.hpp"
#include "opening.hpp"
#include "output.hpp"
#include "progress_line.hpp"

namespace idi::cli {
namespace {

std::string rendered(const AskOptions& options, const engine::Answer& answer) {
  switch (options.format) {
    case AnswerFormat::json:
      return answer_as_json(options.question, answer);
    case AnswerFormat::csv:
      return table_as_csv(answer.result);
    case AnswerFormat::sql:
      return answer.sql.empty() ? std::string() : answer.sql + "\n";
    case AnswerFormat::text:
      break;
  }
  return render_answer(answer, {traits_of(STDOUT_FILENO), options.explain});
}

/// Opening knows no deadline, only a stop: the first question about a large database reads much of
/// it, to index its values.
Result<Opened> open_within(const SourceOptions& source, Deadline deadline,
                           const std::stop_token& stop) {
  std::stop_source ending;
  const std::stop_callback forward(stop, [&] { ending.request_stop(); });
  std::mutex mutex;
  std::condition_variable_any wake;
  std::atomic<bool> late = false;
  std::jthread timer([&](const std::stop_token& opened) {
    std::unique_lock lock(mutex);
    wake.wait_until(lock, opened, deadline.time_point(), [] { return false; });
    if (opened.stop_requested()) return;
    late = true;
    ending.request_stop();
  });
  auto opened = open_pipeline(source, nullptr, ending.get_token());
  if (!opened && opened.error().code == ErrorCode::cancelled && late) {
    return make_error(ErrorCode::timeout, "reading the database for the first time took too long",
                      "Allow more time once, e.g. --timeout 300: what was read is kept.");
  }
  return opened;
}

Result<engine::Answer> ask(const AskOptions& options, ProgressLine& progress,
                           std::vector<std::string>& warnings, const std::stop_token& stop) {
  const auto timeout =
      std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout_s * 1000));
  const auto deadline = Deadline::after(timeout);
  progress.show("Opening the database");
  IDI_TRY(auto opened, open_within(options.source, deadline, stop));
  warnings = std::move(opened.warnings);
  engine::AskLimits limits;
  limits.max_rows = options.max_rows;
  limits.timeout_ms = std::max<std::int64_t>(1, deadline.remaining().count());
  return opened.pipeline->ask({options.question, {}, {}, true}, limits, progress, stop);
}

}  // namespace

int run_ask(const AskOptions& options, Interrupt& interrupt) {
  const std::stop_token stop = interrupt.begin(std::chrono::milliseconds(80));
  const bool for_people = options.format == AnswerFormat::text;
  std::vector<std::string> warnings;
  ProgressLine progress(for_people && traits_of(STDOUT_FILENO).is_terminal);
  auto answer = ask(options, progress, warnings, stop);
  progress.erase();
  interrupt.end();
  for (const auto& warning : warnings) print_warning(warning);

  Output out(stdout);
  if (!answer) {
    if (options.format == AnswerFormat::json) {
      out.write(error_as_json(answer.error()));
      if (const auto written = out.finish(); !written) print_error(answer.error());
    } else {
      print_error(answer.error());
    }
    return exit_code_of(answer.error().code);
  }
  out.write(rendered(options, *answer));
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  return exit_ok;
}

}  // namespace idi::cli
