// The text of a chat format (prompts/README.md) → its sections, lines and placeholders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/prompt/chat_prompt.hpp"

namespace idi::prompt {

class FormatReader {
 public:
  /// Errors: invalid_argument, with the line.
  [[nodiscard]] static Result<ChatFormat> read(std::string_view text);
};

}  // namespace idi::prompt
