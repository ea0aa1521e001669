// The exit codes of `idi`, as documented in its manual page.
#pragma once

#include "idi/core/error.hpp"

namespace idi::cli {

enum ExitCode : int {
  exit_ok = 0,
  exit_error = 1,         ///< Something failed: file, database, disk.
  exit_usage = 2,         ///< The command line or the question is not usable.
  exit_unanswerable = 3,  ///< The question cannot be answered, is unclear, or asks for a change.
  exit_timeout = 4,
  exit_cancelled = 130,  ///< Ctrl-C.
};

[[nodiscard]] constexpr ExitCode exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument:
      return exit_usage;
    case ErrorCode::refused:
    case ErrorCode::unanswerable:
      return exit_unanswerable;
    case ErrorCode::timeout:
      return exit_timeout;
    case ErrorCode::cancelled:
      return exit_cancelled;
    default:
      return exit_error;
  }
}

}  // namespace idi::cli
