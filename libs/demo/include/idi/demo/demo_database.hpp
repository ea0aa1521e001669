// The demo: an outdoor shop with customers, products, stores, employees, orders and returns over
// the years 2022 to 2024, more than 200 000 rows. Invented, and the same bytes on every run.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>

#include "idi/core/result.hpp"

namespace idi::demo {

/// Called now and then with the share that is done, 0 … 1, never falling.
using ProgressCallback = std::function<void(double fraction)>;

/// Writes to a temporary file beside `path`, then renames it: `path` is whole or untouched. An
/// existing file is replaced.
/// Errors: not_found (no such folder), io_failed (disk full, read-only), cancelled.
[[nodiscard]] Status write_demo_database(const std::filesystem::path& path,
                                         const ProgressCallback& progress = {},
                                         const std::stop_token& stop = {});

}  // namespace idi::demo
