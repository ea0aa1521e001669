#include "output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "exit_codes.hpp"
#include "idi/core/text.hpp"

namespace idi::cli {

TerminalTraits traits_of(int descriptor) {
  TerminalTraits traits;
  traits.is_terminal = ::isatty(descriptor) == 1;
  if (!traits.is_terminal) return traits;
  const char* term = std::getenv("TERM");
  const char* no_color = std::getenv("NO_COLOR");
  traits.can_redraw = term && std::strcmp(term, "dumb") != 0;
  traits.color = traits.can_redraw && !(no_color && *no_color);
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) traits.width = size.ws_col;
  if (traits.width == 0) traits.width = 80;
  return traits;
}

void Output::write(std::string_view text) {
  if (failure_ != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), stream_) != text.size()) failure_ = errno;
}

Status Output::finish() {
  if (failure_ == 0 && std::fflush(stream_) != 0) failure_ = errno;
  if (failure_ == 0) return {};
  const int failure = failure_;
  return make_error(ErrorCode::io_failed, "cannot write the output",
                    failure == ENOSPC  ? "The disk is full: free some space."
                    : failure == EPIPE ? "The program that was to read it has ended."
                                       : "",
                    std::strerror(failure));
}

void secure_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file too large is an error of writing, too
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // Output gets a descriptor that can only be read: writing fails, as it should.
    const int replacement = ::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
    if (replacement < 0) std::abort();
  }
}

void print_error(const Error& error) {
  const auto text = safe_for_terminal(error.to_text(), false);
  std::fputs(fmt::format("idi: {}\n", text).c_str(), stderr);
}

int print_result(const Result<std::string>& text) {
  if (!text) {
    print_error(text.error());
    return exit_code_of(text.error().code);
  }
  Output out(stdout);
  out.write(*text);
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  return exit_ok;
}

void print_warning(std::string_view text) {
  std::fputs(fmt::format("idi: {}\n", safe_for_terminal(text, false)).c_str(), stderr);
}

std::string safe_for_terminal(std::string_view utf8, bool one_line) {
  const std::string valid = text::to_valid_utf8(utf8);
  std::string safe;
  safe.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto byte = static_cast<unsigned char>(valid[i]);
    const auto next = i + 1 < valid.size() ? static_cast<unsigned char>(valid[i + 1]) : 0;
    const auto after = i + 2 < valid.size() ? static_cast<unsigned char>(valid[i + 2]) : 0;
    if (byte == '\n' || byte == '\t') {
      if (one_line) {
        safe += byte == '\n' ? "\u23CE" : "\u21E5";
      } else {
        safe += valid[i];
      }
    } else if (byte < 0x20 || byte == 0x7f) {
      safe += fmt::format("\\x{:02x}", byte);
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {  // C1: U+0080–U+009F
      safe += fmt::format("\\x{:02x}", next);
      ++i;
    } else if (byte == 0xE2 && ((next == 0x80 && ((after >= 0xAA && after <= 0xAE) ||
                                                  after == 0x8E || after == 0x8F)) ||
                                (next == 0x81 && after >= 0xA6 && after <= 0xA9))) {
      // Marks that turn the direction of writing (U+202A–202E, U+2066–2069, U+200E, U+200F): they
      // could show a row other than it is.
      safe += fmt::format("\\u{:04x}", 0x2000 + ((next & 0x3F) << 6) + (after & 0x3F));
      i += 2;
    } else {
      safe += valid[i];
    }
  }
  return safe;
}

}  // namespace idi::cli
