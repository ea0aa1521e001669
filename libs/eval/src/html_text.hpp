// Text of strangers (questions, queries, cells, names) made safe to stand in a page.
#pragma once

#include <string>
#include <string_view>

namespace idi::eval {

/// For element content and quoted attributes alike: & < > " ' escaped, control characters and
/// invalid UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace idi::eval
