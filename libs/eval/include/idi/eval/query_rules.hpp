// What the official test-suite evaluator does to the text of a query before it runs it. Text to
// text; nothing is executed.
#pragma once

#include <string>
#include <string_view>

#include "idi/eval/compare.hpp"

namespace idi::eval {

/// The text that Spider's rules execute: "> =" → ">=" ("< =", "! =" too), YEAR(CURDATE()) → 2020,
/// and unless `keep_distinct`, every token DISTINCT removed and all after the first statement cut.
[[nodiscard]] std::string spider_executable_sql(std::string_view sql, bool keep_distinct);

/// fixed if "order by" stands anywhere in the gold query, a subquery or a text included.
[[nodiscard]] RowOrder spider_row_order(std::string_view gold_sql);

}  // namespace idi::eval
