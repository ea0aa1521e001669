// The pushdown automaton over IR tokens. The top frame says what is expected; some frames may end
// silently (a condition after its last leaf, an IN list after its last value, a query's item list),
// and then the frame below has its say too: allowed() is the union, advance() drops the ended ones.
//
// Frames and their fields
//   query       phase; items of the current core; required_items (0: free); count within the phase;
//               depth of nesting from 1; set_operators so far; flags: distinct, star, aggregated,
//               grouped, operand, ordered; an item (needs_group) or ORDER compares groups
//   expression  flags: which tokens may start it; phase: the OVER before it; depth: how deep ARITH
//               may still nest
//   condition   phase: 0 a leaf is expected, 1 a leaf is complete; count: leaves of the whole
//               clause; depth: parentheses around; flags: start flags of the left-hand sides, and
//               whether it is the one leaf of a WHEN
//   operator_   flags: start flags of AS_COLUMN expressions
//   operand     phase: scalar, list or pattern; flags as above
//   more_values count: values of the IN list so far
//   table, column, limit: one token
//
// Invariants
//   1. allowed() is never empty before complete(): every optional repetition that is at its bound
//      may end, and every frame that must consume admits a token independent of its bounds.
//   2. The bottom frame is the outermost query; the stack is empty if and only if complete().
#pragma once

#include <cstdint>

#include "idi/sql/ir_tokens.hpp"

namespace idi::ir::grammar {

enum State : std::uint8_t {
  state_query,
  state_expression,
  state_condition,
  state_operator,
  state_operand,
  state_more_values,
  state_table,
  state_column,
  state_limit,
};

enum Phase : std::uint8_t {
  phase_start,
  phase_items,
  phase_joins,
  phase_hints,
  phase_where,
  phase_group,
  phase_having,
  phase_order,
  phase_limit,
  phase_per,
  phase_rows,  // COUNT SUBQUERY …: nothing but END
};

enum OperandKind : std::uint8_t { operand_scalar, operand_list, operand_pattern };

/// Phase of an expression: the OVER before it, whose aggregate it must be.
enum OverPhase : std::uint8_t { over_none, over_share, over_running, over_change };

using Flags = std::uint16_t;

// Flags of expressions: what may start them.
constexpr Flags may_column = 1, may_star = 2, may_aggregate = 4, may_function = 8,
                may_arithmetic = 16, may_literal = 32, may_distinct = 64, may_rows = 128,
                may_compare_groups = 256, may_when = 512;
// The argument of a SHARE: WHEN must come first, or its absence compares groups.
constexpr Flags needs_when = 1024, is_shared = 2048;
// Conditions, and what they hold: of WHEN, and so a single leaf without subqueries.
constexpr Flags within_when = 4096, single_leaf = 8192;
// Flags of queries.
constexpr Flags is_distinct = 1, has_star = 2, is_aggregated = 4, is_grouped = 8, is_operand = 16,
                needs_group = 32, is_ordered = 64, orders_by_groups = 128;

constexpr Flags plain_expression = may_column | may_function | may_arithmetic;

}  // namespace idi::ir::grammar
