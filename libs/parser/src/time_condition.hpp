// What a time in the question becomes beside a column of times: a literal can be less exact than
// the cells ("March 2023" and days) or stored otherwise (seconds since 1970). Pure functions.
//
//   "2023" or "2023-05" against ISO days     year(c) or month(c) is compared
//   a day against days                       the literal as it is
//   everything else                          the beginning and the end of the span, as stored:
//     in       from its beginning, before its end      after    from its end
//     not in   before its beginning or from its end    before   before its beginning
//     since    from its beginning                      until    before its end
//   LIKE           equality, unless ISO cells say more than the literal ('2023-05%')
//   year(c), date(c) … with a literal that says more than they do: c itself is compared
#pragma once

#include <string>
#include <vector>

#include "idi/sql/ir.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::parser {

/// Null where the predicate may stay as it is, or where its literals are no times that such a
/// column could hold. `said`: the text of each operand's candidate. `column`: the one that the left
/// side is, is a part of (year(c)) or the extreme of (max(c)).
[[nodiscard]] ir::ConditionPtr time_condition(ir::Predicate predicate,
                                              const std::vector<std::string>& said,
                                              const Column& column,
                                              const temporal::Calendar& calendar);

}  // namespace idi::parser
