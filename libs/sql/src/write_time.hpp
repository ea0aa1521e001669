// Times as the dialects write them: parts of a time, days between two, and what makes a column that
// stores its times in its own way (TimeEncoding) comparable. Plain text functions.
#pragma once

#include <string>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::sql {

/// A time in the text of a statement: a column or what is made of it.
struct Moment {
  std::string sql;
  TimeEncoding encoding = TimeEncoding::native;
  bool is_text = false;  ///< ISO text rather than the database's own type.
};

/// What the part of a column's time is in the dialect. `column` gives type and encoding, `sql` how
/// it is written.
[[nodiscard]] std::string time_part(ir::Function function, const std::string& sql,
                                    const Column& column, Dialect dialect);
/// The part as it sorts: weekdays from Monday to Sunday, all else as it is.
[[nodiscard]] std::string sorted_time_part(ir::Function function, const std::string& sql,
                                           const Column& column, Dialect dialect);

/// Whether values of the column compare, sort and have extremes as they are stored.
[[nodiscard]] bool sorts_as_stored(const Column& column);
/// The column so that it compares, sorts and has extremes: ISO text where it does not as stored.
[[nodiscard]] std::string comparable_time(const std::string& sql, const Column& column,
                                          Dialect dialect);
/// Any moment as the database's own type: for comparing columns that store times in two ways.
[[nodiscard]] std::string native_time(const Moment& moment, Dialect dialect);

/// SQLite: the moment as a number of days.
[[nodiscard]] std::string day_number(const Moment& moment);
/// left - right in days, with the fraction.
[[nodiscard]] std::string days_between(const Moment& left, const Moment& right, Dialect dialect);

}  // namespace idi::sql
