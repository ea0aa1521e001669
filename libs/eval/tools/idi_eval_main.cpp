// idi-eval: scores files of predictions and makes harder question sets, with no parser and no model
// linked in. `idi eval` of the main program measures the parsers by the same library.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "idi/eval/command.hpp"
#include "idi/eval/robustness.hpp"

namespace {

using namespace idi;  // NOLINT: a main file

int fail(const Error& error) {
  std::cerr << "idi-eval: " << error.to_text() << '\n';
  return 1;
}

int score(const eval::EvalOptions& options, bool json) {
  std::ostream* const progress = ::isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr;
  const auto evaluation = eval::run_eval_command(options, nullptr, json, {std::cout, progress}, {});
  return evaluation ? 0 : fail(evaluation.error());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Execution accuracy of SQL predictions");
  app.require_subcommand(1);

  eval::EvalOptions options;
  bool json = false;
  bool bird = false;
  int timeout_ms = 30'000;
  CLI::App& scoring = *app.add_subcommand("score", "score a file of predictions");
  scoring.add_option("--questions", options.questions, "Spider's JSON or JSON lines")->required();
  scoring.add_option("--databases", options.databases, "holds <db_id>/<db_id>.sqlite")->required();
  scoring.add_option("--predictions", options.predictions, "one query a line")->required();
  scoring.add_option("--tables", options.tables, "Spider's tables.json");
  scoring.add_option("--limit", options.limit, "only so many questions");
  scoring.add_option("--sample-seed", options.sample_seed, "choose them at random");
  scoring.add_option("--jobs", options.jobs, "threads");
  scoring.add_option("--report", options.report, "folder for journal, summary and HTML");
  scoring.add_option("--query-timeout-ms", timeout_ms, "for each query");
  scoring.add_flag("--bird", bird, "BIRD's EX instead of Spider's rules");
  scoring.add_flag("--keep-distinct", options.keep_distinct, "do not ignore DISTINCT");
  scoring.add_flag("--fresh", options.start_afresh, "do not resume an interrupted run");
  scoring.add_flag("--json", json, "print one JSON object");

  std::string output;
  bool only_changed = false;
  CLI::App& variant = *app.add_subcommand(
      "without-columns", "write the questions with the names of gold columns taken out");
  variant.add_option("--questions", options.questions, "Spider's JSON or JSON lines")->required();
  variant.add_option("--tables", options.tables, "Spider's tables.json");
  variant.add_option("--output", output, "JSON lines")->required();
  variant.add_flag("--only-changed", only_changed, "leave out questions that stay the same");

  CLI11_PARSE(app, argc, argv);
  options.query_timeout = std::chrono::milliseconds(timeout_ms);
  options.metric = bird ? eval::Metric::bird : eval::Metric::spider;
  if (scoring.parsed()) return score(options, json);
  const auto counts =
      eval::write_without_column_names(options.questions, options.tables, output, only_changed);
  if (!counts) return fail(counts.error());
  std::cout << counts->changed << " of " << counts->questions << " questions changed\n";
  return 0;
}
