// Rebuilding a query with other literals: how candidates and `any` become values, and how values
// become candidates.
#pragma once

#include <functional>

#include "idi/sql/ir.hpp"

namespace idi::ir {

/// Called for every literal in the order of the tokens, subqueries included. `predicate` is the
/// comparison that it stands in, with its left side and operator; null for LIMIT and arithmetic.
using LiteralMap = std::function<Literal(const Literal& literal, const Predicate* predicate)>;

[[nodiscard]] Query map_literals(const Query& query, const LiteralMap& map);

}  // namespace idi::ir
