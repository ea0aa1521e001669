#include "measures.hpp"

#include <fmt/format.h>

#include <utility>

#include "raw_request.hpp"

namespace idi::bench {
namespace {

constexpr int overhead_tokens = 4;

/// JSON's text of a prompt: what is no letter that it may hold as it is, is written as a number.
std::string json_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    out += byte < 0x20 ? fmt::format("\\u{:04x}", byte) : std::string(1, c);
  }
  return out + "\"";
}

/// The texts of the messages, one behind the other: the raw request needs no chat template.
std::string plain_prompt(const llm::CompletionRequest& request) {
  if (const auto* text = std::get_if<std::string>(&request.prompt)) return *text;
  std::string all;
  for (const auto& message : std::get<std::vector<llm::ChatMessage>>(request.prompt)) {
    all += message.text + "\n";
  }
  return all;
}

}  // namespace

Result<std::vector<FirstText>> measure_first_texts(const ServedModel& served,
                                                   const AskedDatabase& database,
                                                   const std::vector<std::string>& questions) {
  std::vector<FirstText> measured;
  for (const auto& question : questions) {
    double ignored = 0;
    IDI_TRY(auto request, database.request(question, served.model->capabilities(), ignored));
    request.max_tokens = 1;
    const Stopwatch watch;
    IDI_TRY(const auto answer, served.model->complete(request));
    // A lone token may be half a character, which is no text yet: the whole call is one token long.
    measured.push_back(
        {question, answer.timings.prompt_tokens, answer.timings.cached_tokens, watch.elapsed_ms()});
  }
  return measured;
}

Result<Generation> measure_generation(const ServedModel& served, const AskedDatabase& database,
                                      const std::vector<std::string>& questions, bool with_grammar,
                                      int tokens) {
  Generation generation;
  for (const auto& question : questions) {
    double ignored = 0;
    IDI_TRY(auto request, database.request(question, served.model->capabilities(), ignored));
    request.max_tokens = tokens;
    // Hot, so that every token is another one: a model of random numbers repeats itself for ever.
    request.temperature = 1;
    if (!with_grammar) request.grammar.clear();
    IDI_TRY(const auto answer, served.model->complete(request));
    generation.tokens += answer.timings.generated_tokens;
    generation.ms += answer.timings.generation_ms;
  }
  return generation;
}

Result<Overhead> measure_overhead(const ServedModel& served, const AskedDatabase& database,
                                  const std::vector<std::string>& questions, int rounds) {
  Overhead overhead;
  double ignored = 0;
  IDI_TRY(auto request, database.request(questions.front(), served.model->capabilities(), ignored));
  // The same work for the server in both: text as it is, no grammar, no probabilities.
  request.prompt = plain_prompt(request);
  const std::string grammar = std::exchange(request.grammar, {});
  request.log_probabilities = false;
  request.max_tokens = overhead_tokens;
  const std::string body = fmt::format(
      R"({{"prompt":{},"n_predict":{},"stream":true,"cache_prompt":true,"temperature":0,"seed":1}})",
      json_text(std::get<std::string>(request.prompt)), overhead_tokens);
  for (int round = -2; round < rounds; ++round) {
    // A new one each time: the server closes those that are idle while the client is measured.
    IDI_TRY(auto raw, RawConnection::open(served.server->url(), served.server->api_key()));
    const Stopwatch raw_watch;
    IDI_CHECK(raw.complete(body));
    const double raw_ms = raw_watch.elapsed_ms();
    const Stopwatch watch;
    IDI_TRY(const auto answer, served.model->complete(request));
    const double client_ms = watch.elapsed_ms();
    const double client_cpu_ms = watch.cpu_ms();
    request.grammar = grammar;
    const Stopwatch grammar_watch;
    IDI_CHECK(served.model->complete(request));
    const double grammar_ms = grammar_watch.elapsed_ms();
    request.grammar.clear();
    double writing_ms = 0;
    const Stopwatch writing_watch;
    const auto& question = questions[static_cast<std::size_t>(round + 2) % questions.size()];
    IDI_CHECK(database.request(question, served.model->capabilities(), writing_ms));
    const double writing_cpu_ms = writing_watch.cpu_ms();
    if (round < 0) continue;  // caches fill
    overhead.raw.add(raw_ms);
    overhead.client.add(client_ms);
    overhead.added.add(client_ms - raw_ms);
    overhead.grammar.add(grammar_ms - client_ms);
    overhead.client_cpu.add(client_cpu_ms);
    overhead.writing.add(writing_ms);
    overhead.writing_cpu.add(writing_cpu_ms);
  }
  return overhead;
}

}  // namespace idi::bench
