// Text that comes in pieces which may end inside a character.
#pragma once

#include <string>
#include <string_view>

namespace idi::llm {

class Utf8Joiner {
 public:
  /// What is complete now, as valid UTF-8: bytes that cannot be part of any are replaced by U+FFFD.
  [[nodiscard]] std::string feed(std::string_view bytes);
  /// What was still waiting for its end.
  [[nodiscard]] std::string finish();

 private:
  std::string held_;  ///< The beginning of a character: at most 3 bytes.
};

}  // namespace idi::llm
