// A conversation as both interfaces take it.
#pragma once

#include <vector>

#include "idi/llm/language_model.hpp"
#include "json.hpp"

namespace idi::llm {

/// [{"role":"user","content":"…"}, …]
[[nodiscard]] json::array json_messages(const std::vector<ChatMessage>& messages);

}  // namespace idi::llm
