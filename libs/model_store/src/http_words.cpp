#include "http_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "idi/core/text.hpp"

namespace idi::model_store {
namespace {

constexpr std::size_t max_address_bytes = 16 << 10;

bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool starts_with_scheme(std::string_view url, std::string_view scheme) {
  return url.size() > scheme.size() &&
         text::equals_ignoring_ascii_case(url.substr(0, scheme.size()), scheme);
}

}  // namespace

std::optional<std::int64_t> parse_size(std::string_view value) {
  value = text::trim(value);
  std::int64_t size = 0;
  const char* end = value.data() + value.size();
  const auto parsed = std::from_chars(value.data(), end, size);
  if (parsed.ec != std::errc() || parsed.ptr != end || size < 0) return std::nullopt;
  return size;
}

std::optional<ContentRange> parse_content_range(std::string_view value) {
  value = text::trim(value);
  if (!starts_with_scheme(value, "bytes ")) return std::nullopt;
  value = text::trim(value.substr(6));
  const auto slash = value.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  ContentRange range;
  if (value.substr(slash + 1) != "*") {
    const auto total = parse_size(value.substr(slash + 1));
    if (!total) return std::nullopt;
    range.total = *total;
  }
  const std::string_view part = value.substr(0, slash);
  if (part == "*") return range;
  const auto dash = part.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = parse_size(part.substr(0, dash));
  const auto last = parse_size(part.substr(dash + 1));
  if (!first || !last || *last < *first || (range.total >= 0 && *last >= range.total)) {
    return std::nullopt;
  }
  range.first = *first;
  range.last = *last;
  return range;
}

std::optional<std::string> sha256_in_tag(std::string_view tag) {
  tag = text::trim(tag);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') {
    tag = tag.substr(1, tag.size() - 2);
  }
  if (tag.size() != 64 || !std::all_of(tag.begin(), tag.end(), is_hexadecimal)) {
    return std::nullopt;
  }
  return text::to_lower_ascii(tag);
}

bool is_strong_tag(std::string_view tag) {
  return tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
}

Result<std::string> follow(std::string_view base, std::string_view location) {
  location = text::trim(location);
  const auto refuse = [&](std::string_view why) {
    return make_error(ErrorCode::unavailable,
                      fmt::format("the server sends us to another place, {}", why), "",
                      text::to_valid_utf8(location.substr(0, 200)));
  };
  if (location.empty() || location.size() > max_address_bytes ||
      std::any_of(location.begin(), location.end(),
                  [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; })) {
    return refuse("which is no address");
  }
  const bool from_https = starts_with_scheme(base, "https://");
  if (starts_with_scheme(location, "https://")) return std::string(location);
  if (starts_with_scheme(location, "http://")) {
    if (from_https) return refuse("where the connection would not be encrypted");
    return std::string(location);
  }
  const auto colon = location.find(':');
  if (colon != std::string_view::npos && location.find_first_of("/?#") > colon) {
    return refuse("which is no web address");
  }
  const std::string_view scheme = from_https ? "https:" : "http:";
  if (location.starts_with("//")) return std::string(scheme) + std::string(location);
  const std::string_view without_tail = base.substr(0, base.find_first_of("?#"));
  const auto host_end = without_tail.find('/', scheme.size() + 2);
  if (location.front() == '/') {
    return std::string(without_tail.substr(0, host_end)) + std::string(location);
  }
  if (location.front() == '?') return std::string(without_tail) + std::string(location);
  if (host_end == std::string_view::npos) {
    return std::string(without_tail) + "/" + std::string(location);
  }
  const auto last = without_tail.rfind('/');
  return std::string(without_tail.substr(0, last + 1)) + std::string(location);
}

}  // namespace idi::model_store
