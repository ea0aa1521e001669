#include "model_command_line.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command_list.hpp"
#include "commands.hpp"
#include "idi/synth/invent.hpp"
#include "question_options_line.hpp"

namespace idi::cli {
namespace {

void add_catalog(CLI::App* command, dataset::CatalogOptions& catalog) {
  command->add_option("--databases", catalog.databases, "Holds NAME/NAME.sqlite")->type_name("DIR");
  command->add_option("--tables", catalog.tables_file, "Spider's tables.json")->type_name("FILE");
  command->add_option("--value-cache", catalog.value_cache, "Keeps value indices between runs")
      ->type_name("DIR");
  command
      ->add_option_function<std::string>(
          "--today",
          [&catalog](const std::string& day) {
            const auto calendar = temporal::Calendar::fixed(day);
            if (!calendar) throw CLI::ValidationError("--today", calendar.error().message);
            catalog.calendar = *calendar;
          },
          "What \"last month\" is relative to (default: the clock's day)")
      ->type_name("YYYY-MM-DD");
}

}  // namespace

void ModelCommands::add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt) {
  app_ = &app;
  commands_ = &commands;
  interrupt_ = &interrupt;
  add_eval();
  add_data();
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
  add_confidence(*data);
  add_unnamed(*data);
  add_variants(*data);
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

void ModelCommands::add_fitting(CLI::App* command, EvalCommandOptions& evaluation,
                                std::filesystem::path& into, double& l2) {
  eval::EvalOptions& options = evaluation.eval;
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
  command->add_option("--limit", options.limit, "Only so many questions")->type_name("N");
  command
      ->add_option("--sample-seed", options.sample_seed,
                   "With --limit: a random sample instead of the first ones")
      ->type_name("SEED");
  command->add_option("--jobs", options.jobs, "Threads")
      ->check(CLI::Range(1, eval::max_jobs).description(""))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--beam", evaluation.beam_width, "Candidates per question")
      ->check(CLI::Range(1, 64).description(""))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--parser", evaluation.engines.parser, "Weights that answer the questions")
      ->type_name("FILE");
  command->add_option("--into", into, "Weights file that gets what is fitted")
      ->type_name("FILE")
      ->required();
  command->add_option("--l2", l2, "Pull of the weights towards 0")
      ->type_name("N")
      ->capture_default_str();
}

void ModelCommands::add_selector(CLI::App& data) {
  CLI::App* command = commands_->add(
      data, "selector", "Fit the choice among candidates and store it in a weights file",
      [this] { return run_data_selector(selector_, *interrupt_); });
  add_fitting(command, selector_.evaluation, selector_.into, selector_.l2);
}

void ModelCommands::add_confidence(CLI::App& data) {
  CLI::App* command =
      commands_->add(data, "confidence", "Fit how sure an answer is and store it in a weights file",
                     [this] { return run_data_confidence(confidence_, *interrupt_); });
  add_fitting(command, confidence_.evaluation, confidence_.into, confidence_.l2);
  command->add_option("--folds", confidence_.folds, "Parts for the cross-validation, by database")
      ->check(CLI::Range(2, 100).description(""))
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
      ->add_option("--composed-share", synth_.synth.synth.composed_share,
                   "Questions composed of parts, before the others' shares")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->type_name("SHARE")
      ->capture_default_str();
  command
      ->add_option("--synonym-share", synth_.synth.synth.synonym_share,
                   "Words of names said in another way")
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

void ModelCommands::add_variants(CLI::App& data) {
  CLI::App* command = commands_->add(
      data, "variants", "Write questions as people say them less carefully, for robustness",
      [this] { return run_data_variants(variants_); });
  command->add_option("--questions", variants_.questions, "Questions with gold SQL")
      ->type_name("FILE")
      ->required();
  command->add_option("--tables", variants_.tables, "Spider's tables.json")->type_name("FILE");
  command->add_option("--out", variants_.out, "Folder for JSON lines, one file of each kind")
      ->type_name("DIR")
      ->required();
  command->add_option("--seed", variants_.seed, "The same seed, the same slips and synonyms")
      ->type_name("SEED")
      ->capture_default_str();
}

}  // namespace idi::cli
