#include "openai_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "answer.hpp"
#include "conversation.hpp"
#include "first_text_clock.hpp"
#include "idi/core/text.hpp"
#include "rounds.hpp"
#include "stream_events.hpp"

namespace idi::llm {
namespace {

constexpr int most_at_once = 16;
constexpr std::size_t most_models_named = 10;
/// Fits every server's integer.
constexpr std::uint32_t max_seed = 0x7FFFFFFF;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

class OpenAiModel final : public LanguageModel {
 public:
  OpenAiModel(std::unique_ptr<ServerConnection> connection, Capabilities capabilities)
      : connection_(std::move(connection)), capabilities_(std::move(capabilities)) {}

  Result<Completions> complete(const CompletionRequest& request) override;
  const Capabilities& capabilities() const override { return capabilities_; }
  Result<int> count_tokens(std::string_view text, Deadline, std::stop_token) override {
    return estimate_tokens(text);
  }

 private:
  [[nodiscard]] json::object body_of(const CompletionRequest& request) const;
  [[nodiscard]] Result<Completions> run_round(json::object body, const Round& round,
                                              const CompletionRequest& request,
                                              FirstTextClock& clock);

  std::unique_ptr<ServerConnection> connection_;
  Capabilities capabilities_;
};

Result<Completions> OpenAiModel::complete(const CompletionRequest& request) {
  if (!request.grammar.empty() || !request.adapters.empty()) {
    return make_error(ErrorCode::not_supported,
                      "this model server takes neither a grammar nor adapters",
                      "use llama.cpp's llama-server for them");
  }
  FirstTextClock clock(request.on_text);
  const json::object body = body_of(request);
  IDI_TRY(Completions all, run_rounds(rounds_of(request, most_at_once), [&](const Round& round) {
            return run_round(body, round, request, clock);
          }));
  all.timings.first_text_ms = clock.first_text_ms();
  return all;
}

json::object OpenAiModel::body_of(const CompletionRequest& request) const {
  json::object body{{"model", json_text(capabilities_.model)},
                    {"stream", true},
                    {"stream_options", {{"include_usage", true}}},
                    {"max_tokens", request.max_tokens}};
  const bool is_text = std::holds_alternative<std::string>(request.prompt);
  if (is_text) {
    body["prompt"] = json_text(std::get<std::string>(request.prompt));
  } else {
    body["messages"] = json_messages(std::get<std::vector<ChatMessage>>(request.prompt));
  }
  if (request.log_probabilities) {
    if (is_text) {
      body["logprobs"] = 1;
    } else {
      body["logprobs"] = true;
    }
  }
  if (!request.stop_texts.empty()) body["stop"] = json_texts(request.stop_texts);
  return body;
}

Result<Completions> OpenAiModel::run_round(json::object body, const Round& round,
                                           const CompletionRequest& request,
                                           FirstTextClock& clock) {
  body["temperature"] = round.temperature;
  body["seed"] = (request.seed + static_cast<std::uint32_t>(round.first)) & max_seed;
  if (round.count > 1) body["n"] = round.count;
  Answer answer(round.count, request.max_tokens,
                round.first == 0 ? clock.on_text() : std::function<void(std::string_view)>());
  const char* path = body.contains("messages") ? "/v1/chat/completions" : "/v1/completions";
  const Status status = connection_->stream(
      path, body, {request.deadline, request.stop}, [&answer](const SseEvent& event) -> Status {
        IDI_TRY(const StreamStep step, read_openai_event(event.data));
        return answer.take(step);
      });
  // A server that holds the connection open after its last event has answered nevertheless.
  if (!status && !answer.is_complete()) return status.error();
  return answer.finish();
}

}  // namespace

int estimate_tokens(std::string_view text) {
  double tokens = 2;  // the beginning and the end
  char before = 0;
  for (const char c : text) {
    if (is_letter(c)) {
      tokens += is_letter(before) ? 0.5 : 1;
    } else if (!is_blank(c) || !is_blank(before)) {
      tokens += 1;
    }
    before = c;
  }
  return static_cast<int>(tokens) + 1;
}

Result<std::shared_ptr<LanguageModel>> open_openai(std::unique_ptr<ServerConnection> connection,
                                                   const Endpoint& endpoint,
                                                   const json::object& models) {
  Capabilities capabilities;
  std::vector<std::string> known;
  if (const json::array* list = array_in(models, "data")) {
    for (const auto& value : *list) {
      const auto* model = value.if_object();
      const std::string_view id = model ? text_in(*model, "id") : std::string_view();
      if (id.empty()) continue;
      known.emplace_back(text::to_valid_utf8(id));
      // Ollama lists "llama3:latest" and is asked for "llama3".
      const bool wanted =
          endpoint.model.empty() || id == endpoint.model || id == endpoint.model + ":latest";
      if (!wanted || !capabilities.model.empty()) continue;
      capabilities.model = id;
      capabilities.context_tokens = int_in(*model, "max_model_len");
    }
  }
  if (capabilities.model.empty()) {
    const std::size_t named = std::min(known.size(), most_models_named);
    const std::vector<std::string> some(known.begin(), known.begin() + static_cast<long>(named));
    return make_error(ErrorCode::not_found,
                      known.empty() ? "the model server has no model"
                                    : fmt::format("the model server has no model \"{}\"",
                                                  text::to_valid_utf8(endpoint.model)),
                      known.empty() ? "" : "it has: " + text::join(some, ", "));
  }
  return std::make_shared<OpenAiModel>(std::move(connection), std::move(capabilities));
}

}  // namespace idi::llm
