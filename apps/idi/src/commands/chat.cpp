#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "answer_view.hpp"
#include "card_view.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "idi/core/text.hpp"
#include "idi/engine/schema_answers.hpp"
#include "line_reader.hpp"
#include "opening.hpp"
#include "output.hpp"
#include "paths.hpp"
#include "progress_line.hpp"
#include "table_view.hpp"

namespace idi::cli {
namespace {

constexpr std::string_view help_text =
    "Ask a question in plain English (it may follow up the one before: \"and by city?\"), or one "
    "of\n"
    "these:\n"
    "  \\schema [TABLE]   the tables, or the columns of one\n"
    "  \\sql SELECT …     run a statement of your own (read-only)\n"
    "  NUMBER            choose, where I ask back or offer another reading\n"
    "  \\choices          what was chosen in this chat\n"
    "  \\forget           forget these choices\n"
    "  \\explain on|off   also say what the SQL does, and the other candidates\n"
    "  \\help             this\n"
    "  \\quit             leave (Ctrl-D does too)\n"
    "Ctrl-C cancels a running question, or drops the line.\n";

/// One conversation: an open pipeline that follows the database when its data changes.
class Conversation {
 public:
  Conversation(const ChatOptions& options, Interrupt& interrupt, bool interactive)
      : options_(options), interrupt_(interrupt), interactive_(interactive) {
    limits_.max_rows = options.max_rows;
    limits_.timeout_ms = static_cast<std::int64_t>(options.timeout_s * 1000);
  }

  Status open() {
    ProgressLine progress(interactive_);
    progress.show("Opening the database");
    // After a change of the data the engines stay as they are: a model loads for long.
    const OpenedEngines before = opened_.engines;
    IDI_TRY(opened_,
            open_pipeline(options_.source, before.engines.parser ? &before : nullptr, begin()));
    if (opened_.engines.service) opened_.engines.service->start();
    interrupt_.end();
    progress.erase();
    for (const auto& warning : opened_.warnings) print_warning(warning);
    fingerprint_ = opened_.source->database().fingerprint().value_or("");
    return {};
  }

  [[nodiscard]] const Schema& schema() const { return opened_.source->schema(); }

  /// One line of input; false: leave.
  bool handle(const std::string& line, Output& out) {
    const std::string_view text = text::trim(line);
    if (text.empty()) return true;
    if (text.front() != '\\') {
      if (!choose(text, out)) answer(text, out);
      return true;
    }
    const auto space = text.find_first_of(" \t");
    const std::string_view command = text.substr(0, space);
    const std::string_view argument =
        space == std::string_view::npos ? std::string_view() : text::trim(text.substr(space));
    if (command == "\\quit" || command == "\\q") return false;
    if (command == "\\help") {
      out.write(help_text);
    } else if (command == "\\schema") {
      show_schema(argument, out);
    } else if (command == "\\sql") {
      answer_sql(argument, out);
    } else if (command == "\\choices") {
      show_choices(out);
    } else if (command == "\\forget") {
      chosen_.clear();
      open_card_.reset();
    } else if (command == "\\explain" && (argument == "on" || argument == "off")) {
      explain_ = argument == "on";
    } else {
      failed(make_error(ErrorCode::invalid_argument, fmt::format("\"{}\" is no command here", text),
                        "\\help lists them."));
    }
    return true;
  }

  [[nodiscard]] int exit_code() const { return exit_code_; }
  void failed(const Error& error) {
    print_error(error);
    exit_code_ = exit_code_of(error.code);
  }

 private:
  /// Input that is no terminal is read with SIGINT ending the program; a terminal gets time, so
  /// that the conversation survives a slow cancel.
  std::stop_token begin() {
    return interrupt_.begin(std::chrono::milliseconds(interactive_ ? 2000 : 80));
  }

  void answer_sql(std::string_view sql, Output& out) {
    open_card_.reset();
    if (const auto followed = follow_changes(); !followed) return failed(followed.error());
    ProgressLine progress(interactive_);
    const auto stop = begin();
    const auto result = opened_.pipeline->run_sql(sql, limits_, progress, stop);
    interrupt_.end();
    progress.erase();
    if (!result) return failed(result.error());
    out.write(render_answer(*result, {traits_of(STDOUT_FILENO), explain_}) + "\n");
  }

  void answer(std::string_view text, Output& out) {
    engine::Question question;
    question.text = text;
    question.conversation = turns_;
    answer(std::move(question), out);
  }

  void answer(engine::Question question, Output& out) {
    open_card_.reset();
    if (const auto followed = follow_changes(); !followed) return failed(followed.error());
    question.resolutions = chosen_;
    question.may_ask_back = !options_.no_questions;
    ProgressLine progress(interactive_);
    const auto stop = begin();
    const auto result = opened_.pipeline->ask(question, limits_, progress, stop);
    interrupt_.end();
    progress.erase();
    if (!result) return failed(result.error());
    remember(question.text, *result);
    out.write(render_answer(*result, {traits_of(STDOUT_FILENO), explain_}));
    if (result->clarification) {
      open_card_ = OpenCard{*result, question.text};
      out.write("Type a number to choose, or ask something else.\n");
    }
    out.write("\n");
  }

  /// A number for the card that is open: the same question, as it was understood.
  bool choose(std::string_view text, Output& out) {
    if (!open_card_) return false;
    const auto option = option_of(text, *open_card_->answer.clarification);
    if (!option && open_card_->answer.kind == engine::Answer::Kind::clarification) {
      failed(option.error());
      return true;
    }
    // Beside an answer, a number may as well follow it up: "2023".
    if (!option || !*option) return false;
    auto resolution = resolution_of(open_card_->answer, **option);
    std::erase_if(chosen_, [&](const auto& before) {
      return before.clarification == resolution.clarification;
    });
    if (chosen_.size() == max_chosen) chosen_.erase(chosen_.begin());
    chosen_.push_back(std::move(resolution));
    engine::Question question;
    const std::string& understood = open_card_->answer.standalone_question;
    question.text = understood.empty() ? open_card_->question : understood;
    question.standalone = true;
    answer(std::move(question), out);
    return true;
  }

  void show_choices(Output& out) const {
    if (chosen_.empty()) out.write("Nothing was chosen yet.\n");
    for (const auto& one : chosen_) {
      out.write(
          safe_for_terminal(one.phrase.empty() ? one.label : one.phrase + ": " + one.label, true) +
          "\n");
    }
  }

  /// What the next question may follow up. Own SQL and questions about the schema are not followed.
  void remember(std::string_view question, const engine::Answer& answer) {
    constexpr std::size_t max_turns = 8;
    if (answer.kind != engine::Answer::Kind::data) return;
    if (turns_.size() == max_turns) turns_.erase(turns_.begin());
    turns_.push_back(
        {answer.standalone_question.empty() ? std::string(question) : answer.standalone_question,
         answer.sql});
  }

  /// The schema and the value index are those of opening; a change of the data makes new ones.
  Status follow_changes() {
    const auto now = opened_.source->database().fingerprint();
    if (!now) return now.error();
    if (*now == fingerprint_) return {};
    return open();
  }

  void show_schema(std::string_view table, Output& out) {
    ResultTable overview;
    if (table.empty()) {
      overview = engine::schema_overview(schema());
    } else if (const auto index = schema().find_table(table)) {
      overview = engine::table_overview(schema(), *index);
    } else {
      return failed(make_error(ErrorCode::not_found, fmt::format("there is no table {}", table),
                               "\\schema lists them."));
    }
    const TerminalTraits terminal = traits_of(STDOUT_FILENO);
    out.write(render_table(overview, {ColumnType::text, ColumnType::number},
                           {terminal.width, terminal.color}));
  }

  const ChatOptions& options_;
  Interrupt& interrupt_;
  bool interactive_;
  engine::AskLimits limits_;
  Opened opened_;
  std::string fingerprint_;
  std::vector<engine::ConversationTurn> turns_;
  /// The last answer, if a number chooses from its card.
  struct OpenCard {
    engine::Answer answer;
    std::string question;
  };
  static constexpr std::size_t max_chosen = 200;
  std::optional<OpenCard> open_card_;
  std::vector<clarification::Resolution> chosen_;
  bool explain_ = options_.explain;
  int exit_code_ = exit_ok;
};

}  // namespace

int run_chat(const ChatOptions& options, Interrupt& interrupt) {
  std::filesystem::path history;
  if (ensure_writable(state_directory())) history = state_directory() / "history";
  const auto reader = LineReader::open("idi> ", history);
  Conversation conversation(options, interrupt, reader->is_interactive());
  if (const auto opened = conversation.open(); !opened) {
    print_error(opened.error());
    return exit_code_of(opened.error().code);
  }

  Output out(stdout);
  if (reader->is_interactive()) {
    out.write(fmt::format(
        "{}: {}. \\help for help.\n", safe_for_terminal(conversation.schema().name, true),
        safe_for_terminal(engine::describe_contents(conversation.schema()), true)));
  }
  while (true) {
    if (const auto written = out.finish(); !written) {
      print_error(written.error());
      return exit_error;
    }
    // Without a terminal, Ctrl-C while waiting for a line ends the program.
    if (!reader->is_interactive()) (void)interrupt.begin(std::chrono::milliseconds(0));
    const auto line = reader->next();
    interrupt.end();
    if (!line || !conversation.handle(*line, out)) break;
  }
  if (reader->is_interactive()) out.write("\n");
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  return reader->is_interactive() ? exit_ok : conversation.exit_code();
}

}  // namespace idi::cli
