// Standard output and standard error, and what is known about them. Writing is checked: a full disk
// or a closed pipe is an error of the program, not silence.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::cli {

struct TerminalTraits {
  bool is_terminal = false;
  bool can_redraw = false;  ///< A terminal, and TERM is not "dumb".
  bool color = false;       ///< The same, and NO_COLOR is not set.
  int width = 0;            ///< Columns; 0 if it is no terminal.
};
[[nodiscard]] TerminalTraits traits_of(int descriptor);

/// Collects text for one stream; the first failure is kept.
class Output {
 public:
  explicit Output(std::FILE* stream) : stream_(stream) {}
  void write(std::string_view text);
  /// Flushes. Errors: io_failed if anything since the start could not be written.
  [[nodiscard]] Status finish();

 private:
  std::FILE* stream_;
  int failure_ = 0;  // errno
};

/// To be called first: descriptors 0–2 that are closed are opened on /dev/null, so that no file of
/// ours gets their number; a write to such a one fails. SIGPIPE and
/// SIGXFSZ are ignored.
void secure_standard_streams();

/// Error text on standard error: "idi: message …", hint on a line of its own.
void print_error(const Error& error);
void print_warning(std::string_view text);

/// The text on standard output, or its error on standard error; the program's exit code.
[[nodiscard]] int print_result(const Result<std::string>& text);

/// Control characters made visible, so that data cannot command the terminal. Newlines and tabs
/// become one visible sign each, if `one_line`, else they stay.
[[nodiscard]] std::string safe_for_terminal(std::string_view utf8, bool one_line);

}  // namespace idi::cli
