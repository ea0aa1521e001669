// Holds messages against protocol/idi.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace idi::api::testing {

/// What is wrong with a message, by the definition of this name; empty if nothing is.
[[nodiscard]] std::string violations(const std::string& definition, std::string_view message);

[[nodiscard]] std::vector<std::string> definition_names();

[[nodiscard]] std::string whole_file(const std::string& path);

}  // namespace idi::api::testing
