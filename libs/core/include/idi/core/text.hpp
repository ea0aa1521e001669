// Unicode text: validation, folding, splitting. UTF-8 in, UTF-8 out; over utf8proc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace idi::text {

[[nodiscard]] bool is_valid_utf8(std::string_view bytes);
/// Invalid sequences become U+FFFD; valid text is returned unchanged.
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);
/// Case-folded (full Unicode, NFC).
[[nodiscard]] std::string fold_case(std::string_view utf8);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// Columns that a terminal needs for it (wide characters count two, combining none).
[[nodiscard]] int display_width(std::string_view utf8);

}  // namespace idi::text
