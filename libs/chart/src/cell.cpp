#include "cell.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "idi/core/text.hpp"

namespace idi::chart {

std::optional<double> number_in(std::string_view text) {
  text = text::trim(text);
  if (text.empty() || text.size() > 64) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return std::isfinite(value) ? std::optional{value} : std::nullopt;
}

bool is_not_finite(const Value& value) {
  const auto* real = std::get_if<double>(&value);
  return real != nullptr && !std::isfinite(*real);
}

std::string bounded(std::string_view text, int max_bytes) {
  constexpr std::string_view ellipsis = "…";
  const auto limit = static_cast<std::size_t>(max_bytes);
  std::string cut{text.substr(0, std::min(text.size(), limit))};
  if (text.size() > limit) {
    // Back to the start of the code point that no longer fits together with the ellipsis.
    std::size_t end = limit > ellipsis.size() ? limit - ellipsis.size() : 0;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    cut.resize(end);
    cut += ellipsis;
  }
  std::replace_if(
      cut.begin(), cut.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return cut;
}

}  // namespace idi::chart
