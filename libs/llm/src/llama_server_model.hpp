// llama.cpp's llama-server through its own interface: /completion for everything, because grammar,
// candidates and log-probabilities are the same there for texts and for conversations. A
// conversation is put into the model's template by /apply-template first: the text is ours then,
// and its beginning stays the same, byte for byte, for the prompt cache.
#pragma once

#include <memory>

#include "idi/llm/language_model.hpp"
#include "json.hpp"
#include "server_connection.hpp"

namespace idi::llm {

/// `props` is what GET /props answered.
[[nodiscard]] Result<std::shared_ptr<LanguageModel>> open_llama_server(
    std::unique_ptr<ServerConnection> connection, const Endpoint& endpoint,
    const json::object& props, const Patience& patience);

}  // namespace idi::llm
