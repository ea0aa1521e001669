// Any header values of a server: what they say makes sense, and no way leads from https elsewhere.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http_words.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi::model_store;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(sha256_in_tag(text));
  static_cast<void>(parse_size(text));
  if (const auto range = parse_content_range(text)) {
    if (range->first > range->last) std::abort();
  }
  const auto url = follow("https://hub.example/a/b?c", text);
  if (url && url->compare(0, 8, "https://") != 0 && url->compare(0, 8, "HTTPS://") != 0 &&
      std::string_view(*url).substr(5, 3) != "://") {
    std::abort();
  }
  return 0;
}
