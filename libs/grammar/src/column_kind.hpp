// What may be done with a column, by dialect: finer than core's ColumnType, because PostgreSQL
// refuses what others let pass (money = 3, json in DISTINCT, uuid = 'x').
#pragma once

#include "idi/core/schema.hpp"

namespace idi::grammar {

enum class ColumnKind : unsigned {
  number = 1,
  text = 2,
  date = 4,    ///< A day.
  moment = 8,  ///< A day and a time.
  clock = 16,  ///< A time of the day, an interval: compared with its like only.
  truth = 32,
  loose = 64,   ///< Untyped: compares with numbers and with texts (SQLite).
  opaque = 128  ///< Tested for NULL, counted, shown; not even equal to its like.
};
/// A set of kinds.
using Kinds = unsigned;

constexpr Kinds kinds_of(auto... kinds) { return (0U | ... | static_cast<unsigned>(kinds)); }

inline constexpr Kinds all_kinds = 255;
/// May stand under DISTINCT, GROUP BY and ORDER BY.
inline constexpr Kinds comparable_kinds = all_kinds & ~kinds_of(ColumnKind::opaque);
inline constexpr Kinds number_kinds = kinds_of(ColumnKind::number, ColumnKind::loose);
inline constexpr Kinds text_kinds = kinds_of(ColumnKind::text);
inline constexpr Kinds day_kinds = kinds_of(ColumnKind::date, ColumnKind::moment);
/// Have a least and a greatest everywhere.
inline constexpr Kinds ordered_kinds =
    kinds_of(ColumnKind::number, ColumnKind::text, ColumnKind::date, ColumnKind::moment,
             ColumnKind::clock, ColumnKind::loose);

[[nodiscard]] ColumnKind column_kind(const Column& column, Dialect dialect);

}  // namespace idi::grammar
