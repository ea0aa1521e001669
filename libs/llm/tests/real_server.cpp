#include "real_server.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/http_client/http_client.hpp"
#include "random_model.hpp"

namespace idi::llm::testing {
namespace {

using std::chrono::seconds;

template <typename Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}
void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().to_text());
}

}  // namespace

RealServer::RealServer(const Options& options) {
  const auto runtime = must(llama_runtime::find_runtime(llama_runtime::default_prefix()));
  if (!runtime) throw std::runtime_error("no llama-server: run the test llama_server_is_there");
  llama_runtime::ServerOptions server;
  server.model = options.model;
  if (server.model.empty()) {
    server.model = folder_.path() / "random.gguf";
    must(write_random_model(server.model));
  }
  for (int i = 0; i < options.adapters; ++i) {
    server.adapters.push_back(folder_.path() / fmt::format("adapter-{}.gguf", i));
    must(write_random_adapter(server.adapters.back(), static_cast<std::uint32_t>(11 + i)));
  }
  server.context_tokens = context_of_slot;
  server.slots = options.slots;
  server.threads = 1;
  server.ngram_speculation = options.ngram_speculation;
  server.log = folder_.path() / "server.log";
  server.extra_options = options.extra;
  server.extra_options.emplace_back("--metrics");
  server_ = must(llama_runtime::LlamaServer::start(*runtime, server));
  must(server_->wait_ready(Deadline::after(seconds(120)), {}));
}

std::shared_ptr<LanguageModel> RealServer::open(bool caches_in_slots_only) const {
  Endpoint endpoint;
  endpoint.url = server_->url();
  endpoint.api_key = server_->api_key();
  endpoint.caches_in_slots_only = caches_in_slots_only;
  return must(open_language_model(endpoint, Deadline::after(seconds(60)), {}));
}

std::string RealServer::ask(const std::string& path, const std::string& body) const {
  http_client::Request request;
  request.url = server_->url() + path;
  request.method = body.empty() ? "GET" : "POST";
  request.body = body;
  request.headers = {{"Authorization", "Bearer " + server_->api_key()},
                     {"Content-Type", "application/json"}};
  request.deadline = Deadline::after(seconds(60));
  const auto response = must(http_client::HttpClient::make()->send(request));
  if (response.head.status != 200) throw std::runtime_error(response.body);
  return response.body;
}

double RealServer::metric(std::string_view name) const {
  std::istringstream lines(ask("/metrics"));
  const std::string begin = fmt::format("llamacpp:{} ", name);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(begin)) return std::stod(line.substr(begin.size()));
  }
  throw std::runtime_error("the server has no such number");
}

bool RealServer::is_processing() const {
  const json::value slots = json::parse(ask("/slots"));
  for (const auto& slot : slots.as_array()) {
    if (is_true_in(slot.as_object(), "is_processing")) return true;
  }
  return false;
}

long RealServer::cpu_ticks() const {
  std::ifstream file(fmt::format("/proc/{}/stat", server_->pid()));
  std::string text;
  std::getline(file, text);
  // The second field is a name in parentheses; utime and stime are the 14th and 15th.
  const auto fields = text::split(text.substr(text.rfind(')') + 2), ' ');
  return std::stol(fields.at(11)) + std::stol(fields.at(12));
}

CompletionRequest request_of(std::string prompt, int max_tokens) {
  CompletionRequest request;
  request.prompt = std::move(prompt);
  request.max_tokens = max_tokens;
  request.deadline = Deadline::after(seconds(60));
  return request;
}

std::string letters_grammar(int least, int most) {
  return fmt::format("root ::= [a-z]{{{},{}}}", least, most);
}

}  // namespace idi::llm::testing
