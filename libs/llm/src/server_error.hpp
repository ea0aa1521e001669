// What a model server says when it does not answer, as an Error.
#pragma once

#include <string_view>

#include "idi/core/error.hpp"
#include "json.hpp"

namespace idi::llm {

/// Of a response whose status is not 2xx. Shapes: llama-server and OpenAI {"error":{"message":…}},
/// vLLM {"object":"error","message":…}, Ollama {"error":"…"}, FastAPI {"detail":…}, or no JSON.
[[nodiscard]] Error error_of_response(int status, std::string_view body);
/// Of an object in the middle of a stream, or in a response with status 200, that has an "error".
[[nodiscard]] Error error_of_object(const json::object& object);
/// Something that no model server says.
[[nodiscard]] Error no_sense(std::string_view what, std::string_view body);

}  // namespace idi::llm
