// Lines from a person: edited with libedit and remembered, if both ends are a terminal; else read
// as they come, without prompt.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace idi::cli {

class LineReader {
 public:
  /// `history`: where lines are kept between runs; empty: not kept.
  static std::unique_ptr<LineReader> open(std::string prompt, const std::filesystem::path& history);
  virtual ~LineReader() = default;
  /// Without its line end; nullopt at the end of input (Ctrl-D). Ctrl-C gives an empty line. Longer
  /// lines than max_line_bytes are cut.
  [[nodiscard]] virtual std::optional<std::string> next() = 0;
  [[nodiscard]] virtual bool is_interactive() const = 0;

  static constexpr std::size_t max_line_bytes = 1 << 20;
};

}  // namespace idi::cli
