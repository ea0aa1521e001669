#include "idi/core/error.hpp"

#include <cstdio>
#include <cstdlib>

#include "idi/core/assert.hpp"

namespace idi {

std::string_view error_code_name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_argument:
      return "invalid_argument";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::unreadable:
      return "unreadable";
    case ErrorCode::wrong_version:
      return "wrong_version";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::sql_rejected:
      return "sql_rejected";
    case ErrorCode::unanswerable:
      return "unanswerable";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::limit_exceeded:
      return "limit_exceeded";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::io_failed:
      return "io_failed";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::not_supported:
      return "not_supported";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

Error Error::with_context(std::string_view context) const {
  Error wrapped = *this;
  wrapped.message = std::string{context} + ": " + message;
  return wrapped;
}

std::string Error::to_text() const {
  std::string text = message;
  if (!detail.empty()) text += "\n  (" + detail + ")";
  if (!hint.empty()) text += "\n  " + hint;
  return text;
}

void assertion_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "idi: broken invariant: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace idi
