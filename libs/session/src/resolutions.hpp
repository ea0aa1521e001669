// What a user chose when he was asked back: rows of one session. Within a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

/// `session`: its key in the file. Errors: limit_exceeded (max_resolutions).
[[nodiscard]] Status keep_resolution(sqlite::Connection& connection, std::int64_t session,
                                     const Resolution& resolution, std::int64_t now_ms);
/// Last chosen first.
[[nodiscard]] Result<std::vector<Resolution>> kept_resolutions(sqlite::Connection& connection,
                                                               std::int64_t session);
/// Errors: not_found, if that one is not there.
[[nodiscard]] Status forget(sqlite::Connection& connection, std::int64_t session,
                            std::optional<std::string_view> clarification);

}  // namespace idi::session
