// The folded texts that a search looks through: one row per session, one per turn with a question.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

/// As search words are folded. Lines stay apart, so that no word is found across them.
[[nodiscard]] std::string folded(std::string_view text);

/// From the name, the description and the tags that are stored now.
[[nodiscard]] Status fold_session(sqlite::Connection& connection, std::int64_t number);
/// From the question and the standalone question that are stored now.
[[nodiscard]] Status fold_questions(sqlite::Connection& connection, std::int64_t turn_id);

}  // namespace idi::session
