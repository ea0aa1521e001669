// Any server with OpenAI's interface (vLLM, Ollama, llama-server behind a proxy, …): conversations
// by /v1/chat/completions, texts by /v1/completions. No grammar, no adapters: what each server has
// of these, it has in a way of its own.
#pragma once

#include <memory>

#include "idi/llm/language_model.hpp"
#include "json.hpp"
#include "server_connection.hpp"

namespace idi::llm {

/// `models` is what GET /v1/models answered. Errors: not_found (endpoint.model is not among them).
[[nodiscard]] Result<std::shared_ptr<LanguageModel>> open_openai(
    std::unique_ptr<ServerConnection> connection, const Endpoint& endpoint,
    const json::object& models);

/// From above, whatever the vocabulary: digits and signs may be a token each, as may each byte of a
/// character beyond ASCII; of a word at most every second letter begins one.
[[nodiscard]] int estimate_tokens(std::string_view text);

}  // namespace idi::llm
