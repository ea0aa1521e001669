// What a model would go on with after each of some texts, for comparing with the server that runs
// its GGUF file.
#pragma once

#include <filesystem>
#include <iosfwd>

#include "checkpoint.hpp"
#include "idi/core/result.hpp"

namespace idi::lm {

/// One text a line in; one JSON object a line out: {"text", "ids", "top": [{"id", "logprob"}, …]}
/// with the `count` likeliest, natural logarithms. Parameters as exported: the running means,
/// matrices rounded to half precision. Errors: not_found, invalid_argument (an empty text).
[[nodiscard]] Status probe(Training& training, const std::filesystem::path& texts, int count,
                           std::ostream& out);

}  // namespace idi::lm
