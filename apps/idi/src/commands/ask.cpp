#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "answer_view.hpp"
#include "card_view.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "formats.hpp"
#include "idi/core/deadline.hpp"
#include "line_reader.hpp"
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

/// One question: asked, and asked again with what its user chose.
class Asking {
 public:
  Asking(const AskOptions& options, Interrupt& interrupt)
      : options_(options),
        interrupt_(interrupt),
        progress_(options.format == AnswerFormat::text && traits_of(STDOUT_FILENO).is_terminal) {}

  Result<engine::Answer> run() {
    for (const auto& choice : options_.choices) {
      IDI_TRY(auto resolution, resolution_from_text(choice));
      question_.resolutions.push_back(std::move(resolution));
    }
    question_.text = options_.question;
    question_.standalone = true;
    question_.may_ask_back = !options_.no_questions;
    auto answer = ask();
    for (int asked = 0; asked < max_asked_back && answer && is_card(*answer); ++asked) {
      if (!choose(*answer)) break;
      answer = ask();
    }
    for (const auto& warning : warnings_) print_warning(warning);
    if (answer && !is_card(*answer)) tell_unused(*answer);
    return answer;
  }

 private:
  static constexpr int max_asked_back = 5;

  static bool is_card(const engine::Answer& answer) {
    return answer.kind == engine::Answer::Kind::clarification;
  }

  Result<engine::Answer> ask() {
    const std::stop_token stop = interrupt_.begin(std::chrono::milliseconds(80));
    auto answer = ask_until(stop);
    progress_.erase();
    interrupt_.end();
    return answer;
  }

  Result<engine::Answer> ask_until(const std::stop_token& stop) {
    const auto timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(options_.timeout_s * 1000));
    const auto deadline = Deadline::after(timeout);
    if (!opened_.pipeline) {
      progress_.show("Opening the database");
      IDI_TRY(opened_, open_within(options_.source, deadline, stop));
      warnings_ = std::move(opened_.warnings);
    }
    engine::AskLimits limits;
    limits.max_rows = options_.max_rows;
    limits.timeout_ms = std::max<std::int64_t>(1, deadline.remaining().count());
    return opened_.pipeline->ask(question_, limits, progress_, stop);
  }

  /// At a terminal; false: nothing was chosen.
  bool choose(const engine::Answer& answer) {
    if (options_.format != AnswerFormat::text || !traits_of(STDOUT_FILENO).is_terminal) {
      return false;
    }
    const auto reader = LineReader::open(
        fmt::format("Which one? 1-{}: ", answer.clarification->options.size()), {});
    if (!reader->is_interactive()) return false;
    Output out(stdout);
    out.write(render_card(answer, traits_of(STDOUT_FILENO).color));
    if (!out.finish()) return false;
    while (const auto line = reader->next()) {
      if (line->empty()) return false;
      const auto option = option_of(*line, *answer.clarification);
      if (option && *option) {
        question_.resolutions.push_back(resolution_of(answer, **option));
        return true;
      }
      print_error(option ? make_error(ErrorCode::invalid_argument, "that is no number",
                                      "An empty line leaves.")
                         : option.error());
    }
    return false;
  }

  void tell_unused(const engine::Answer& answer) const {
    for (const auto& choice : question_.resolutions) {
      const auto is_it = [&](const auto& used) {
        return used.clarification == choice.clarification;
      };
      if (std::any_of(answer.resolutions.begin(), answer.resolutions.end(), is_it)) continue;
      print_warning(fmt::format("the choice {}={} made no difference to this question",
                                choice.clarification, choice.option));
    }
  }

  const AskOptions& options_;
  Interrupt& interrupt_;
  ProgressLine progress_;
  Opened opened_;
  std::vector<std::string> warnings_;
  engine::Question question_;
};

/// The card, for whoever was not asked: where the answer would have been, if that is text.
int tell_card(const AskOptions& options, const engine::Answer& answer, Output& out) {
  const bool as_text = options.format == AnswerFormat::text;
  if (as_text || options.format == AnswerFormat::json) out.write(rendered(options, answer));
  if (as_text) out.write(how_to_choose(*answer.clarification));
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  if (!as_text && options.format != AnswerFormat::json) {
    print_error(make_error(ErrorCode::unanswerable, answer.clarification->text,
                           how_to_choose(*answer.clarification)));
  }
  return exit_unanswerable;
}

}  // namespace

int run_ask(const AskOptions& options, Interrupt& interrupt) {
  const auto answer = Asking(options, interrupt).run();
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
  if (answer->kind == engine::Answer::Kind::clarification) {
    return tell_card(options, *answer, out);
  }
  out.write(rendered(options, *answer));
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  return exit_ok;
}

}  // namespace idi::cli
