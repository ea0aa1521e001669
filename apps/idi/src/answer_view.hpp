// An answer as text for a person: SQL, table, what to know about it, times. Pure.
#pragma once

#include <string>

#include "idi/engine/answer.hpp"
#include "output.hpp"

namespace idi::cli {

struct AnswerStyle {
  TerminalTraits terminal;
  bool explain = false;  ///< Also the explanation and the other candidates.
};

[[nodiscard]] std::string render_answer(const engine::Answer& answer, const AnswerStyle& style);

}  // namespace idi::cli
