// Which columns hold times though their type does not say so: numbers since 1970, Julian days,
// 20230517, "17.05.2023". Pure functions of a column's declared type, names and sample values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/core/schema.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::temporal {

/// nullopt: no times, as far as can be told; native: ISO text or the database's own type. Every
/// sample must fit; numbers count only where the name speaks of a time too.
[[nodiscard]] std::optional<TimeEncoding> encoding_of(const Column& column);

/// Sets type and time_encoding of every column that holds times.
void recognise_times(Schema& schema);

/// The beginning of a day as such a column stores it, without quotes: "1684274400", "20230517".
/// For day_first and month_first, which do not sort, the ISO day: the SQL writer makes the column
/// ISO. `calendar` gives the zone of epochs.
[[nodiscard]] std::string stored(Day day, TimeEncoding encoding, const Calendar& calendar);

}  // namespace idi::temporal
