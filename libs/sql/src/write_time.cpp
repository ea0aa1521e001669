#include "write_time.hpp"

#include <string_view>

namespace idi::sql {
namespace {

using ir::Function;

/// ISO text made of three pieces of a text, by position.
std::string pieces(const std::string& sql, std::string_view year, std::string_view month,
                   std::string_view day, Dialect dialect) {
  const auto piece = [&](std::string_view at) {
    return "SUBSTR(" + sql + ", " + std::string(at) + ")";
  };
  if (dialect == Dialect::mysql) {
    return "CONCAT(" + piece(year) + ", '-', " + piece(month) + ", '-', " + piece(day) + ")";
  }
  return piece(year) + " || '-' || " + piece(month) + " || '-' || " + piece(day);
}

std::string iso_text(const Moment& moment, Dialect dialect) {
  switch (moment.encoding) {
    case TimeEncoding::compact_day:
      return pieces(dialect == Dialect::postgres ? "CAST(" + moment.sql + " AS text)" : moment.sql,
                    "1, 4", "5, 2", "7, 2", dialect);
    case TimeEncoding::day_first:
      return pieces(moment.sql, "7, 4", "4, 2", "1, 2", dialect);
    case TimeEncoding::month_first:
      return pieces(moment.sql, "7, 4", "1, 2", "4, 2", dialect);
    default:
      return moment.sql;
  }
}

// ---- SQLite: a time is what its date functions take as their last arguments.
std::string sqlite_arguments(const Moment& moment) {
  switch (moment.encoding) {
    case TimeEncoding::epoch_seconds:
      return moment.sql + ", 'unixepoch'";
    case TimeEncoding::epoch_millis:
      return moment.sql + " / 1000, 'unixepoch'";
    default:
      return iso_text(moment, Dialect::sqlite);  // a Julian day is taken as it is
  }
}

std::string sqlite_part(Function function, const std::string& arguments) {
  const auto text = [&](std::string_view format) {
    return "STRFTIME('" + std::string(format) + "', " + arguments + ")";
  };
  const auto number = [&](std::string_view format) {
    return "CAST(" + text(format) + " AS INTEGER)";
  };
  switch (function) {
    case Function::year:
      return number("%Y");
    case Function::month:
      return text("%Y-%m");
    case Function::month_number:
      return number("%m");
    case Function::day:
      return number("%d");
    case Function::quarter:
      return text("%Y") + " || '-Q' || ((" + text("%m") + " + 2) / 3)";
    case Function::week:
      return "DATE(" + arguments + ", 'weekday 0', '-6 days')";
    case Function::weekday:
      return "CASE " + text("%w") +
             " WHEN '0' THEN 'Sunday' WHEN '1' THEN 'Monday' WHEN '2' THEN 'Tuesday' WHEN '3' THEN "
             "'Wednesday' WHEN '4' THEN 'Thursday' WHEN '5' THEN 'Friday' WHEN '6' THEN 'Saturday' "
             "END";
    case Function::date:
      break;
  }
  return "DATE(" + arguments + ")";
}

// ---- PostgreSQL
std::string postgres_time(const Moment& moment) {
  switch (moment.encoding) {
    case TimeEncoding::native:
      return moment.is_text ? "CAST(" + moment.sql + " AS timestamp)" : moment.sql;
    case TimeEncoding::epoch_seconds:
      return "(TO_TIMESTAMP(" + moment.sql + ") AT TIME ZONE 'UTC')";
    case TimeEncoding::epoch_millis:
      return "(TO_TIMESTAMP(" + moment.sql + " / 1000.0) AT TIME ZONE 'UTC')";
    case TimeEncoding::julian_day:
      return "(TIMESTAMP '2000-01-01 12:00:00' + (" + moment.sql +
             " - 2451545) * INTERVAL '1 day')";
    case TimeEncoding::compact_day:
    case TimeEncoding::day_first:
    case TimeEncoding::month_first:
      break;
  }
  return "CAST(" + iso_text(moment, Dialect::postgres) + " AS timestamp)";
}

std::string postgres_part(Function function, const std::string& time) {
  switch (function) {
    case Function::year:
      return "EXTRACT(YEAR FROM " + time + ")";
    case Function::month:
      return "TO_CHAR(" + time + ", 'YYYY-MM')";
    case Function::month_number:
      return "EXTRACT(MONTH FROM " + time + ")";
    case Function::day:
      return "EXTRACT(DAY FROM " + time + ")";
    case Function::quarter:
      return "TO_CHAR(" + time + ", 'YYYY-\"Q\"Q')";
    case Function::week:
      return "CAST(DATE_TRUNC('week', " + time + ") AS date)";
    case Function::weekday:
      return "TO_CHAR(" + time + ", 'FMDay')";
    case Function::date:
      break;
  }
  return "CAST(" + time + " AS date)";
}

// ---- MySQL and MariaDB
std::string mysql_time(const Moment& moment) {
  switch (moment.encoding) {
    case TimeEncoding::native:
      return moment.sql;
    // FROM_UNIXTIME would speak of the session's time zone.
    case TimeEncoding::epoch_seconds:
      return "(TIMESTAMP('1970-01-01') + INTERVAL " + moment.sql + " SECOND)";
    case TimeEncoding::epoch_millis:
      return "(TIMESTAMP('1970-01-01') + INTERVAL " + moment.sql + " / 1000 SECOND)";
    case TimeEncoding::julian_day:
      return "(TIMESTAMP('2000-01-01 12:00:00') + INTERVAL ROUND((" + moment.sql +
             " - 2451545) * 86400) SECOND)";
    case TimeEncoding::compact_day:
    case TimeEncoding::day_first:
    case TimeEncoding::month_first:
      break;
  }
  return iso_text(moment, Dialect::mysql);
}

std::string mysql_part(Function function, const std::string& time) {
  switch (function) {
    case Function::year:
      return "YEAR(" + time + ")";
    case Function::month:
      return "DATE_FORMAT(" + time + ", '%Y-%m')";
    case Function::month_number:
      return "MONTH(" + time + ")";
    case Function::day:
      return "DAY(" + time + ")";
    case Function::quarter:
      return "CONCAT(YEAR(" + time + "), '-Q', QUARTER(" + time + "))";
    case Function::week:
      return "DATE_SUB(DATE(" + time + "), INTERVAL WEEKDAY(" + time + ") DAY)";
    // DAYNAME would speak the session's language.
    case Function::weekday:
      return "ELT(DAYOFWEEK(" + time +
             "), 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday')";
    case Function::date:
      break;
  }
  return "DATE(" + time + ")";
}

Moment moment_of(const std::string& sql, const Column& column) {
  if (column.type != ColumnType::time) return {sql, TimeEncoding::native, true};
  return {sql, column.time_encoding, false};
}

}  // namespace

std::string time_part(Function function, const std::string& sql, const Column& column,
                      Dialect dialect) {
  const Moment moment = moment_of(sql, column);
  switch (dialect) {
    case Dialect::sqlite:
      return sqlite_part(function, sqlite_arguments(moment));
    case Dialect::postgres:
      return postgres_part(function, postgres_time(moment));
    case Dialect::mysql:
      break;
  }
  return mysql_part(function, mysql_time(moment));
}

// PostgreSQL and MySQL take the part itself, for it may be what the query is grouped by.
std::string sorted_time_part(Function function, const std::string& sql, const Column& column,
                             Dialect dialect) {
  static constexpr std::string_view week = "'MondayTuesdayWednesdayThursdayFridaySaturdaySunday'";
  const std::string part = time_part(function, sql, column, dialect);
  if (function != Function::weekday) return part;
  switch (dialect) {
    case Dialect::sqlite:
      return "STRFTIME('%w', " + sqlite_arguments(moment_of(sql, column)) + ", '-1 day')";
    case Dialect::postgres:
      return "POSITION(" + part + " IN " + std::string(week) + ")";
    case Dialect::mysql:
      break;
  }
  return "LOCATE(" + part + ", " + std::string(week) + ")";
}

bool sorts_as_stored(const Column& column) {
  return column.type != ColumnType::time || (column.time_encoding != TimeEncoding::day_first &&
                                             column.time_encoding != TimeEncoding::month_first);
}

std::string comparable_time(const std::string& sql, const Column& column, Dialect dialect) {
  if (sorts_as_stored(column)) return sql;
  const std::string iso = iso_text({sql, column.time_encoding, false}, dialect);
  return dialect == Dialect::mysql ? iso : "(" + iso + ")";
}

std::string native_time(const Moment& moment, Dialect dialect) {
  switch (dialect) {
    case Dialect::sqlite:
      return "DATETIME(" + sqlite_arguments(moment) + ")";
    case Dialect::postgres:
      return postgres_time({moment.sql, moment.encoding, true});
    case Dialect::mysql:
      break;
  }
  return "TIMESTAMP(" + mysql_time(moment) + ")";
}

std::string day_number(const Moment& moment) {
  return "JULIANDAY(" + sqlite_arguments(moment) + ")";
}

std::string days_between(const Moment& left, const Moment& right, Dialect dialect) {
  if (dialect == Dialect::sqlite) return day_number(left) + " - " + day_number(right);
  const std::string later = native_time(left, dialect), earlier = native_time(right, dialect);
  if (dialect == Dialect::postgres) {
    return "EXTRACT(EPOCH FROM (" + later + " - " + earlier + ")) / 86400";
  }
  return "TIMESTAMPDIFF(SECOND, " + earlier + ", " + later + ") / 86400";
}

}  // namespace idi::sql
