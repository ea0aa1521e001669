// ORDER BY and LIMIT in words: often one clause, "only the one with the highest price".
#pragma once

#include <vector>

#include "sentence.hpp"
#include "wording.hpp"

namespace idi::explanation {

/// COUNT(*) of all rows, whose words end with the table's.
[[nodiscard]] bool counts_rows(const ir::ExpressionPtr& e);

/// `first_item`: the items before are told as groups.
[[nodiscard]] std::vector<DraftPart> order_and_limit(const ir::Query& query, const Wording& wording,
                                                     const Schema& schema, std::size_t first_item);

}  // namespace idi::explanation
