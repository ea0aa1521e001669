// The page and the protocol's files, as they were compiled in.
#pragma once

#include <string_view>
#include <vector>

#include "idi/api/api.hpp"

namespace idi::cli {

/// Empty if the program was built without the page (IDI_BUILD_PAGE=OFF).
[[nodiscard]] std::vector<api::StaticFile> embedded_page();

[[nodiscard]] std::string_view embedded_openapi();
[[nodiscard]] std::string_view embedded_message_schema();

}  // namespace idi::cli
