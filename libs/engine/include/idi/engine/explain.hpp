// A query in plain words. Says what the query does, not what the question asked for: that is the
// point, a reader sees the difference.
#pragma once

#include "idi/core/schema.hpp"
#include "idi/engine/answer.hpp"
#include "idi/sql/ir.hpp"

namespace idi::engine {

[[nodiscard]] Explanation explain(const ir::Query& query, const Schema& schema);

/// Of a language model's own SQL that the tree has no words for: says just that.
[[nodiscard]] Explanation explain_without_tree();

}  // namespace idi::engine
