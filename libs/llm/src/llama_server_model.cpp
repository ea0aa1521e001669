#include "llama_server_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "answer.hpp"
#include "conversation.hpp"
#include "first_text_clock.hpp"
#include "rounds.hpp"
#include "server_error.hpp"
#include "slot_book.hpp"
#include "stream_events.hpp"

namespace idi::llm {
namespace {

/// Seconds between signs of life while a long prompt is read.
constexpr int ping_seconds = 10;

/// Samplers are named because whoever started the server may have chosen others.
constexpr int top_k = 40;
constexpr double top_p = 0.95;
constexpr double min_p = 0.05;
constexpr std::uint32_t max_seed = 0x7FFFFFFF;

std::string name_of_file(std::string_view path) {
  return std::filesystem::path(path).stem().string();
}

class LlamaServerModel final : public LanguageModel {
 public:
  LlamaServerModel(std::unique_ptr<ServerConnection> connection, Capabilities capabilities,
                   bool caches_in_slots_only)
      : connection_(std::move(connection)),
        capabilities_(std::move(capabilities)),
        caches_in_slots_only_(caches_in_slots_only),
        slots_(capabilities_.slot_count) {}

  Result<Completions> complete(const CompletionRequest& request) override;
  const Capabilities& capabilities() const override { return capabilities_; }
  Result<int> count_tokens(std::string_view text, Deadline deadline, std::stop_token stop) override;

 private:
  [[nodiscard]] Result<std::string> prompt_of(const CompletionRequest& request,
                                              const Patience& patience) const;
  [[nodiscard]] Result<std::vector<double>> scales_of(const CompletionRequest& request) const;
  [[nodiscard]] json::object body_of(const CompletionRequest& request, const std::string& prompt,
                                     const std::vector<double>& scales) const;
  [[nodiscard]] Result<Completions> run_round(json::object body, const Round& round,
                                              const std::vector<double>& scales,
                                              const CompletionRequest& request,
                                              FirstTextClock& clock);
  [[nodiscard]] Status stream(const json::object& body, const CompletionRequest& request,
                              Answer& answer) const;

  std::unique_ptr<ServerConnection> connection_;
  Capabilities capabilities_;
  bool caches_in_slots_only_;
  SlotBook slots_;
};

Result<Completions> LlamaServerModel::complete(const CompletionRequest& request) {
  const Patience patience{request.deadline, request.stop};
  FirstTextClock clock(request.on_text);
  IDI_TRY(const std::vector<double> scales, scales_of(request));
  IDI_TRY(const std::string prompt, prompt_of(request, patience));
  const json::object body = body_of(request, prompt, scales);
  IDI_TRY(Completions all,
          run_rounds(rounds_of(request, capabilities_.slot_count), [&](const Round& round) {
            return run_round(body, round, scales, request, clock);
          }));
  all.timings.first_text_ms = clock.first_text_ms();
  return all;
}

Result<std::vector<double>> LlamaServerModel::scales_of(const CompletionRequest& request) const {
  std::vector<double> scales(capabilities_.adapter_names.size(), 0.0);
  for (const AdapterScale& adapter : request.adapters) {
    if (adapter.id < 0 || adapter.id >= static_cast<int>(scales.size())) {
      return make_error(
          ErrorCode::invalid_argument,
          fmt::format("the model server has no adapter {}; it has {}", adapter.id, scales.size()));
    }
    scales[static_cast<std::size_t>(adapter.id)] = adapter.scale;
  }
  return scales;
}

Result<std::string> LlamaServerModel::prompt_of(const CompletionRequest& request,
                                                const Patience& patience) const {
  if (const auto* text = std::get_if<std::string>(&request.prompt)) return *text;
  const auto& messages = std::get<std::vector<ChatMessage>>(request.prompt);
  // A model that thinks aloud first would do so outside of the grammar.
  const json::object conversation{{"messages", json_messages(messages)},
                                  {"chat_template_kwargs", {{"enable_thinking", false}}}};
  IDI_TRY(const json::object reply,
          connection_->post_object("/apply-template", conversation, patience));
  const std::string prompt(text_in(reply, "prompt"));
  if (prompt.empty()) {
    return make_error(ErrorCode::internal, "the model server's template makes an empty prompt");
  }
  return prompt;
}

json::object LlamaServerModel::body_of(const CompletionRequest& request, const std::string& prompt,
                                       const std::vector<double>& scales) const {
  json::object body{
      {"prompt", json_text(prompt)},
      {"n_predict", request.max_tokens},
      {"stream", true},
      {"cache_prompt", true},
      {"return_progress", true},
      {"sse_ping_interval", ping_seconds},
      {"samplers", {"top_k", "top_p", "min_p", "temperature"}},
      {"top_k", top_k},
      {"top_p", top_p},
      {"min_p", min_p},
      {"response_fields",
       {"index", "content", "stop", "stop_type", "tokens_predicted", "id_slot", "timings"}}};
  if (!request.grammar.empty()) body["grammar"] = json_text(request.grammar);
  if (!request.stop_texts.empty()) body["stop"] = json_texts(request.stop_texts);
  if (request.log_probabilities) body["n_probs"] = 1;
  if (scales.empty()) return body;
  // An adapter that is not named would be applied as the server was started.
  json::array adapters;
  for (std::size_t id = 0; id < scales.size(); ++id) {
    adapters.push_back(json::object{{"id", id}, {"scale", scales[id]}});
  }
  body["lora"] = std::move(adapters);
  return body;
}

Status LlamaServerModel::stream(const json::object& body, const CompletionRequest& request,
                                Answer& answer) const {
  return connection_->stream("/completion", body, {request.deadline, request.stop},
                             [&answer](const SseEvent& event) -> Status {
                               IDI_TRY(const StreamStep step, read_llama_event(event.data));
                               return answer.take(step);
                             });
}

Result<Completions> LlamaServerModel::run_round(json::object body, const Round& round,
                                                const std::vector<double>& scales,
                                                const CompletionRequest& request,
                                                FirstTextClock& clock) {
  body["temperature"] = round.temperature;
  // The server adds the number within the round; all bits set would ask for a random seed.
  body["seed"] = (request.seed + static_cast<std::uint32_t>(round.first)) & max_seed;
  if (round.count > 1) body["n_cmpl"] = round.count;
  Answer answer(round.count, request.max_tokens,
                round.first == 0 ? clock.on_text() : std::function<void(std::string_view)>());
  Status status;
  if (scales.empty()) {
    status = stream(body, request, answer);
  } else {
    IDI_TRY(const SlotBook::Choice choice,
            slots_.begin(fmt::format("{}", fmt::join(scales, " ")), round.count > 1,
                         {request.deadline, request.stop}));
    body["id_slot"] = choice.slot;
    body["cache_prompt"] = choice.keep_cache && caches_in_slots_only_;
    status = stream(body, request, answer);
    slots_.end(choice, status && answer.is_complete() ? answer.slots() : std::vector<int>());
  }
  // A server that holds the connection open after its last event has answered nevertheless.
  if (!status && !answer.is_complete()) return status.error();
  return answer.finish();
}

Result<int> LlamaServerModel::count_tokens(std::string_view text, Deadline deadline,
                                           std::stop_token stop) {
  const json::object body{{"content", json_text(text)}, {"add_special", true}};
  IDI_TRY(const json::object reply, connection_->post_object("/tokenize", body, {deadline, stop}));
  const json::array* tokens = array_in(reply, "tokens");
  if (!tokens) return make_error(ErrorCode::internal, "the model server does not count tokens");
  return static_cast<int>(tokens->size());
}

/// Servers without adapters, and versions without the question, have none.
Result<std::vector<std::string>> adapter_names(const ServerConnection& connection,
                                               const Patience& patience) {
  IDI_TRY(const Reply reply, connection.get("/lora-adapters", patience));
  std::vector<std::string> names;
  if (reply.status != 200) return names;
  const auto list = parse_object(fmt::format("{{\"list\":{}}}", reply.body));
  const json::array* adapters = list ? array_in(*list, "list") : nullptr;
  if (!adapters) return no_sense("lists its adapters in no way that is known", reply.body);
  for (const auto& value : *adapters) {
    const auto* adapter = value.if_object();
    const int id = adapter ? int_in(*adapter, "id", -1) : -1;
    if (id != static_cast<int>(names.size())) {
      return no_sense("lists its adapters in no way that is known", reply.body);
    }
    names.push_back(name_of_file(text_in(*adapter, "path")));
  }
  return names;
}

}  // namespace

Result<std::shared_ptr<LanguageModel>> open_llama_server(
    std::unique_ptr<ServerConnection> connection, const Endpoint& endpoint,
    const json::object& props, const Patience& patience) {
  Capabilities capabilities;
  capabilities.model = name_of_file(text_in(props, "model_path"));
  if (capabilities.model.empty()) capabilities.model = text_in(props, "model_alias");
  capabilities.grammar = true;
  capabilities.log_probabilities = true;
  capabilities.slots = true;
  capabilities.slot_count = std::max(1, int_in(props, "total_slots", 1));
  if (const auto* settings = object_in(props, "default_generation_settings")) {
    capabilities.context_tokens = int_in(*settings, "n_ctx");
  }
  IDI_TRY(capabilities.adapter_names, adapter_names(*connection, patience));
  capabilities.adapters = !capabilities.adapter_names.empty();
  return std::make_shared<LlamaServerModel>(std::move(connection), std::move(capabilities),
                                            endpoint.caches_in_slots_only);
}

}  // namespace idi::llm
