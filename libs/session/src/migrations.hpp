// The tables of the store, as numbered steps: a file of version n has had the first n of them
// (PRAGMA user_version). A step is never changed once it was released; a new one is added.
#pragma once

#include <cstdint>
#include <span>

#include "idi/core/result.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

/// PRAGMA application_id of our files: "IDIs".
inline constexpr std::int64_t store_application_id = 0x49444973;

using MigrationStep = Status (*)(sqlite::Connection&);

[[nodiscard]] std::span<const MigrationStep> migration_steps();

/// All steps that the file has not had, in one transaction; then its version is their number.
/// REQUIRES: the file's version is at most that.
[[nodiscard]] Status migrate(sqlite::Connection& connection, std::span<const MigrationStep> steps);

/// One integer of a pragma, e.g. "user_version".
[[nodiscard]] Result<std::int64_t> pragma_integer(sqlite::Connection& connection,
                                                  std::string_view pragma);

}  // namespace idi::session
