// Collecting and replacing what a query mentions. Trees are immutable: rewriting makes a new one.
#pragma once

#include <functional>
#include <vector>

#include "idi/sql/ir.hpp"

namespace idi::synth {

struct Rewriter {
  std::function<ColumnRef(ColumnRef)> column;
  std::function<int(int)> table;
  /// `compared` is the column that the literal is compared with; table -1 if there is none (LIMIT,
  /// arithmetic, HAVING over an aggregate of a star).
  std::function<ir::Literal(const ir::Literal&, ColumnRef compared)> literal;
};

[[nodiscard]] ir::Query rewrite(const ir::Query& query, const Rewriter& rewriter);

}  // namespace idi::synth
