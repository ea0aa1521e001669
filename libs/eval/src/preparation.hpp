// What every kind of evaluation does before its first question.
#pragma once

#include <filesystem>

#include "idi/core/result.hpp"
#include "idi/dataset/spider_tables.hpp"
#include "idi/eval/options.hpp"

namespace idi::eval {

/// Errors: invalid_argument (jobs, limit, timeout).
Status check_options(const EvalOptions& options);
/// Errors: io_failed.
Status make_folder(const std::filesystem::path& folder);
/// Empty if no file is named. Errors: those of the file.
[[nodiscard]] Result<dataset::SpiderTables> read_tables(const EvalOptions& options);

}  // namespace idi::eval
