// How invented names and texts are written in SQL.
#pragma once

#include <cstdint>
#include <string>

namespace idi::synth {

enum class Spelling : std::uint8_t { snake, camel, pascal };

/// "sold at" → sold_at, soldAt, SoldAt.
[[nodiscard]] std::string identifier(const std::string& words, Spelling spelling);
/// A text literal, quoted.
[[nodiscard]] std::string sql_text(const std::string& text);

}  // namespace idi::synth
