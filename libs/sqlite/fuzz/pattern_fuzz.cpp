// Any pattern against any text: no crash, and for valid UTF-8 the answers of SQLite's own LIKE and
// GLOB. The first byte says how long the pattern is.
#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "idi/core/text.hpp"
#include "pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Longer ones only take longer: the work is their product.
  if (size == 0 || size > 512) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t split = std::min<std::size_t>(data[0], all.size());
  const std::string pattern(all.substr(0, split));
  const std::string text(all.substr(split));
  const auto never = [] { return false; };
  using idi::sqlite::Pattern;
  const auto like = Pattern::like(pattern, "").matches(text, never);
  const auto glob = Pattern::glob(pattern).matches(text, never);
  if (!like || !glob) std::abort();
  const bool comparable = idi::text::is_valid_utf8(pattern) && idi::text::is_valid_utf8(text) &&
                          pattern.find('\0') == std::string::npos &&
                          text.find('\0') == std::string::npos;
  if (!comparable) return 0;
  if (*like != (sqlite3_strlike(pattern.c_str(), text.c_str(), 0) == 0)) std::abort();
  if (*glob != (sqlite3_strglob(pattern.c_str(), text.c_str()) == 0)) std::abort();
  return 0;
}
