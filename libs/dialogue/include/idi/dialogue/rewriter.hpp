// A follow-up, in the light of the conversation, as a question that stands alone: "and by region?"
// after "Total sales in 2023" is "Total sales in 2023 by region". Words in, words out, so that a
// user sees what was understood and can correct it. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "idi/link/linker.hpp"

namespace idi::dialogue {

/// Longer questions are neither followed up nor made.
inline constexpr std::size_t max_question_bytes = 4'000;

struct Exchange {
  std::string question;  ///< Standing alone.
  std::string sql;  ///< What ran; empty if nothing did. Not read: words are continued, not SQL.
};

struct Rewriting {
  std::string question;  ///< Standing alone; the text itself if it stood alone.
  bool is_follow_up = false;
};

/// `history` oldest first; only its last few are read. An empty history never makes a follow-up.
[[nodiscard]] Rewriting rewrite(std::string_view question, const std::vector<Exchange>& history,
                                const link::Linker& linker);

}  // namespace idi::dialogue
