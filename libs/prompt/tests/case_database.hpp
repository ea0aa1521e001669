// The databases of tests/cases/prompt, made of their .sql files, and a wide one of 300 tables.
#pragma once

#include <memory>
#include <string>

#include "idi/link/linker.hpp"

namespace idi::prompt::testing {

inline constexpr const char* case_folder = "tests/cases/prompt";

/// "music" is tests/cases/prompt/music.sql; "wide" has 300 tables. Made once.
[[nodiscard]] std::shared_ptr<const link::Linker> linker_of(const std::string& database);

}  // namespace idi::prompt::testing
