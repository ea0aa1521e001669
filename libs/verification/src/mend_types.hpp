// Texts compared with columns of numbers, numbers with columns of texts.
#pragma once

#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linker.hpp"
#include "idi/sql/ir.hpp"
#include "idi/verification/finding.hpp"

namespace idi::verification {

/// The query with literals written as the columns need them; findings are added.
[[nodiscard]] ir::Query mend_types(const ir::Query& query, const link::Linker& linker,
                                   std::vector<Finding>& findings);

}  // namespace idi::verification
