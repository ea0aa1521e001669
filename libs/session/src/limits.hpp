// Input of the store, made valid and held to the limits of session_store.hpp. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"

namespace idi::session {

/// Valid UTF-8 of at most `max_bytes`, or limit_exceeded that names `what`.
[[nodiscard]] Result<std::string> checked_text(std::string_view text, std::string_view what,
                                               std::size_t max_bytes);

/// The given texts as they are stored.
[[nodiscard]] Result<SessionChange> checked(const SessionChange& change);
[[nodiscard]] Result<NewTurn> checked(const NewTurn& turn);
/// invalid_argument without ids.
[[nodiscard]] Result<Resolution> checked(const Resolution& resolution);
/// invalid_argument if it says that the turn is running.
[[nodiscard]] Result<FinishedTurn> checked(const FinishedTurn& turn);
[[nodiscard]] Result<TurnChange> checked(const TurnChange& change);

/// The words of a search, folded; a word is in a text if it is a part of the folded text.
[[nodiscard]] Result<std::vector<std::string>> search_words(std::string_view search);

}  // namespace idi::session
