// What is said of one turn: feedback, the chart that its user chose.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"
#include "json.hpp"

namespace idi::api {

struct Feedback {
  session::Verdict verdict = session::Verdict::none;
  std::optional<std::string> comment;  ///< Absent: it stays.
};
/// Errors: invalid_argument, naming the field.
[[nodiscard]] Result<Feedback> feedback_from_json(json::object object);
[[nodiscard]] json::object feedback_json(session::Verdict verdict, std::string_view comment);

/// The protocol's Answer of an answered turn, with the chart that its user chose; nullopt if what
/// was kept cannot be read.
[[nodiscard]] std::optional<std::string> shown_answer(const session::Turn& turn);

/// The kept result with a chart choice, as the protocol's Visualization; the one that was kept, if
/// the choice is empty. Errors: not_found (nothing is kept), invalid_argument (it cannot be shown
/// so honestly).
[[nodiscard]] Result<std::string> visualization_of(const session::Turn& turn,
                                                   std::string_view choice);

}  // namespace idi::api
