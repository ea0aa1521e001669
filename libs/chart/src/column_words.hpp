// What a column's name says: in plain words, and about its meaning.
#pragma once

#include <string>
#include <string_view>

#include "idi/chart/chart.hpp"
#include "idi/chart/column_kind.hpp"

namespace idi::chart {

/// A result column's name taken apart: "ROUND(AVG(T1.price), 2)" → average of "price".
struct ColumnName {
  Measure measure = Measure::unknown;  ///< As the name says; unknown for a plain name.
  bool distinct = false;               ///< "count(DISTINCT city)"
  bool highest = false;                ///< max rather than min, with Measure::extremum
  std::string inner;                   ///< The words of what is measured: "price"; empty for "*".
  TimeUnit part = TimeUnit::none;      ///< "strftime('%Y', d)", "year(d)", "extract(year from d)"
};
[[nodiscard]] ColumnName take_apart(std::string_view column_name);

/// In words for a person, lower case: "number of rows", "average price", "month", "home town".
[[nodiscard]] std::string words_of(std::string_view column_name, Measure measure);

/// Names of numbers that are names themselves: ids, codes, phone numbers, ranks.
[[nodiscard]] bool names_an_identifier(std::string_view words);
/// "year", "founded", "birth year", but not "years in office".
[[nodiscard]] bool names_a_year(std::string_view words);
/// A calendar part that the name claims ("month", "weekday", "hour"); none if it claims nothing.
[[nodiscard]] TimeUnit names_a_part(std::string_view words);
/// "share", "percent", "ratio": parts that may add up to a whole.
[[nodiscard]] bool names_a_share(std::string_view words);
/// "name", "title", "label": what a row is called.
[[nodiscard]] bool names_a_label(std::string_view words);
enum class PersonName : unsigned char { none, first, last };
[[nodiscard]] PersonName names_a_person(std::string_view words);

}  // namespace idi::chart
