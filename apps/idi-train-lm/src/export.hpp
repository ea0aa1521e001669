// A trained model as a GGUF file that llama.cpp runs.
#pragma once

#include <filesystem>

#include "checkpoint.hpp"
#include "idi/core/result.hpp"

namespace idi::lm {

/// The running means of the parameters: matrices at half precision, norms at single.
/// Errors: io_failed.
[[nodiscard]] Status write_gguf(const Training& training, const std::filesystem::path& file);

}  // namespace idi::lm
