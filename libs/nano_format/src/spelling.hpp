// How symbols are spelled.
#pragma once

#include <string>
#include <string_view>

#include "idi/sql/ir_tokens.hpp"

namespace idi::nano_format {

inline constexpr std::string_view ask_word = "ASK", out_word = "OUT", weak_word = "~";
inline constexpr std::string_view number_word = "N", time_word = "D", boolean_word = "B";
inline constexpr std::string_view key_word = "K", refers_word = "REF";

/// The format has words for the first so many symbols: those that there were when the model's
/// vocabulary was fixed.
inline constexpr int spelled_symbols = static_cast<int>(ir::Symbol::subquery) + 1;

/// 'T', 'C' or 'V'. REQUIRES: a pointer's kind.
[[nodiscard]] char letter_of(ir::Token::Kind kind);
/// "ORDER_ASC", "<=", … REQUIRES: among the first `spelled_symbols`.
[[nodiscard]] const std::string& word_of(ir::Symbol symbol);

/// Appends " C57".
void append_pointer(std::string& text, ir::Token::Kind kind, int number);
/// Appends " word".
void append_word(std::string& text, std::string_view word);

}  // namespace idi::nano_format
