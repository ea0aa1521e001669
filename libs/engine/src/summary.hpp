// The answer as a sentence in plain language, made from the query and what came out: true by
// construction, never from what was asked. Cell values are quoted. Pure.
#pragma once

#include <string>

#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/sql/ir.hpp"

namespace idi::engine {

/// "There are 42 customers.", "5 products; the first is “Tent” with price 499." `query` made the
/// result, if it is known.
[[nodiscard]] std::string summarize(const ResultTable& result, const ir::Query* query,
                                    const Schema& schema);

}  // namespace idi::engine
