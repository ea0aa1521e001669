// The rules: each says whether a phrase of its sort begins at a word. Where several do, the longest
// one counts.
#pragma once

#include "reader.hpp"

namespace idi::temporal {

using Rule = std::optional<Match> (*)(const Reader& reader, std::size_t i);

// absolute.cpp: what the calendar on the wall says.
std::optional<Match> numeric_date(const Reader& reader, std::size_t i);    // 2023-05-17, 3/4/2023
std::optional<Match> day_and_month(const Reader& reader, std::size_t i);   // 17 May 2023, May 17th
std::optional<Match> yearly_of_year(const Reader& reader, std::size_t i);  // March 2023, Q3 2023
std::optional<Match> yearly_alone(const Reader& reader, std::size_t i);    // March, Q3, Christmas
std::optional<Match> bare_year(const Reader& reader, std::size_t i);       // in 2023
std::optional<Match> week_number(const Reader& reader, std::size_t i);     // week 12 of 2023

// periods.cpp
std::optional<Match> half_of_year(const Reader& reader, std::size_t i);  // H1 2024
std::optional<Match> decade(const Reader& reader, std::size_t i);        // the 90s, the early 2000s
std::optional<Match> century(const Reader& reader, std::size_t i);       // the 19th century
std::optional<Match> fiscal_year(const Reader& reader, std::size_t i);   // fiscal 2024, FY24
std::optional<Match> fiscal_quarter(const Reader& reader, std::size_t i);  // Q3 FY24

// relative.cpp: what depends on today.
std::optional<Match> near_day(const Reader& reader, std::size_t i);        // yesterday
std::optional<Match> to_date(const Reader& reader, std::size_t i);         // year to date
std::optional<Match> unit_by_turn(const Reader& reader, std::size_t i);    // last quarter
std::optional<Match> yearly_by_turn(const Reader& reader, std::size_t i);  // last March
std::optional<Match> weekday(const Reader& reader, std::size_t i);         // last Monday
std::optional<Match> several_units(const Reader& reader, std::size_t i);   // the past 30 days
std::optional<Match> ago(const Reader& reader, std::size_t i);             // two weeks ago
std::optional<Match> same_last_year(const Reader& reader, std::size_t i);  // same month last year

// part_of.cpp: the first half of 2023, the last week of May, early 2023, the end of last year
std::optional<Match> part_of(const Reader& reader, std::size_t i);
std::optional<Match> third_of(const Reader& reader, std::size_t i);

/// The longest of these rules at this word; nullopt where none is sayable.
[[nodiscard]] std::optional<Match> longest(std::initializer_list<Rule> rules, const Reader& reader,
                                           std::size_t i);

}  // namespace idi::temporal
