// `idi data export` and `idi data coverage`, without the parsing of options: run, show progress,
// print the figures. Exit codes: 0 done, 1 failed (the error is printed), 130 interrupted.
#pragma once

#include <iosfwd>
#include <stop_token>

#include "idi/dataset/export.hpp"

namespace idi::dataset {

/// `progress`: a line that is rewritten (a terminal); nullptr for none.
int run_export_command(const ExportOptions& options, std::ostream& out, std::ostream& errors,
                       std::ostream* progress, std::stop_token stop);
int run_coverage_command(const ExportOptions& options, std::ostream& out, std::ostream& errors,
                         std::ostream* progress, std::stop_token stop);

}  // namespace idi::dataset
