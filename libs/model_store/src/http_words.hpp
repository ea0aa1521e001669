// The few words of HTTP that a download reads; pure functions over outside text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::model_store {

/// "bytes 100-199/1000", "bytes */1000"; parts that are not said are -1.
struct ContentRange {
  std::int64_t first = -1, last = -1, total = -1;
};
[[nodiscard]] std::optional<ContentRange> parse_content_range(std::string_view value);

/// 64 hexadecimal digits in quotes or without, in lower case; nullopt if the tag is another kind.
[[nodiscard]] std::optional<std::string> sha256_in_tag(std::string_view tag);
/// Whether it may stand in If-Range (RFC 9110, 13.1.5): weak ones may not.
[[nodiscard]] bool is_strong_tag(std::string_view tag);
[[nodiscard]] std::optional<std::int64_t> parse_size(std::string_view value);

/// Where a Location header leads from `base` (RFC 3986, the cases that servers send). Errors:
/// unavailable for what is no http address, and for a way from https to http.
[[nodiscard]] Result<std::string> follow(std::string_view base, std::string_view location);

}  // namespace idi::model_store
