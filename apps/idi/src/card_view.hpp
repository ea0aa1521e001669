// Asking back on the command line: a card as numbered choices, and what is said about a choice.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/engine/answer.hpp"

namespace idi::cli {

/// The card's question and its numbered options. REQUIRES: answer.clarification
[[nodiscard]] std::string render_card(const engine::Answer& answer, bool color);
/// What could have been meant too, for an answer that was given all the same.
[[nodiscard]] std::string render_offer(const engine::Answer& answer, bool color);
/// Earlier choices that were put to use, and findings with what could be asked instead.
[[nodiscard]] std::string render_choices_used(const engine::Answer& answer, bool color);
[[nodiscard]] std::string render_findings(const engine::Answer& answer, bool color);

/// For whoever cannot be asked: the options of the command line, one per choice.
[[nodiscard]] std::string how_to_choose(const clarification::Clarification& card);

/// "2" → the second option's index; nullopt: not a number at all. Errors: invalid_argument for a
/// number that the card does not have.
[[nodiscard]] Result<std::optional<std::size_t>> option_of(
    std::string_view line, const clarification::Clarification& card);

/// REQUIRES: answer.clarification, with that option.
[[nodiscard]] clarification::Resolution resolution_of(const engine::Answer& answer,
                                                      std::size_t option);
/// "date:orders=orders.ordered_at". Errors: invalid_argument.
[[nodiscard]] Result<clarification::Resolution> resolution_from_text(std::string_view text);

}  // namespace idi::cli
