// What a well-behaved model server says, for tests that let it misbehave from there.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "idi/http_client/testing/scripted_server.hpp"
#include "idi/llm/language_model.hpp"

namespace idi::llm::testing {

using http_client::testing::ScriptedServer;
using http_client::testing::Visit;
using Script = std::function<void(Visit&)>;

inline std::string sse(std::string_view data) { return "data: " + std::string(data) + "\n\n"; }
/// A piece of llama-server's /completion.
std::string llama_piece(std::string_view json_text, int token_count, int index = 0);
std::string llama_end(int token_count, int index = 0, std::string_view stop_type = "eos",
                      int slot = 0);
/// A piece of OpenAI's chat completions.
std::string chat_piece(std::string_view json_text, int index = 0);
std::string chat_end(int index = 0, std::string_view reason = "stop");

/// llama-server with two slots whose /completion does as the script says.
Script llama_server(Script completion, std::string_view adapters = "[]");
/// A server with OpenAI's interface and the models "first" and "second:latest".
Script openai_server(Script completion);
void begin_events(Visit& visit);

/// The model behind a fake, which must open.
std::shared_ptr<LanguageModel> open(const ScriptedServer& server, std::string_view key = "",
                                    bool caches_in_slots_only = false);
CompletionRequest asking(std::string prompt = "select");

}  // namespace idi::llm::testing
