// `idi-data export|coverage`: the data commands as a program of their own, for machines that only
// prepare training data.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "idi/dataset/commands.hpp"

namespace {

volatile std::sig_atomic_t interrupted = 0;
void on_interrupt(int) { interrupted = 1; }

/// Turns the signal's flag into a stop request: a handler may not do it itself.
class InterruptWatch {
 public:
  InterruptWatch() {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    thread_ = std::jthread([this](const std::stop_token& ending) {
      while (!ending.stop_requested()) {
        if (interrupted != 0) source_.request_stop();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    });
  }
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread thread_;
};

}  // namespace

int main(int argc, char** argv) {
  idi::dataset::ExportOptions options;
  std::vector<std::string> sources;
  CLI::App app("Prepares training examples from questions with gold SQL");
  app.require_subcommand(1);
  auto* export_command = app.add_subcommand("export", "Write a file of training examples");
  auto* coverage_command =
      app.add_subcommand("coverage", "Say how many questions could be exported, and why not all");
  for (CLI::App* command : {export_command, coverage_command}) {
    command->add_option("--source", sources, "NAME=FILE[,overlay|,plain], several times")
        ->required();
    command->add_option("--databases", options.catalog.databases, "Folder of NAME/NAME.sqlite");
    command->add_option("--tables", options.catalog.tables_file, "Spider's tables.json");
    command->add_option("--value-cache", options.catalog.value_cache, "Folder for value indices");
    command->add_flag("--cells-from-queries", options.cells_from_queries,
                      "Training only: the gold queries' texts count as cells of the databases");
    command->add_option("--limit", options.limit, "Questions per source (0: all)");
    command->add_option("--threads", options.threads, "Threads")->capture_default_str();
    command->add_option("--samples", options.kept_samples, "Examples to print of each kind");
  }
  export_command->add_option("--out", options.out, "The file to write")->required();
  export_command->add_option("--vocabulary-from", options.vocabulary_from,
                             "The .vocabulary file of another export");
  export_command->add_option("--min-count", options.min_word_count, "Rarer words are left out")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  for (const std::string& text : sources) {
    const auto source = idi::dataset::parse_source(text);
    if (!source) {
      std::cerr << source.error().to_text() << '\n';
      return 2;
    }
    options.sources.push_back(*source);
  }
  const InterruptWatch watch;
  std::ostream* progress = isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr;
  const auto run = export_command->parsed() ? &idi::dataset::run_export_command
                                            : &idi::dataset::run_coverage_command;
  return run(options, std::cout, std::cerr, progress, watch.token());
}
