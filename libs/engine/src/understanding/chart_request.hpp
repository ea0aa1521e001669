// "… as a pie", "plot …", "show it as a bar chart": what picture is wanted, cut from the question,
// so that linking reads only what is asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/chart/chart.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {

struct ChartRequest {
  bool is_made = false;
  std::optional<chart::Kind> kind;  ///< Empty: any picture ("plot …").
  std::string rest;                 ///< The question without it; empty: the last answer is meant.
};

/// A schema that has such words in its own names ("lines", "plot") is asked about them, unless the
/// picture is named in full ("line chart").
[[nodiscard]] ChartRequest take_chart_request(std::string_view question, const SchemaNames& names);

/// "a pie chart", "a table": in an answer's words.
[[nodiscard]] std::string chart_in_words(chart::Kind kind);

}  // namespace idi::engine
