#pragma once

#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/table_file/table_writer.hpp"

namespace idi::table_file {

/// Collects text and hands it to the sink in pieces of about `piece_bytes`.
class ByteStream {
 public:
  static constexpr std::size_t piece_bytes = 64 << 10;

  explicit ByteStream(ByteSink sink) : sink_(std::move(sink)) {}
  void write(std::string_view text) { waiting_ += text; }
  /// Between two rows. Errors: cancelled.
  [[nodiscard]] Status pass_on();
  /// Everything that waits. Errors: cancelled.
  [[nodiscard]] Status flush();

 private:
  ByteSink sink_;
  std::string waiting_;
};

}  // namespace idi::table_file
