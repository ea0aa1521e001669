// What the automaton admits next; grammar.cpp takes the steps. The states: grammar_states.hpp.
#include "grammar_states.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::ir {

using namespace grammar;

namespace {

void allow(Allowed& allowed, Symbol symbol) {
  allowed.symbols.set(static_cast<std::size_t>(symbol));
}

void allow_range(Allowed& allowed, Symbol first, Symbol last) {
  for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
    allowed.symbols.set(static_cast<std::size_t>(i));
  }
}

/// The aggregates that an OVER may stand before.
void allow_aggregates(Allowed& allowed, std::uint8_t over) {
  if (over == over_share) return allow_range(allowed, Symbol::count, Symbol::sum);
  allow_range(allowed, Symbol::count, Symbol::max);
  if (over == over_running) allowed.symbols.reset(static_cast<std::size_t>(Symbol::avg));
}

void allow_functions(Allowed& allowed) {
  allow_range(allowed, Symbol::year, Symbol::day);
  allow_range(allowed, Symbol::quarter, Symbol::date);
}

void allow_expression(Allowed& allowed, Flags flags, int arithmetic_depth) {
  if (flags & needs_when) return allow(allowed, Symbol::when);
  if (flags & may_column) allowed.column = true;
  if (flags & may_star) allowed.table = true;
  if (flags & may_aggregate) {
    allow_aggregates(allowed, over_none);
    allow(allowed, Symbol::share);
  }
  if (flags & may_compare_groups) allow_range(allowed, Symbol::running, Symbol::growth);
  if (flags & may_function) allow_functions(allowed);
  if (flags & may_when) allow(allowed, Symbol::when);
  if ((flags & may_arithmetic) && arithmetic_depth > 0) {
    allow_range(allowed, Symbol::add, Symbol::divide);
  }
  if (flags & may_literal) {
    allowed.value = true;
    allow(allowed, Symbol::one);
  }
  if (flags & may_distinct) allow(allowed, Symbol::distinct_argument);
  if (flags & may_rows) allow(allowed, Symbol::subquery);
}

/// Whether the rows can be counted within PER's keys, given the flags of the query.
bool may_rank(Flags query) {
  const bool one_row = (query & is_aggregated) && !(query & is_grouped);
  return (query & is_ordered) && !(query & (is_distinct | has_star | orders_by_groups)) && !one_row;
}

}  // namespace

bool admits(const Allowed& allowed, Token token) {
  switch (token.kind) {
    case Token::Kind::symbol:
      return token.index >= 0 && token.index < symbol_count &&
             allowed.symbols.test(static_cast<std::size_t>(token.index));
    case Token::Kind::column:
      return allowed.column;
    case Token::Kind::table:
      return allowed.table;
    case Token::Kind::value:
      return allowed.value;
  }
  return false;
}

Allowed Grammar::allowed() const {
  return stack_.empty() ? Allowed{} : allowed_at(stack_.size() - 1);
}

Allowed Grammar::allowed_at(std::size_t index) const {
  const Frame& top = stack_[index];
  Allowed allowed;
  const bool may_nest = top.state != state_query && stack_[query_frame()].depth < max_depth;
  switch (top.state) {
    case state_query:
      return allowed_in_query(top);
    case state_expression:
      if (top.phase != over_none) {
        allow_aggregates(allowed, top.phase);
      } else {
        allow_expression(allowed, top.flags, top.depth);
      }
      break;
    case state_condition:
      if (top.phase == 0) {
        allow_expression(allowed, top.flags, max_arithmetic_depth);
        if (top.depth < max_parentheses) allow(allowed, Symbol::open);
        break;
      }
      if (top.depth == 0) {
        allowed = allowed_at(index - 1);
      } else {
        allow(allowed, Symbol::close);
      }
      if (top.count < max_conditions && !(top.flags & single_leaf)) {
        allow(allowed, Symbol::and_);
        allow(allowed, Symbol::or_);
      }
      break;
    case state_operator:
      allow_range(allowed, Symbol::equal, Symbol::not_null);
      break;
    case state_operand:
      allowed.value = true;
      allow(allowed, Symbol::any_value);
      if (top.phase == operand_scalar) {
        allow(allowed, Symbol::one);
        allow(allowed, Symbol::zero);
        allow(allowed, Symbol::as_column);
      }
      if (top.phase != operand_pattern && may_nest && !(top.flags & within_when)) {
        allow(allowed, Symbol::subquery);
      }
      break;
    case state_more_values:
      allowed = allowed_at(index - 1);
      if (top.count < max_in_values) allowed.value = true;
      break;
    case state_table:
      allowed.table = true;
      break;
    case state_column:
      allowed.column = true;
      break;
    case state_limit:
      allowed.value = true;
      allow(allowed, Symbol::one);
      break;
    default:
      break;
  }
  return allowed;
}

Allowed Grammar::allowed_in_query(const Frame& query) const {
  Allowed allowed;
  const auto item_flags = [&] {
    Flags flags = plain_expression | may_aggregate | may_compare_groups;
    if (query.required_items == 0) flags |= may_star;
    return flags;
  };
  if (query.phase == phase_per) {
    if (query.count < max_per_keys) allow_expression(allowed, may_column | may_function, 0);
    if (query.count > 0) allow(allowed, Symbol::end);
    return allowed;
  }
  if (query.phase == phase_rows) {
    allow(allowed, Symbol::end);
    return allowed;
  }
  if (query.phase == phase_start || query.phase == phase_items) {
    const int most = query.required_items != 0 ? query.required_items : max_items;
    if (query.items < most) allow_expression(allowed, item_flags(), max_arithmetic_depth);
    if (query.phase == phase_start) {
      if (query.set_operators == 0 && !(query.flags & (is_distinct | is_operand))) {
        allow(allowed, Symbol::distinct);
      }
      return allowed;
    }
    if (query.items < query.required_items) return allowed;
  }
  if (query.phase == phase_group) {
    if (query.count < max_group_keys) allow_expression(allowed, may_column | may_function, 0);
    if (query.count == 0) return allowed;
    allow(allowed, Symbol::having);
  }
  const bool joins_open = query.phase <= phase_joins;
  if (joins_open && (query.phase != phase_joins || query.count < max_join_tables)) {
    allow(allowed, Symbol::join);
  }
  if (query.phase <= phase_hints && (query.phase != phase_hints || query.count < max_join_hints)) {
    allow(allowed, Symbol::on);
  }
  if (query.phase <= phase_hints) allow(allowed, Symbol::where);
  if (query.phase <= phase_where) allow(allowed, Symbol::group);
  if ((query.flags & needs_group) && !(query.flags & is_grouped)) return allowed;
  const bool compound = query.set_operators > 0;
  if (query.phase <= phase_having && query.set_operators < max_set_operators &&
      !(query.flags & (has_star | is_distinct))) {
    allow_range(allowed, Symbol::unite, Symbol::except);
  }
  if (!compound && query.phase <= phase_order &&
      (query.phase != phase_order || query.count < max_order_items)) {
    allow(allowed, Symbol::order_asc);
    allow(allowed, Symbol::order_desc);
  }
  if (!compound && query.phase <= phase_order) allow(allowed, Symbol::limit);
  if (query.phase == phase_limit && may_rank(query.flags)) allow(allowed, Symbol::per);
  allow(allowed, Symbol::end);
  return allowed;
}

}  // namespace idi::ir
