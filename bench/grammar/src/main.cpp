// Prints what grammars of SQL cost, as tables in Markdown. See README.md.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "generated_schema.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llm/language_model.hpp"
#include "samples.hpp"
#include "word_model.hpp"

namespace idi::bench {
namespace {

namespace fs = std::filesystem;

constexpr int build_runs = 7;
constexpr int requests = 12;
constexpr int tokens_per_request = 64;

Result<std::string> grammar_of(int tables, Dialect dialect) {
  const Schema schema = generated_schema(tables);
  return grammar::sql_grammar(schema, scope_of(schema), dialect);
}

Status print_sizes() {
  fmt::print("| tables in the scope | dialect | grammar, KiB | rules | to make it, ms |\n");
  fmt::print("|---|---|---|---|---|\n");
  static constexpr std::pair<Dialect, const char*> dialects[] = {
      {Dialect::sqlite, "SQLite"}, {Dialect::postgres, "PostgreSQL"}, {Dialect::mysql, "MySQL"}};
  for (const int tables : {1, 3, 10, 64, 1000}) {
    const Schema schema = generated_schema(tables);
    const grammar::Scope scope = scope_of(schema);
    for (const auto& [dialect, name] : dialects) {
      Samples times;
      std::string text;
      for (int run = 0; run < build_runs; ++run) {
        const Stopwatch watch;
        IDI_TRY(text, grammar::sql_grammar(schema, scope, dialect));
        times.add(watch.cpu_ms());
      }
      fmt::print("| {} | {} | {:.0f} | {} | {:.1f} |\n", tables, name,
                 static_cast<double>(text.size()) / 1024,
                 std::count(text.begin(), text.end(), '\n'), times.quantile(0.5));
    }
  }
  return {};
}

struct Cost {
  double token_ms = 0;    ///< The server's processor time for each further token.
  double request_ms = 0;  ///< … for a request of one token: the grammar is read in it.
  double tokens = 0;      ///< How many were measured.
};

/// What the process has computed, all threads: hardly longer on a busy machine, unlike the time
/// that passed.
double processor_ms(int pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // After the name in parentheses: state and ten numbers, then user and system ticks.
  std::istringstream rest(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) rest >> skipped;
  double user = 0;
  double system = 0;
  rest >> user >> system;
  return (user + system) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

Result<Cost> cost_of(llm::LanguageModel& model, int pid, const std::string& grammar) {
  Cost cost;
  llm::CompletionRequest request;
  request.prompt = std::string("name");
  request.grammar = grammar;
  request.log_probabilities = false;
  request.temperature = 1;
  const auto run = [&](int max_tokens) -> Result<double> {
    request.max_tokens = max_tokens;
    cost.tokens = 0;
    const double before = processor_ms(pid);
    for (int i = 0; i < requests; ++i) {
      request.seed = static_cast<std::uint32_t>(i + 1);
      IDI_TRY(const llm::Completions done, model.complete(request));
      cost.tokens += done.timings.generated_tokens;
    }
    return processor_ms(pid) - before;
  };
  IDI_TRY(const double short_ms, run(1));
  IDI_TRY(const double long_ms, run(tokens_per_request));
  cost.request_ms = short_ms / requests;
  cost.token_ms = (long_ms - short_ms) / (cost.tokens - requests);
  return cost;
}

Status print_token_costs(const fs::path& folder) {
  IDI_TRY(const auto runtime, llama_runtime::find_runtime(llama_runtime::default_prefix()));
  if (!runtime) {
    return make_error(ErrorCode::unavailable, "there is no llama-server here",
                      "idi runtime install fetches one.");
  }
  std::vector<std::pair<std::string, std::string>> grammars = {
      {"none", ""}, {"any text", "root ::= [^\\x00]*\n"}};
  for (const int tables : {1, 10, 1000}) {
    IDI_TRY(std::string text, grammar_of(tables, Dialect::sqlite));
    grammars.emplace_back(fmt::format("{} tables", tables), std::move(text));
  }
  fmt::print(
      "\n| vocabulary | grammar | ms per token | ratio | one-token request, ms | tokens |\n");
  fmt::print("|---|---|---|---|---|---|\n");
  for (const int vocabulary : {8'000, 150'000}) {
    llama_runtime::ServerOptions options;
    options.model = folder / fmt::format("words-{}.gguf", vocabulary);
    options.log = folder / "server.log";
    options.context_tokens = 1024;
    options.slots = 1;
    options.threads = 1;
    IDI_CHECK(write_word_model(options.model, vocabulary));
    IDI_TRY(const auto server, llama_runtime::LlamaServer::start(*runtime, options));
    const auto deadline = Deadline::after(std::chrono::minutes(9));
    IDI_CHECK(server->wait_ready(deadline, {}));
    IDI_TRY(const auto model,
            llm::open_language_model({server->url(), server->api_key(), {}}, deadline, {}));
    double without = 0;
    for (const auto& [name, text] : grammars) {
      IDI_TRY(const Cost cost, cost_of(*model, server->pid(), text));
      if (text.empty()) without = cost.token_ms;
      fmt::print("| {} | {} | {:.2f} | {:.1f} | {:.1f} | {:.0f} |\n", vocabulary, name,
                 cost.token_ms, cost.token_ms / without, cost.request_ms, cost.tokens);
      std::fflush(stdout);
    }
  }
  return {};
}

int run() {
  std::string name = (fs::temp_directory_path() / "grammar-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  Status status = print_sizes();
  if (status) status = print_token_costs(name);
  fs::remove_all(name);
  if (status) return 0;
  fmt::print(stderr, "grammar-bench: {}\n{}\n", status.error().message, status.error().detail);
  return 1;
}

}  // namespace
}  // namespace idi::bench

int main() { return idi::bench::run(); }
