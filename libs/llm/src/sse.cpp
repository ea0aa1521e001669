#include "sse.hpp"

#include <utility>

namespace idi::llm {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

Status SseParser::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (std::exchange(after_return_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const auto end = bytes.find_first_of("\r\n");
    line_ += bytes.substr(0, end);
    if (line_.size() + event_.data.size() > max_event_bytes) {
      return make_error(ErrorCode::limit_exceeded,
                        "the model server sent an event that is longer than any answer");
    }
    if (end == std::string_view::npos) return {};
    after_return_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    IDI_CHECK(end_line());
  }
  return {};
}

Status SseParser::end_line() {
  const std::string whole = std::exchange(line_, {});
  std::string_view line = whole;
  if (std::exchange(first_line_, false) && line.starts_with(byte_order_mark)) {
    line.remove_prefix(byte_order_mark.size());
  }
  if (line.empty()) {
    const SseEvent event = std::exchange(event_, {});
    return std::exchange(has_data_, false) ? sink_(event) : Status();
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    take_field(line, {});
    return {};
  }
  std::string_view value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
  return {};
}

void SseParser::take_field(std::string_view name, std::string_view value) {
  if (name == "event") {
    event_.name = value;
    return;
  }
  // Older versions of llama-server write "error: {…}".
  const bool error = name == "error";
  if (!error && name != "data") return;
  if (error) event_.name = "error";
  if (std::exchange(has_data_, true)) event_.data += '\n';
  event_.data += value;
}

}  // namespace idi::llm
