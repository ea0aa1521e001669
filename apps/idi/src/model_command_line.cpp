#include "model_command_line.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command_list.hpp"
#include "commands.hpp"
#include "engine_options_line.hpp"
#include "idi/synth/invent.hpp"

namespace idi::cli {
namespace {

void add_only(CLI::App* command, eval::EvalOptions& options) {
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

void add_catalog(CLI::App* command, dataset::CatalogOptions& catalog) {
  command->add_option("--databases", catalog.databases, "Holds NAME/NAME.sqlite")->type_name("DIR");
  command->add_option("--tables", catalog.tables_file, "Spider's tables.json")->type_name("FILE");
  command->add_option("--value-cache", catalog.value_cache, "Keeps value indices between runs")
      ->type_name("DIR");
}

}  // namespace

void ModelCommands::add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt) {
  app_ = &app;
  commands_ = &commands;
  interrupt_ = &interrupt;
  add_eval();
  add_data();
}

void ModelCommands::add_eval() {
  CLI::App* command =
      commands_->add(*app_, "eval", "Measure how often the answers are right", [this] {
        if (metric_ == "bird") eval_.eval.metric = eval::Metric::bird;
        return run_eval(eval_, *interrupt_);
      });
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
  command->add_flag("--keep-distinct", options.keep_distinct, "Do not drop DISTINCT on both sides");
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
  add_engine_options(*command, eval_.engines, false);
  command->add_flag("--json", eval_.json, "Print one JSON object");
}

void ModelCommands::add_context(CLI::App* command, CLI::Option* dialogues) {
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

void ModelCommands::add_data() {
  CLI::App* data = commands_->add(*app_, "data", "Prepare training data", nullptr);
  CLI::App* exporting = commands_->add(*data, "export", "Write a file of training examples",
                                       [this] { return run_data_export(data_, *interrupt_); });
  CLI::App* coverage =
      commands_->add(*data, "coverage", "Say how many questions could be exported, and why not all",
                     [this] { return run_data_coverage(data_, *interrupt_); });
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

void ModelCommands::add_join(CLI::App& data) {
  CLI::App* command = commands_->add(
      data, "join", "Put several networks into one weights file, to answer with their mean",
      [this] { return run_data_join(join_); });
  command->add_option("networks", join_.networks, "Weights files; the first one's selector is kept")
      ->type_name("FILE ...")
      ->required();
  command->add_option("--into", join_.into, "The file to write")->type_name("FILE")->required();
}

void ModelCommands::add_selector(CLI::App& data) {
  CLI::App* command = commands_->add(
      data, "selector", "Fit the choice among candidates and store it in a weights file",
      [this] { return run_data_selector(selector_, *interrupt_); });
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
  command
      ->add_option("--parser", selector_.evaluation.engines.parser,
                   "Weights that answer the questions")
      ->type_name("FILE");
  command->add_option("--into", selector_.into, "Weights file that gets the fitted selector")
      ->type_name("FILE")
      ->required();
  command->add_option("--l2", selector_.l2, "Pull of the weights towards 0")
      ->type_name("N")
      ->capture_default_str();
}

void ModelCommands::add_synth(CLI::App& data) {
  CLI::App* command = commands_->add(data, "synth", "Compose questions and SQL over any schema",
                                     [this] { return run_data_synth(synth_, *interrupt_); });
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

void ModelCommands::add_unnamed(CLI::App& data) {
  CLI::App* command =
      commands_->add(data, "unnamed", "Take the columns' names out of questions, for a harder test",
                     [this] { return run_data_unnamed(unnamed_); });
  command->add_option("--questions", unnamed_.questions, "Questions with gold SQL")
      ->type_name("FILE")
      ->required();
  command->add_option("--tables", unnamed_.tables, "Spider's tables.json")->type_name("FILE");
  command->add_option("--out", unnamed_.out, "JSON lines")->type_name("FILE")->required();
  command->add_flag("--only-changed", unnamed_.only_changed,
                    "Leave out questions that name no column");
}

}  // namespace idi::cli
