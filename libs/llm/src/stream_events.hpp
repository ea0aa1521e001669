// The events of a completion that streams, of llama-server and of OpenAI's interface, as one shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/llm/language_model.hpp"

namespace idi::llm {

/// A part of one candidate's text.
struct Piece {
  int candidate = 0;
  std::string text;  ///< Perhaps no valid UTF-8, perhaps a part of a character.
  int tokens = 0;    ///< That the server says were generated for it so far; 0: not told here.
  /// Of the tokens that it lists with this piece.
  double log_probability = 0;
  int listed_tokens = 0;
  bool ended = false;
  bool complete = false;  ///< Ended by itself.
  int slot = -1;          ///< Where it was generated; told at the end.
};

struct StreamStep {
  std::vector<Piece> pieces;
  std::optional<Timings> timings;
  bool last = false;  ///< "[DONE]".
};

/// Errors: the server's own (as in complete()), internal (no such event).
[[nodiscard]] Result<StreamStep> read_llama_event(std::string_view data);
[[nodiscard]] Result<StreamStep> read_openai_event(std::string_view data);

}  // namespace idi::llm
