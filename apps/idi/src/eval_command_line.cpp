// `idi eval` and its options.
#include <string>
#include <vector>

#include "calendar_options_line.hpp"
#include "command_list.hpp"
#include "commands.hpp"
#include "engine_options_line.hpp"
#include "model_command_line.hpp"
#include "question_options_line.hpp"

namespace idi::cli {

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
  add_calendar_options(*command, eval_.calendar);
  add_measures(command, questions, dialogues);
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

void ModelCommands::add_measures(CLI::App* command, CLI::Option* questions,
                                 CLI::Option* dialogues) {
  command
      ->add_option("--reliability", eval_.eval.reliability,
                   "File for a picture of how far the confidence can be believed (SVG)")
      ->type_name("FILE")
      ->excludes(dialogues);
  command->add_flag("--ask-back", eval_.ask_back,
                    "Let unclear questions be asked back, not answered as they are read");
  CLI::Option* wrong = command
                           ->add_option("--wrong-databases", eval_.wrong_databases,
                                        "Also ask databases that cannot answer: how often is it "
                                        "noticed? (asks back, too)")
                           ->type_name("SEED")
                           ->excludes(dialogues);
  command
      ->add_option("--threshold", eval_.threshold,
                   "With --wrong-databases: less confidence is no answer")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->type_name("SHARE")
      ->capture_default_str()
      ->needs(wrong);
  CLI::Option* variants =
      command
          ->add_option("--variants", eval_.variants,
                       "Instead: every file of `idi data variants` in this folder, as a table")
          ->type_name("DIR")
          ->excludes(questions)
          ->excludes(dialogues)
          ->excludes(wrong);
  CLI::Option* ablations = command
                               ->add_flag("--ablations", eval_.ablations,
                                          "Everything, then without each part, as a table")
                               ->excludes(dialogues)
                               ->excludes(wrong)
                               ->excludes(variants);
  // For measuring alone: not among what --help offers.
  std::vector<std::string> names;
  for (const Part part : all_parts) names.emplace_back(part_name(part));
  command
      ->add_option_function<std::vector<std::string>>(
          "--without",
          [this](const std::vector<std::string>& chosen) {
            for (const auto& name : chosen)
              if (const auto part = part_from_name(name)) eval_.without.insert(*part);
          },
          "Leave out parts, with commas")
      ->delimiter(',')
      ->check(CLI::IsMember(names).description(""))
      ->type_name("PARTS")
      ->group("")
      ->excludes(ablations);
}

}  // namespace idi::cli
