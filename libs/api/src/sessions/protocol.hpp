// Sessions and conversations as messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"
#include "json.hpp"

namespace idi::api {

/// Errors: invalid_argument, naming the field.
[[nodiscard]] Result<session::SessionChange> session_change_from_json(json::object object);
[[nodiscard]] Result<session::SessionQuery> session_query_from_json(json::object object);

/// Which choice to forget; nullopt: all. Errors: invalid_argument.
[[nodiscard]] Result<std::optional<std::string>> clarification_from_json(json::object object);

[[nodiscard]] std::string session_text(const session::Session& session, bool running);

/// `sessions`: each the text of a Session.
[[nodiscard]] std::string session_list_text(const std::vector<std::string>& sessions,
                                            std::int64_t total);

[[nodiscard]] std::string resolution_list_text(const std::vector<session::Resolution>& resolutions);

/// With its answer or error, and with the chart that its user chose. A document that cannot be
/// read is left out.
[[nodiscard]] std::string turn_text(const session::Turn& turn);

/// `turns`: each the text of a Turn.
[[nodiscard]] std::string conversation_text(std::string_view session,
                                            const std::vector<std::string>& turns,
                                            std::int64_t seq);

}  // namespace idi::api
