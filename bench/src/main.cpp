// Measures time and memory of IDI on this machine and prints tables in Markdown. See README.md.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "generated_database.hpp"
#include "idi/core/log.hpp"
#include "idi/demo/demo_database.hpp"
#include "phase_table.hpp"
#include "process_table.hpp"

namespace idi::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path program = "build/release/idi";
  fs::path model = "models/idi-parser.bin";
  fs::path questions = "bench/questions/shop.txt";
  fs::path work;
  std::vector<int> tables{10, 100, 1000};
  int runs = 15;
  int rounds = 5;
};

struct Subject {
  std::string label;
  fs::path path;
  std::vector<std::string> questions;
};

Result<std::vector<std::string>> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.empty()) {
    return make_error(ErrorCode::not_found, fmt::format("no questions in {}", path.string()));
  }
  return lines;
}

void say(const std::string& what) { std::fputs((what + "\n").c_str(), stderr); }

/// The demo database first, then the generated ones.
Result<std::vector<Subject>> subjects_of(const Options& options) {
  std::vector<Subject> subjects;
  IDI_TRY(auto questions, lines_of(options.questions));
  subjects.push_back({"demo", options.work / "shop.sqlite", std::move(questions)});
  for (const int tables : options.tables) {
    subjects.push_back({fmt::format("{} tables", tables),
                        options.work / fmt::format("generated-{}.sqlite", tables),
                        generated_questions(tables)});
  }
  return subjects;
}

Status write_databases(const Options& options, const std::vector<Subject>& subjects) {
  IDI_CHECK(demo::write_demo_database(subjects.front().path));
  for (std::size_t i = 0; i < options.tables.size(); ++i) {
    IDI_CHECK(write_generated_database(subjects[i + 1].path, options.tables[i]));
  }
  return {};
}

/// In a process of its own: Linux counts what the parent ever held as the peak of the processes
/// that it starts, so this one has to stay small until they have run.
Status write_databases_apart(const Options& options, const std::vector<Subject>& subjects) {
  say("writing databases");
  const pid_t child = ::fork();
  if (child == 0) {
    const auto written = write_databases(options, subjects);
    if (!written) say(written.error().to_text());
    ::_exit(written ? 0 : 1);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0) {
    return make_error(ErrorCode::io_failed,
                      fmt::format("cannot write databases in {}", options.work.string()));
  }
  return {};
}

Status report_processes(const Options& options, const std::vector<Subject>& subjects) {
  ProcessOptions processes{
      options.program, options.model, options.work / "process-cache", {}, options.runs};
  // The demo, and the largest schema.
  processes.databases.push_back(
      {subjects.front().label, subjects.front().path, subjects.front().questions.front()});
  if (subjects.size() > 1) {
    processes.databases.push_back(
        {subjects.back().label, subjects.back().path, subjects.back().questions.front()});
  }
  say(fmt::format("running whole processes, {} times each", options.runs));
  IDI_TRY(const std::string process_rows, process_table(processes));
  fmt::print("{}\n", process_rows);
  return {};
}

Status report(const Options& options) {
  IDI_TRY(const auto subjects, subjects_of(options));
  IDI_CHECK(write_databases_apart(options, subjects));

  if (options.runs > 0) IDI_CHECK(report_processes(options, subjects));
  std::vector<LabelledCosts> measured;
  for (const Subject& subject : subjects) {
    say(fmt::format("measuring phases: {}", subject.label));
    PhaseOptions phases;
    phases.database = subject.path;
    phases.model = options.model;
    phases.cache = options.work / "phase-cache";
    phases.questions = subject.questions;
    phases.rounds = options.rounds;
    IDI_TRY(auto costs, measure_phases(phases));
    measured.push_back({subject.label, std::move(costs)});
  }
  fmt::print("{}", phase_tables(measured));
  return {};
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app{"Measures time and memory of IDI on this machine; prints tables in Markdown."};
  app.add_option("--idi", options.program, "The program")->capture_default_str();
  app.add_option("--model", options.model, "Its weights")->capture_default_str();
  app.add_option("--questions", options.questions, "About the demo database, one a line")
      ->capture_default_str();
  app.add_option("--work", options.work, "An existing folder for databases and caches")
      ->check(CLI::ExistingDirectory)
      ->required();
  app.add_option("--tables", options.tables, "Sizes of the generated schemas")
      ->check(CLI::Range(1, max_generated_tables))
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--runs", options.runs, "Of each whole process; 0 for none")
      ->check(CLI::Range(0, 1000));
  app.add_option("--rounds", options.rounds, "Of all questions in one process")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  options.work = fs::absolute(options.work);
  log::set_level(log::Level::error);
  if (const auto done = report(options); !done) {
    say("idi-bench: " + done.error().to_text());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace idi::bench

int main(int argc, char** argv) { return idi::bench::run(argc, argv); }
