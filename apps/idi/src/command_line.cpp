#include "command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "calendar_options_line.hpp"
#include "command_list.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "engine_options_line.hpp"
#include "exit_codes.hpp"
#include "idi/core/text.hpp"
#include "model_command_line.hpp"
#include "model_store_command_line.hpp"
#include "output.hpp"
#include "runtime_command_line.hpp"
#include "version.hpp"

namespace idi::cli {
namespace {

constexpr const char* exit_codes_text =
    "Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 cannot be answered, is not clear\n"
    "enough or asks for a change, 4 took too long, 130 cancelled (Ctrl-C).\n";

int print(const std::string& text) {
  Output out(stdout);
  out.write(text);
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  return exit_ok;
}

/// Help that says the default in words, and what excludes what not at each option.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(26); }
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return {};
    return option->get_type_name().empty() ? std::string() : " " + option->get_type_name();
  }
  std::string make_option_desc(const CLI::Option* option) const override {
    std::string text = option->get_description();
    if (!option->get_default_str().empty()) text += " (" + option->get_default_str() + ")";
    return text;
  }
};

CommandWords words_of(const CLI::App& app) {
  CommandWords words{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    OptionWords described{{}, option->get_description(), option->get_expected_max() > 0};
    for (const auto& name : option->get_lnames()) described.names.push_back("--" + name);
    for (const auto& name : option->get_snames()) described.names.push_back("-" + name);
    if (!described.names.empty()) words.options.push_back(std::move(described));
  }
  for (const CLI::App* child : app.get_subcommands({})) words.commands.push_back(words_of(*child));
  return words;
}

/// All commands. Each one's `run` is called if it was named; options live as long as this object.
class CommandLine {
 public:
  explicit CommandLine(Interrupt& interrupt) : interrupt_(interrupt) {
    app_.name("idi");
    app_.footer(
        "Examples:\n"
        "  idi demo create shop.sqlite\n"
        "  idi ask \"How many orders were there in 2023?\" --db sqlite:shop.sqlite\n"
        "  idi serve --db sqlite:shop.sqlite\n\n" +
        std::string(exit_codes_text));
    app_.set_version_flag("--version", fmt::format("idi {}", program_version),
                          "Print the version and leave");
    app_.set_help_flag("-h,--help", "Print this help and leave");
    app_.require_subcommand(0, 1);
    app_.formatter(std::make_shared<HelpFormatter>());  // commands inherit it
    add_ask();
    add_chat();
    add_serve();
    add_schema();
    add_doctor();
    add_demo();
    model_store_commands_.add_to(app_, commands_, interrupt_);
    runtime_commands_.add_to(app_, commands_, interrupt_);
    model_commands_.add_to(app_, commands_, interrupt_);
    add_completion();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      return print(app_.help());
    } catch (const CLI::CallForVersion&) {
      return print(fmt::format("idi {}\n", program_version));
    } catch (const CLI::ParseError& error) {
      print_warning(error.what());
      std::string command = "idi";
      for (const CLI::App* app = &app_; !app->get_subcommands().empty();) {
        app = app->get_subcommands().front();
        command += " " + app->get_name();
      }
      std::fputs(fmt::format("See: {} --help\n", command).c_str(), stderr);
      return exit_usage;
    }
    const auto* action = commands_.named();
    return action ? (*action)() : print(app_.help());
  }

 private:
  static void add_source(CLI::App* command, SourceOptions& source, bool engines = true) {
    command->add_option("--db", source.database, "Database: sqlite:FILE (or set IDI_DB)")
        ->type_name("ADDRESS");
    if (engines) add_engine_options(*command, source.engines);
  }

  static void add_limits(CLI::App* command, std::int64_t& rows, double& timeout_s) {
    command->add_option("--limit", rows, "At most so many rows are shown")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}).description(""))
        ->type_name("ROWS")
        ->capture_default_str();
    command->add_option("--timeout", timeout_s, "At most so many seconds for a question")
        ->check(CLI::Range(0.001, 86'400.0).description(""))
        ->type_name("SECONDS")
        ->capture_default_str();
  }

  void add_ask() {
    CLI::App* command = commands_.add(app_, "ask", "Answer one question",
                                      [this] { return run_ask(joined_ask(), interrupt_); });
    command->add_option("question", question_words_, "The question, in quotes or not")->required();
    add_source(command, ask_.source);
    add_calendar_options(*command, ask_.source.calendar);
    add_limits(command, ask_.max_rows, ask_.timeout_s);
    CLI::Option* json = command->add_flag("--json", json_, "Print one JSON object");
    CLI::Option* csv = command->add_flag("--csv", csv_, "Print the rows as CSV")->excludes(json);
    command->add_flag("--sql-only", sql_only_, "Print the SQL alone")
        ->excludes(json)
        ->excludes(csv);
    command->add_flag("--explain", ask_.explain,
                      "Also say what the SQL does, and the other candidates");
    command
        ->add_option("--choose", ask_.choices,
                     "What is meant, where idi would ask back; several times")
        ->type_name("CARD=OPTION")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add_no_questions(*command, ask_.no_questions);
    command->footer(exit_codes_text);
  }

  static void add_no_questions(CLI::App& command, bool& no_questions) {
    command.add_flag("--no-questions", no_questions,
                     "Answer the likeliest reading, never ask back");
  }

  AskOptions& joined_ask() {
    ask_.question = text::join(question_words_, " ");
    if (json_) ask_.format = AnswerFormat::json;
    if (csv_) ask_.format = AnswerFormat::csv;
    if (sql_only_) ask_.format = AnswerFormat::sql;
    return ask_;
  }

  void add_chat() {
    CLI::App* command = commands_.add(app_, "chat", "Answer questions until you leave",
                                      [this] { return run_chat(chat_, interrupt_); });
    add_source(command, chat_.source);
    add_calendar_options(*command, chat_.source.calendar);
    add_limits(command, chat_.max_rows, chat_.timeout_s);
    command->add_flag("--explain", chat_.explain,
                      "Also say what the SQL does, and the other candidates");
    add_no_questions(*command, chat_.no_questions);
    command->footer(
        "In a chat, \\help lists its commands; Ctrl-C cancels a question, Ctrl-D leaves.");
  }

  void add_serve() {
    CLI::App* command = commands_.add(app_, "serve", "Answer questions in the browser",
                                      [this] { return run_serve(serve_, interrupt_); });
    add_source(command, serve_.source);
    add_calendar_options(*command, serve_.source.calendar);
    command
        ->add_option("--listen", serve_.listen,
                     "Where to listen; 0.0.0.0:8080 lets the whole network in (127.0.0.1:8080)")
        ->type_name("ADDR:PORT");
    CLI::Option* certificate =
        command->add_option("--certificate", serve_.certificate, "PEM file, for https")
            ->type_name("FILE");
    command->add_option("--private-key", serve_.private_key, "PEM file of the certificate's key")
        ->type_name("FILE")
        ->needs(certificate);
    certificate->needs("--private-key");
    command
        ->add_option("--host", serve_.host_names,
                     "A name by which browsers may call this server; several times")
        ->type_name("NAME");
    command
        ->add_option("--sessions", serve_.sessions,
                     "Where conversations are kept (default: in the user's data folder)")
        ->type_name("FILE");
    command->add_option("--workers", serve_.workers, "Questions at once (default: one per core)")
        ->check(CLI::Range(1, 256).description(""))
        ->type_name("N");
    add_limits(command, serve_.max_rows, serve_.timeout_s);
    command->footer("Ctrl-C ends it; running questions are stopped and kept as interrupted.");
  }

  void add_schema() {
    CLI::App* command = commands_.add(app_, "schema", "Show tables, columns and keys of a database",
                                      [this] { return run_schema(schema_, interrupt_); });
    add_source(command, schema_.source, false);
    command->add_flag("--json", schema_.json, "Print one JSON object");
  }

  void add_doctor() {
    CLI::App* command =
        commands_.add(app_, "doctor", "Say what works, what is missing and how to mend it",
                      [this] { return run_doctor(doctor_, interrupt_); });
    add_source(command, doctor_.source);
    command->add_flag("--json", doctor_.json, "Print one JSON object");
    command->footer("Exit code 1 if something that is needed is missing.");
  }

  void add_demo() {
    CLI::App* demo = commands_.add(app_, "demo", "A database to try things out", nullptr);
    CLI::App* create =
        commands_.add(*demo, "create", "Write the demo database: an outdoor shop's three years",
                      [this] { return run_demo_create(demo_, interrupt_); });
    create->add_option("file", demo_.file,
                       "Where to (default: idi/demo/shop.sqlite in the user's data folder)");
    create->add_flag("--force", demo_.force, "Replace a file that is there");
  }

  void add_completion() {
    CLI::App* command =
        commands_.add(app_, "completion", "Print a completion script for a shell", [this] {
          static const std::map<std::string, Shell> shells{
              {"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}};
          return print(completion_script(shells.at(shell_), words_of(app_)));
        });
    command->add_option("shell", shell_, "bash, zsh or fish")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""))
        ->required();
  }

  Interrupt& interrupt_;
  CLI::App app_{
      "IDI answers questions about your SQL databases in plain language, on your machine."};
  CommandList commands_;
  ModelCommands model_commands_;
  RuntimeCommandLine runtime_commands_;
  ModelStoreCommands model_store_commands_;
  std::vector<std::string> question_words_;
  bool json_ = false, csv_ = false, sql_only_ = false;
  AskOptions ask_;
  ChatOptions chat_;
  ServeOptions serve_;
  SchemaOptions schema_;
  DoctorOptions doctor_;
  DemoOptions demo_;
  std::string shell_;
};

}  // namespace

int run_command_line(int argc, char** argv, Interrupt& interrupt) {
  return CommandLine(interrupt).run(argc, argv);
}

}  // namespace idi::cli
