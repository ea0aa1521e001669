// Evaluations side by side: the same questions in other words, and the system without its parts.
#pragma once

#include <stop_token>
#include <string>

#include "data_options.hpp"
#include "idi/core/result.hpp"

namespace idi::cli {

/// A table (or JSON) of the files of `idi data variants` in options.variants, the original first.
/// With options.eval.report, each gets a folder there. Errors: not_found (no such file), those of
/// evaluating.
[[nodiscard]] Result<std::string> evaluate_variants(const EvalCommandOptions& options,
                                                    const std::stop_token& stop);

/// Everything, then without each Part. Likewise.
[[nodiscard]] Result<std::string> evaluate_ablations(const EvalCommandOptions& options,
                                                     const std::stop_token& stop);

}  // namespace idi::cli
