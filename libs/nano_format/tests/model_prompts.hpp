// Prompts about the ships that the shipped model was probed with: tests/model_prompts.txt.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace idi::nano_format::testing {

[[nodiscard]] std::vector<std::string> model_prompts();
[[nodiscard]] std::vector<std::string> lines_of(const std::filesystem::path& file);

}  // namespace idi::nano_format::testing
