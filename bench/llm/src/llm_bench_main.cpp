// Measures a language model in llama-server as IDI uses it, and prints tables in Markdown. See
// README.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "generated_database.hpp"
#include "idi/core/log.hpp"
#include "idi/demo/demo_database.hpp"
#include "idi/gguf/gguf.hpp"
#include "measures.hpp"

namespace idi::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path model, small;
  fs::path weights = "models/idi-parser.bin";
  fs::path work;
  int tables = 40;
  int tokens = 32;
  int rounds = 100;
  int threads = 0;
};

struct Subject {
  std::string label;
  AskedDatabase database;
  std::vector<std::string> questions;
};

/// Of the demo shop, nine tables, which a prompt shows whole.
const std::vector<std::string> shop_questions{"How many orders were there in 2023?",
                                              "Which five products were sold most often?",
                                              "What is the average age of customers by city?"};

void say(const std::string& what) { std::fputs((what + "\n").c_str(), stderr); }

/// About part of its tables at a time.
Result<Subject> open_generated(const Options& options) {
  const fs::path file = options.work / "generated.sqlite";
  IDI_CHECK(write_generated_database(file, options.tables));
  IDI_TRY(auto database, AskedDatabase::open(file, options.weights, options.work / "cache"));
  const auto questions = generated_questions(options.tables);
  if (questions.size() < 2) {
    return make_error(ErrorCode::invalid_argument, "too few tables for two questions");
  }
  // The first once more in other words: about the same tables. Then one about others.
  return Subject{"generated",
                 std::move(database),
                 {questions[0], "Please tell me: " + questions[0], questions[1]}};
}

Result<std::vector<Subject>> open_subjects(const Options& options) {
  std::vector<Subject> subjects;
  if (options.tables > 0) {
    IDI_TRY(auto generated, open_generated(options));
    subjects.push_back(std::move(generated));
  }
  const fs::path shop = options.work / "shop.sqlite";
  IDI_CHECK(demo::write_demo_database(shop));
  IDI_TRY(auto demo, AskedDatabase::open(shop, options.weights, options.work / "cache"));
  subjects.push_back({"the demo shop", std::move(demo), shop_questions});
  return subjects;
}

Result<ServedModel> serve(const Options& options, const fs::path& model, int threads,
                          bool speculation) {
  ServeOptions serve_options;
  serve_options.model = model;
  serve_options.threads = threads;
  serve_options.ngram_speculation = speculation;
  serve_options.log = options.work / "server.log";
  return serve_model(serve_options);
}

void print_first_texts(const Subject& subject, const std::vector<FirstText>& texts) {
  fmt::print("\n{}: {} tables, {} columns\n\n", subject.label, subject.database.tables(),
             subject.database.columns());
  fmt::print("| question | prompt tokens | of them cached | first token ms | times faster |\n");
  fmt::print("|---|--:|--:|--:|--:|\n");
  for (const auto& text : texts) {
    fmt::print("| {} | {} | {} | {:.0f} | {:.1f} |\n", text.question, text.prompt_tokens,
               text.cached_tokens, text.first_text_ms,
               texts.front().first_text_ms / text.first_text_ms);
  }
}

/// First tokens of every database, each with a server that knows nothing; then, about the last one
/// (the demo shop, whose prompt is shorter), the speed of writing.
Status report_speed(const Options& options, const std::vector<Subject>& subjects) {
  fmt::print("### First token\n");
  ServedModel served;
  for (const auto& subject : subjects) {
    say("first tokens: " + subject.label);
    served = {};  // two at once would be one too many for many machines
    IDI_TRY(served, serve(options, options.model, options.threads, false));
    IDI_TRY(const auto texts, measure_first_texts(served, subject.database, subject.questions));
    print_first_texts(subject, texts);
    std::fflush(stdout);
  }
  const auto& subject = subjects.back();
  fmt::print("\n### Writing\n\n| | tokens/s |\n|---|--:|\n");
  for (const bool speculation : {false, true}) {
    if (speculation) {
      say("a server with n-gram speculation");
      served = {};
      IDI_TRY(served, serve(options, options.model, options.threads, true));
      IDI_CHECK(measure_first_texts(served, subject.database, {subject.questions[0]}));
    }
    for (const bool grammar : {false, true}) {
      say(fmt::format("writing, grammar {}, speculation {}", grammar, speculation));
      IDI_TRY(const auto written,
              measure_generation(served, subject.database, {subject.questions[0]}, grammar,
                                 options.tokens));
      fmt::print("| {} grammar, speculation {} | {:.1f} |\n", grammar ? "with" : "without",
                 speculation ? "on" : "off", written.tokens_per_second());
      std::fflush(stdout);
    }
  }
  IDI_TRY(const auto header, gguf::read_header(options.model));
  IDI_TRY(const auto facts, gguf::facts_of(header));
  const ServeOptions usual;
  const auto needed =
      gguf::memory_needed(header, facts, static_cast<std::uint64_t>(usual.context_tokens),
                          static_cast<std::uint64_t>(usual.slots));
  const auto memory = memory_of_process(served.server->pid());
  fmt::print("\n### Memory\n\n| | MiB |\n|---|--:|\n");
  const auto row = [](const char* what, double mib) { fmt::print("| {} | {:.0f} |\n", what, mib); };
  constexpr double bytes_per_mib = 1 << 20;
  row("the file", static_cast<double>(header.file_bytes) / bytes_per_mib);
  row("the server, resident", memory.resident_mib);
  row("… at most", memory.peak_mib);
  row("… of it no mapped file", memory.own_mib);
  row("estimated from the file's header", static_cast<double>(needed) / bytes_per_mib);
  fmt::print("\nFrom the server's start until it is ready: {:.1f} s.\n", served.load_ms / 1000);
  return {};
}

Status report_overhead(const Options& options, const std::vector<Subject>& subjects) {
  say("overhead, with the small model");
  // One thread: there is nothing to share out, and threads that wait for each other would be seen.
  IDI_TRY(const auto served, serve(options, options.small, 1, false));
  fmt::print("\n### What IDI adds to a request, ms\n\n| | p50 | p95 |\n|---|--:|--:|\n");
  for (const auto& subject : subjects) {
    IDI_TRY(const auto overhead,
            measure_overhead(served, subject.database, subject.questions, options.rounds));
    const auto row = [&](const char* what, const Samples& samples) {
      fmt::print("| {}: {} | {:.2f} | {:.2f} |\n", subject.label, what, samples.quantile(0.5),
                 samples.quantile(0.95));
    };
    row("the raw request", overhead.raw);
    row("through IDI's client", overhead.client);
    row("the difference", overhead.added);
    row("processor time of the client", overhead.client_cpu);
    row("the server with the grammar, longer by", overhead.grammar);
    row("linking, prompt and grammar's text", overhead.writing);
    row("… processor time", overhead.writing_cpu);
  }
  return {};
}

Status report(const Options& options) {
  std::error_code failure;
  fs::create_directories(options.work, failure);
  IDI_TRY(const auto subjects, open_subjects(options));
  if (!options.small.empty()) IDI_CHECK(report_overhead(options, subjects));
  if (!options.model.empty()) IDI_CHECK(report_speed(options, subjects));
  return {};
}

}  // namespace
}  // namespace idi::bench

int main(int argc, char** argv) {
  idi::bench::Options options;
  CLI::App app{"Measures a language model in llama-server as IDI uses it."};
  app.add_option("--model", options.model, "The model whose speed is measured");
  app.add_option("--small", options.small, "A model that costs nothing, to measure what IDI adds");
  app.add_option("--weights", options.weights, "The parser's weights")->capture_default_str();
  app.add_option("--work", options.work, "A folder for databases and the server's log")->required();
  app.add_option("--tables", options.tables, "Of the generated database; 0: none")
      ->check(CLI::Range(0, idi::bench::max_generated_tables))
      ->capture_default_str();
  app.add_option("--tokens", options.tokens, "To write for each speed")->capture_default_str();
  app.add_option("--rounds", options.rounds, "Of the overhead")->capture_default_str();
  app.add_option("--threads", options.threads, "Of the server; 0: as IDI chooses")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const auto reported = idi::bench::report(options);
  if (reported) return 0;
  std::fputs((reported.error().to_text() + "\n").c_str(), stderr);
  return 1;
}
