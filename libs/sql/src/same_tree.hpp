// Whether two expressions say the same, and how groups follow each other.
#pragma once

#include <vector>

#include "ast.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::sql {

/// REQUIRES: no subqueries (they are never the same). Literals are the same by their text.
[[nodiscard]] bool same(const ir::Expression& a, const ir::Expression& b);
[[nodiscard]] bool same(const ast::Expression& a, const ast::Expression& b);

/// How the groups of a query follow each other, see ir::Over.
struct GroupOrder {
  ir::ExpressionPtr key;                 ///< What they are ordered by.
  std::vector<ir::ExpressionPtr> apart;  ///< What they are kept apart by, in order.
};
/// REQUIRES: group_by is not empty.
[[nodiscard]] GroupOrder group_order(const std::vector<ir::ExpressionPtr>& group_by,
                                     const Schema& schema);

}  // namespace idi::sql
