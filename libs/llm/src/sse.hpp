// Server-sent events out of a stream of bytes that comes in pieces of any size.
// Specification: html.spec.whatwg.org, "Server-sent events", interpreting an event stream.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::llm {

struct SseEvent {
  std::string name;  ///< Of the field "event"; usually empty.
  std::string data;
};

class SseParser {
 public:
  /// One line or event may have so many bytes.
  static constexpr std::size_t max_event_bytes = 4 << 20;
  using Sink = std::function<Status(const SseEvent&)>;

  explicit SseParser(Sink sink) : sink_(std::move(sink)) {}
  /// Tells the sink each event that is complete now; ends with the sink's error or limit_exceeded.
  /// An event that the stream's end cuts off is never told.
  [[nodiscard]] Status feed(std::string_view bytes);

 private:
  [[nodiscard]] Status end_line();
  void take_field(std::string_view name, std::string_view value);

  Sink sink_;
  std::string line_;
  SseEvent event_;
  bool has_data_ = false;
  bool after_return_ = false;  ///< A line feed that comes next belongs to the line before.
  bool first_line_ = true;
};

}  // namespace idi::llm
