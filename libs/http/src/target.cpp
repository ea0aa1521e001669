#include "target.hpp"

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::http {

Result<Target> parse_target(std::string_view target) {
  Target parsed;
  if (target == "*") {
    parsed.path = "*";
    return parsed;
  }
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text::equals_ignoring_ascii_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    parsed.authority = target.substr(0, end);
    target.remove_prefix(end);
    if (parsed.authority.empty()) {
      return make_error(ErrorCode::invalid_argument, "The address has no host.");
    }
    break;
  }
  const std::size_t question_mark = target.find('?');
  const std::string_view path = target.substr(0, question_mark);
  if (path.empty() && !parsed.authority.empty()) {
    parsed.path = "/";
  } else if (path.empty() || path.front() != '/') {
    return make_error(ErrorCode::invalid_argument, "The requested path does not begin with '/'.");
  } else {
    IDI_TRY(parsed.path, percent_decode(path));
  }
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(parsed.path.begin(), parsed.path.end(), is_control)) {
    return make_error(ErrorCode::invalid_argument,
                      "The requested path contains control characters.");
  }
  if (question_mark != std::string_view::npos) {
    IDI_TRY(parsed.parameters, parse_form(target.substr(question_mark + 1)));
  }
  return parsed;
}

}  // namespace idi::http
