#include "command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "completion.hpp"
#include "exit_codes.hpp"
#include "idi/core/text.hpp"
#include "idi/synth/invent.hpp"
#include "output.hpp"
#include "version.hpp"

namespace idi::cli {
namespace {

constexpr const char* exit_codes_text =
    "Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 cannot be answered or asks for a\n"
    "change, 4 took too long, 130 cancelled (Ctrl-C).\n";

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
    add_eval();
    add_data();
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
    for (const auto& [command, action] : actions_) {
      if (command->parsed()) return action();
    }
    return print(app_.help());
  }

 private:
  CLI::App* add(CLI::App& under, const std::string& name, const std::string& help,
                std::function<int()> action) {
    CLI::App* command = under.add_subcommand(name, help);
    if (action) {
      actions_.emplace_back(command, std::move(action));
    } else {
      command->require_subcommand(1);
    }
    return command;
  }

  static void add_source(CLI::App* command, SourceOptions& source, bool model = true) {
    command->add_option("--db", source.database, "Database: sqlite:FILE (or set IDI_DB)")
        ->type_name("ADDRESS");
    if (model) {
      command
          ->add_option("--model", source.model,
                       "The parser's weights (or set IDI_MODEL; default: installed ones)")
          ->type_name("FILE");
    }
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
    CLI::App* command = add(app_, "ask", "Answer one question",
                            [this] { return run_ask(joined_ask(), interrupt_); });
    command->add_option("question", question_words_, "The question, in quotes or not")->required();
    add_source(command, ask_.source);
    add_limits(command, ask_.max_rows, ask_.timeout_s);
    CLI::Option* json = command->add_flag("--json", json_, "Print one JSON object");
    CLI::Option* csv = command->add_flag("--csv", csv_, "Print the rows as CSV")->excludes(json);
    command->add_flag("--sql-only", sql_only_, "Print the SQL alone")
        ->excludes(json)
        ->excludes(csv);
    command->add_flag("--explain", ask_.explain,
                      "Also say what the SQL does, and the other candidates");
    command->footer(exit_codes_text);
  }

  AskOptions& joined_ask() {
    ask_.question = text::join(question_words_, " ");
    if (json_) ask_.format = AnswerFormat::json;
    if (csv_) ask_.format = AnswerFormat::csv;
    if (sql_only_) ask_.format = AnswerFormat::sql;
    return ask_;
  }

  void add_chat() {
    CLI::App* command = add(app_, "chat", "Answer questions until you leave",
                            [this] { return run_chat(chat_, interrupt_); });
    add_source(command, chat_.source);
    add_limits(command, chat_.max_rows, chat_.timeout_s);
    command->add_flag("--explain", chat_.explain,
                      "Also say what the SQL does, and the other candidates");
    command->footer(
        "In a chat, \\help lists its commands; Ctrl-C cancels a question, Ctrl-D leaves.");
  }

  void add_serve() {
    CLI::App* command = add(app_, "serve", "Answer questions in the browser",
                            [this] { return run_serve(serve_, interrupt_); });
    add_source(command, serve_.source);
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
    CLI::App* command = add(app_, "schema", "Show tables, columns and keys of a database",
                            [this] { return run_schema(schema_, interrupt_); });
    add_source(command, schema_.source, false);
    command->add_flag("--json", schema_.json, "Print one JSON object");
  }

  void add_doctor() {
    CLI::App* command = add(app_, "doctor", "Say what works, what is missing and how to mend it",
                            [this] { return run_doctor(doctor_, interrupt_); });
    add_source(command, doctor_.source);
    command->add_flag("--json", doctor_.json, "Print one JSON object");
    command->footer("Exit code 1 if something that is needed is missing.");
  }

  void add_demo() {
    CLI::App* demo = add(app_, "demo", "A database to try things out", nullptr);
    CLI::App* create =
        add(*demo, "create", "Write the demo database: an outdoor shop's three years",
            [this] { return run_demo_create(demo_, interrupt_); });
    create->add_option("file", demo_.file,
                       "Where to (default: idi/demo/shop.sqlite in the user's data folder)");
    create->add_flag("--force", demo_.force, "Replace a file that is there");
  }

  void add_eval() {
    CLI::App* command = add(app_, "eval", "Measure how often the answers are right",
                            [this] { return run_eval(eval_, interrupt_); });
    eval::EvalOptions& options = eval_.eval;
    CLI::Option* questions =
        command
            ->add_option("--questions", options.questions,
                         "Spider's JSON, or JSON lines of {db_id, question, query}")
            ->type_name("FILE");
    CLI::Option* dialogues =
        command
            ->add_option("--dialogues", eval_.dialogues,
                         "Instead: SParC's JSON, or JSON lines of {db_id, turns}")
            ->type_name("FILE")
            ->excludes(questions);
    command->add_option("--databases", options.databases, "Holds NAME/NAME.sqlite")
        ->type_name("DIR")
        ->required();
    command->add_option("--tables", options.tables, "Spider's tables.json, for the columns' names")
        ->type_name("FILE");
    command
        ->add_option("--predictions", options.predictions,
                     "Score the SQL in this file, one a line, instead of asking")
        ->type_name("FILE")
        ->excludes(dialogues);
    add_context(command, dialogues);
    add_only(command, options);
    command->add_option("--limit", options.limit, "Only so many questions, or dialogues")
        ->type_name("N");
    command
        ->add_option("--sample-seed", options.sample_seed,
                     "With --limit: a random sample instead of the first ones")
        ->type_name("SEED");
    command->add_option("--jobs", options.jobs, "Threads")
        ->check(CLI::Range(1, eval::max_jobs).description(""))
        ->type_name("N")
        ->capture_default_str();
    command
        ->add_option("--report", options.report,
                     "Folder for the journal, summary.json and report.html")
        ->type_name("DIR");
    command->add_option("--metric", metric_, "spider (test-suite rules) or bird (BIRD's EX)")
        ->check(CLI::IsMember({"spider", "bird"}).description(""))
        ->type_name("NAME")
        ->capture_default_str();
    command->add_flag("--keep-distinct", options.keep_distinct,
                      "Do not drop DISTINCT on both sides");
    command
        ->add_flag("--score-candidates", options.score_candidates,
                   "Also say how often any candidate is right")
        ->excludes(dialogues);
    command->add_flag("--start-afresh", options.start_afresh, "Do not resume an interrupted run")
        ->excludes(dialogues);
    command->add_option("--beam", eval_.beam_width, "Candidates per question")
        ->check(CLI::Range(1, 64).description(""))
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--model", eval_.model, "The parser's weights")->type_name("FILE");
    command->add_flag("--json", eval_.json, "Print one JSON object");
    actions_.back().second = [this] {
      if (metric_ == "bird") eval_.eval.metric = eval::Metric::bird;
      return run_eval(eval_, interrupt_);
    };
  }

  void add_context(CLI::App* command, CLI::Option* dialogues) {
    std::vector<std::string> names;
    for (const auto context : eval::all_dialogue_contexts) {
      names.emplace_back(eval::dialogue_context_name(context));
    }
    command
        ->add_option_function<std::string>(
            "--context",
            [this](const std::string& name) {
              for (const auto context : eval::all_dialogue_contexts) {
                if (eval::dialogue_context_name(context) == name) eval_.context = context;
              }
            },
            "A dialogue's turn sees: none, own (answers before it) or gold (right ones)")
        ->check(CLI::IsMember(names).description(""))
        ->type_name("NAME")
        ->default_str("own")
        ->needs(dialogues);
  }

  static void add_only(CLI::App* command, eval::EvalOptions& options) {
    command
        ->add_option_function<std::vector<std::string>>(
            "--only",
            [&options](const std::vector<std::string>& names) {
              options.only_databases.insert(names.begin(), names.end());
            },
            "Only questions about these databases, with commas")
        ->delimiter(',')
        ->type_name("NAMES");
  }

  static void add_catalog(CLI::App* command, dataset::CatalogOptions& catalog) {
    command->add_option("--databases", catalog.databases, "Holds NAME/NAME.sqlite")
        ->type_name("DIR");
    command->add_option("--tables", catalog.tables_file, "Spider's tables.json")->type_name("FILE");
    command->add_option("--value-cache", catalog.value_cache, "Keeps value indices between runs")
        ->type_name("DIR");
  }

  void add_data() {
    CLI::App* data = add(app_, "data", "Prepare training data", nullptr);
    CLI::App* exporting = add(*data, "export", "Write a file of training examples",
                              [this] { return run_data_export(data_, interrupt_); });
    CLI::App* coverage =
        add(*data, "coverage", "Say how many questions could be exported, and why not all",
            [this] { return run_data_coverage(data_, interrupt_); });
    for (CLI::App* command : {exporting, coverage}) {
      command->add_option("--source", data_.sources, "NAME=FILE[,overlay|,plain]; several times")
          ->type_name("SOURCE")
          ->required();
      add_catalog(command, data_.dataset.catalog);
      command->add_option("--limit", data_.dataset.limit, "Questions per source (0: all)")
          ->type_name("N");
      command->add_option("--threads", data_.dataset.threads, "Threads")
          ->type_name("N")
          ->capture_default_str();
      command->add_option("--samples", data_.dataset.kept_samples, "Examples to print of each kind")
          ->type_name("N");
    }
    exporting->add_option("--out", data_.dataset.out, "The file to write")
        ->type_name("FILE")
        ->required();
    exporting
        ->add_option("--vocabulary-from", data_.dataset.vocabulary_from,
                     "The .vocabulary file of an earlier export")
        ->type_name("FILE");
    exporting
        ->add_option("--min-count", data_.dataset.min_word_count,
                     "Rarer words stay out of a new vocabulary")
        ->type_name("N")
        ->capture_default_str();
    add_synth(*data);
    add_join(*data);
    add_selector(*data);
    add_unnamed(*data);
  }

  void add_join(CLI::App& data) {
    CLI::App* command =
        add(data, "join", "Put several networks into one weights file, to answer with their mean",
            [this] { return run_data_join(join_); });
    command
        ->add_option("networks", join_.networks, "Weights files; the first one's selector is kept")
        ->type_name("FILE ...")
        ->required();
    command->add_option("--into", join_.into, "The file to write")->type_name("FILE")->required();
  }

  void add_selector(CLI::App& data) {
    CLI::App* command =
        add(data, "selector", "Fit the choice among candidates and store it in a weights file",
            [this] { return run_data_selector(selector_, interrupt_); });
    eval::EvalOptions& options = selector_.evaluation.eval;
    command
        ->add_option("--questions", options.questions,
                     "Questions about databases that the model was not trained on")
        ->type_name("FILE")
        ->required();
    command->add_option("--databases", options.databases, "Holds NAME/NAME.sqlite")
        ->type_name("DIR")
        ->required();
    command->add_option("--tables", options.tables, "Spider's tables.json")->type_name("FILE");
    add_only(command, options);
    command->add_option("--jobs", options.jobs, "Threads")
        ->check(CLI::Range(1, eval::max_jobs).description(""))
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--beam", selector_.evaluation.beam_width, "Candidates per question")
        ->check(CLI::Range(1, 64).description(""))
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--model", selector_.evaluation.model, "Weights that answer the questions")
        ->type_name("FILE");
    command->add_option("--into", selector_.into, "Weights file that gets the fitted selector")
        ->type_name("FILE")
        ->required();
    command->add_option("--l2", selector_.l2, "Pull of the weights towards 0")
        ->type_name("N")
        ->capture_default_str();
  }

  void add_synth(CLI::App& data) {
    CLI::App* command = add(data, "synth", "Compose questions and SQL over any schema",
                            [this] { return run_data_synth(synth_, interrupt_); });
    command->add_option("--pairs", synth_.synth.pairs, "Real pairs to learn from; several times")
        ->type_name("FILE")
        ->required();
    add_catalog(command, synth_.synth.catalog);
    command->add_option("--without", synth_.without, "Databases to leave out, with commas")
        ->delimiter(',')
        ->type_name("NAMES");
    command->add_option("--also", synth_.databases, "Further databases to write about, with commas")
        ->delimiter(',')
        ->type_name("NAMES");
    command->add_option("--count", synth_.synth.synth.count, "Pairs to write")
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--seed", synth_.synth.synth.seed, "The same seed, the same pairs")
        ->type_name("SEED")
        ->capture_default_str();
    command
        ->add_option("--pattern-share", synth_.synth.synth.pattern_share,
                     "Share of our own patterns; the rest: learnt templates")
        ->check(CLI::Range(0.0, 1.0).description(""))
        ->type_name("SHARE")
        ->capture_default_str();
    command
        ->add_option("--rough-share", synth_.synth.synth.rough_share,
                     "Questions in lower case, mistyped or as keywords")
        ->check(CLI::Range(0.0, 1.0).description(""))
        ->type_name("SHARE")
        ->capture_default_str();
    command
        ->add_option("--invented", synth_.synth.invented,
                     "Databases to invent, write beside the others and write about")
        ->check(CLI::Range(0, synth::max_invented).description(""))
        ->type_name("N");
    command->add_option("--out", synth_.synth.out, "JSON lines")->type_name("FILE")->required();
  }

  void add_unnamed(CLI::App& data) {
    CLI::App* command =
        add(data, "unnamed", "Take the columns' names out of questions, for a harder test",
            [this] { return run_data_unnamed(unnamed_); });
    command->add_option("--questions", unnamed_.questions, "Questions with gold SQL")
        ->type_name("FILE")
        ->required();
    command->add_option("--tables", unnamed_.tables, "Spider's tables.json")->type_name("FILE");
    command->add_option("--out", unnamed_.out, "JSON lines")->type_name("FILE")->required();
    command->add_flag("--only-changed", unnamed_.only_changed,
                      "Leave out questions that name no column");
  }

  void add_completion() {
    CLI::App* command = add(app_, "completion", "Print a completion script for a shell", [this] {
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
  std::vector<std::pair<CLI::App*, std::function<int()>>> actions_;
  std::vector<std::string> question_words_;
  bool json_ = false, csv_ = false, sql_only_ = false;
  AskOptions ask_;
  ChatOptions chat_;
  ServeOptions serve_;
  SchemaOptions schema_;
  DoctorOptions doctor_;
  DemoOptions demo_;
  EvalCommandOptions eval_;
  std::string metric_ = "spider";
  DataOptions data_;
  SynthOptions synth_;
  JoinOptions join_;
  SelectorOptions selector_;
  UnnamedOptions unnamed_;
  std::string shell_;
};

}  // namespace

int run_command_line(int argc, char** argv, Interrupt& interrupt) {
  return CommandLine(interrupt).run(argc, argv);
}

}  // namespace idi::cli
