// A chart as the protocol's Visualization, and a user's choice of one.
#pragma once

#include <string>
#include <string_view>

#include "idi/chart/chart.hpp"
#include "idi/core/result.hpp"
#include "json.hpp"

namespace idi::api {

enum class ChosenBy { rules, question, user };

[[nodiscard]] json::object visualization_json(const chart::Chart& chart, ChosenBy chosen_by);

/// Errors: invalid_argument, naming the field.
[[nodiscard]] Result<chart::Choice> choice_from_json(json::object object);
[[nodiscard]] std::string choice_text(const chart::Choice& choice);
/// Nothing is chosen: the rules choose again.
[[nodiscard]] bool is_empty(const chart::Choice& choice);

}  // namespace idi::api
