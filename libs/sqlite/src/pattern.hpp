// LIKE and GLOB patterns, matched step by step so that a match over long texts can be stopped.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace idi::sqlite {

/// Same meaning as SQLite's patternCompare() for valid UTF-8: LIKE folds ASCII case.
class Pattern {
 public:
  /// `escape` is one character or empty.
  static Pattern like(std::string_view text, std::string_view escape);
  static Pattern glob(std::string_view text);

  /// nullopt: stopped. `should_stop` is asked every few thousand steps. Time: text × pattern.
  [[nodiscard]] std::optional<bool> matches(std::string_view text,
                                            const std::function<bool()>& should_stop) const;

 private:
  struct Piece {
    enum class Kind : std::uint8_t { any_run, any_one, literal, set, never } kind = Kind::literal;
    std::string_view character;                                         ///< Of a literal.
    bool inverted = false;                                              ///< Of a set.
    std::vector<std::pair<std::string_view, std::string_view>> ranges;  ///< Of a set, inclusive.
  };
  [[nodiscard]] bool accepts(const Piece& piece, std::string_view character) const;

  std::string source_;  ///< The pieces point into it.
  std::vector<Piece> pieces_;
  bool folds_case_ = false;
};

/// The character at the start of a text: a lead byte and what continues it. Empty at the end.
[[nodiscard]] std::string_view first_character(std::string_view text);
/// The last one.
[[nodiscard]] std::string_view last_character(std::string_view text);

}  // namespace idi::sqlite
