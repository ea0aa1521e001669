// How a question was read, as messages: the explanation with the words behind it, what was found,
// the card, earlier choices. Ranges are bytes here and UTF-16 code units there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "idi/engine/answer.hpp"
#include "json.hpp"

namespace idi::api {

/// The protocol's TextRange. What lies beyond the text ends with it.
[[nodiscard]] json::object range_json(std::string_view text, std::size_t begin, std::size_t end);
/// The way back: the part between two offsets in UTF-16 code units. REQUIRES: valid UTF-8.
[[nodiscard]] std::string part_of(std::string_view text, std::size_t begin, std::size_t end);

/// Ranges count in answer.read_question.
[[nodiscard]] json::object explanation_json(const engine::Answer& answer, bool with_parts);
[[nodiscard]] json::array findings_json(const engine::Answer& answer);
/// REQUIRES: is_card(card)
[[nodiscard]] json::object clarification_json(const clarification::Clarification& card,
                                              std::string_view read_question);
/// Something to choose from.
[[nodiscard]] bool is_card(const clarification::Clarification& card);
[[nodiscard]] json::object resolution_json(const clarification::Resolution& resolution);

}  // namespace idi::api
