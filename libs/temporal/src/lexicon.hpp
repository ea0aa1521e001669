// The words that times are made of.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "day_math.hpp"

namespace idi::temporal {

[[nodiscard]] std::string_view month_name(int month);
/// "march" → 3.
[[nodiscard]] std::optional<int> full_month(std::string_view lower);
/// "mar", "sept" → 3, 9.
[[nodiscard]] std::optional<int> short_month(std::string_view lower);
[[nodiscard]] std::optional<std::chrono::weekday> weekday_of(std::string_view lower);
/// First month of a season; winter begins in December.
[[nodiscard]] std::optional<int> season_month(std::string_view lower);
/// "week", "weeks".
[[nodiscard]] std::optional<Unit> unit_of(std::string_view lower);
/// "first", "3rd": 1–31.
[[nodiscard]] std::optional<int> ordinal_of(std::string_view lower);
/// "nineteenth", "21st": as centuries are counted.
[[nodiscard]] std::optional<int> century_of(std::string_view lower);
/// "nineties" → 90.
[[nodiscard]] std::optional<int> decade_word(std::string_view lower);
/// "seven", "30"; at most four digits.
[[nodiscard]] std::optional<int> count_of(std::string_view lower);
/// All digits, at most nine.
[[nodiscard]] std::optional<int> plain_number(std::string_view text);
/// Four digits from 1500 to 2200.
[[nodiscard]] std::optional<int> year_number(std::string_view text);
[[nodiscard]] bool starts_with_capital(std::string_view text);

}  // namespace idi::temporal
