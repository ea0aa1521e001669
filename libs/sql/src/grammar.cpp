// The pushdown automaton over IR tokens. The top frame says what is expected; some frames may end
// silently (a condition after its last leaf, an IN list after its last value, a query's item list),
// and then the frame below has its say too: allowed() is the union, advance() drops the ended ones.
//
// Frames and their fields
//   query       phase; items of the current core; required_items (0: free); count within the phase;
//               depth of nesting from 1; set_operators so far; flags distinct, star, aggregated,
//               grouped, operand
//   expression  flags: which tokens may start it; depth: how deep ARITH may still nest
//   condition   phase: 0 a leaf is expected, 1 a leaf is complete; count: leaves of the whole
//               clause; depth: parentheses around; flags: start flags of the left-hand sides
//   operator_   flags: start flags of AS_COLUMN expressions
//   operand     phase: scalar, list or pattern; flags as above
//   more_values count: values of the IN list so far
//   table, column, limit: one token
//
// Invariants
//   1. allowed() is never empty before complete(): every optional repetition that is at its bound
//      may end, and every frame that must consume admits a token independent of its bounds.
//   2. The bottom frame is the outermost query; the stack is empty if and only if complete().
#include "idi/core/assert.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::ir {
namespace {

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
  phase_rows,  // COUNT SUBQUERY …: nothing but END
};

enum OperandKind : std::uint8_t { operand_scalar, operand_list, operand_pattern };

// Start flags of expressions.
constexpr std::uint8_t may_column = 1, may_star = 2, may_aggregate = 4, may_function = 8,
                       may_arithmetic = 16, may_literal = 32, may_distinct = 64, may_rows = 128;
// Flags of queries.
constexpr std::uint8_t is_distinct = 1, has_star = 2, is_aggregated = 4, is_grouped = 8,
                       is_operand = 16;

constexpr std::uint8_t plain_expression = may_column | may_function | may_arithmetic;

Symbol symbol_of(Token token) { return static_cast<Symbol>(token.index); }

bool is_symbol(Token token, Symbol symbol) {
  return token.kind == Token::Kind::symbol && symbol_of(token) == symbol;
}

void allow(Allowed& allowed, Symbol symbol) {
  allowed.symbols.set(static_cast<std::size_t>(symbol));
}

void allow_range(Allowed& allowed, Symbol first, Symbol last) {
  for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
    allowed.symbols.set(static_cast<std::size_t>(i));
  }
}

void allow_expression(Allowed& allowed, std::uint8_t flags, int arithmetic_depth) {
  if (flags & may_column) allowed.column = true;
  if (flags & may_star) allowed.table = true;
  if (flags & may_aggregate) allow_range(allowed, Symbol::count, Symbol::max);
  if (flags & may_function) allow_range(allowed, Symbol::year, Symbol::day);
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

bool in_range(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
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

Grammar::Grammar() { push_query(0); }

bool Grammar::complete() const { return stack_.empty(); }

std::size_t Grammar::query_frame() const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].state == state_query) return i;
  }
  IDI_ASSERT(false);  // invariant 2
}

void Grammar::push_query(std::uint8_t required_items) {
  Frame query;
  query.state = state_query;
  query.phase = phase_start;
  query.required_items = required_items;
  query.depth =
      stack_.empty() ? std::uint8_t{1} : static_cast<std::uint8_t>(stack_[query_frame()].depth + 1);
  if (required_items == 1) query.flags = is_operand;
  stack_.push_back(query);
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
      allow_expression(allowed, top.flags, top.depth);
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
      if (top.count < max_conditions) {
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
      if (top.phase != operand_pattern && may_nest) allow(allowed, Symbol::subquery);
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
    std::uint8_t flags = plain_expression | may_aggregate;
    if (query.required_items == 0) flags |= may_star;
    return flags;
  };
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
  allow(allowed, Symbol::end);
  return allowed;
}

void Grammar::advance(Token token) {
  IDI_ASSERT(admits(allowed(), token));
  // Frames that end silently: drop them when the token is not theirs.
  for (;;) {
    const Frame& top = stack_.back();
    const bool list_ended = top.state == state_more_values &&
                            (token.kind != Token::Kind::value || top.count >= max_in_values);
    const bool condition_ended = top.state == state_condition && top.phase == 1 && top.depth == 0 &&
                                 !is_symbol(token, Symbol::and_) && !is_symbol(token, Symbol::or_);
    if (!list_ended && !condition_ended) break;
    stack_.pop_back();
  }
  switch (stack_.back().state) {
    case state_query:
      return advance_query(token);
    case state_expression:
      return advance_expression(token);
    case state_condition:
      return advance_condition(token);
    case state_operator:
      return advance_operator(symbol_of(token));
    case state_operand:
      return advance_operand(token);
    case state_more_values:
      ++stack_.back().count;
      return;
    default:  // table, column, limit
      stack_.pop_back();
      return;
  }
}

void Grammar::advance_query(Token token) {
  Frame& query = stack_.back();
  const auto expect = [this](State state, std::uint8_t flags = 0, std::uint8_t depth = 0) {
    Frame frame;
    frame.state = state;
    frame.flags = flags;
    frame.depth = depth;
    stack_.push_back(frame);
  };
  const auto enter = [&query](Phase phase) {
    if (query.phase != phase) query.count = 0;
    query.phase = phase;
    ++query.count;
  };
  const bool symbol = token.kind == Token::Kind::symbol;
  if (symbol) {
    switch (symbol_of(token)) {
      case Symbol::end:
        stack_.pop_back();
        return;
      case Symbol::distinct:
        query.flags |= is_distinct;
        return;
      case Symbol::join:
        enter(phase_joins);
        expect(state_table);
        return;
      case Symbol::on:
        enter(phase_hints);
        expect(state_column);
        expect(state_column);
        return;
      case Symbol::where:
        enter(phase_where);
        expect(state_condition, plain_expression);
        return;
      case Symbol::group:
        query.phase = phase_group;
        query.count = 0;
        query.flags |= is_grouped;
        return;
      case Symbol::having:
        enter(phase_having);
        expect(state_condition, plain_expression | may_aggregate);
        return;
      case Symbol::order_asc:
      case Symbol::order_desc: {
        enter(phase_order);
        std::uint8_t flags = plain_expression;
        if (query.flags & (is_aggregated | is_grouped)) flags |= may_aggregate;
        expect(state_expression, flags, max_arithmetic_depth);
        return;
      }
      case Symbol::limit:
        enter(phase_limit);
        expect(state_limit);
        return;
      case Symbol::unite:
      case Symbol::intersect:
      case Symbol::except:
        ++query.set_operators;
        query.required_items = query.items;
        query.items = 0;
        query.phase = phase_start;
        query.flags &= is_operand;
        return;
      default:
        break;
    }
  }
  // The start of an item or of a group key.
  if (query.phase == phase_group) {
    ++query.count;
    expect(state_expression, may_column | may_function, 0);
    return advance_expression(token);
  }
  const bool alone = query.phase == phase_start && query.set_operators == 0 &&
                     !(query.flags & is_distinct) && query.depth < max_depth;
  query.phase = phase_items;
  ++query.items;
  std::uint8_t flags = plain_expression | may_aggregate;
  if (query.required_items == 0) flags |= may_star;
  if (token.kind == Token::Kind::table) query.flags |= has_star;
  const bool counts_rows = alone && is_symbol(token, Symbol::count);
  expect(state_expression, flags, max_arithmetic_depth);
  advance_expression(token);
  if (counts_rows) stack_.back().flags |= may_rows;
}

void Grammar::advance_expression(Token token) {
  Frame expression = stack_.back();
  if (token.kind != Token::Kind::symbol) {
    stack_.pop_back();
    return;
  }
  const Symbol symbol = symbol_of(token);
  if (in_range(symbol, Symbol::count, Symbol::max)) {
    stack_[query_frame()].flags |= is_aggregated;
    Frame& argument = stack_.back();
    argument.flags = plain_expression | may_distinct;
    if (symbol == Symbol::count) argument.flags |= may_star;
    return;
  }
  if (in_range(symbol, Symbol::year, Symbol::day)) {
    stack_.back().flags = may_column;
    return;
  }
  if (in_range(symbol, Symbol::add, Symbol::divide)) {
    expression.flags &= plain_expression | may_aggregate;
    expression.depth = static_cast<std::uint8_t>(expression.depth - 1);
    stack_.back() = expression;
    stack_.back().flags |= may_literal;  // the right side, expected after the left one
    stack_.push_back(expression);
    return;
  }
  if (symbol == Symbol::distinct_argument) {
    stack_.back().flags = plain_expression;
    return;
  }
  stack_.pop_back();
  if (symbol == Symbol::subquery) {
    stack_.back().phase = phase_rows;
    push_query(0);
  }
}

void Grammar::advance_condition(Token token) {
  Frame& condition = stack_.back();
  if (condition.phase == 1) {
    if (is_symbol(token, Symbol::close)) {
      const std::uint8_t leaves = condition.count;
      stack_.pop_back();
      stack_.back().count = leaves;
    } else {
      condition.phase = 0;
    }
    return;
  }
  condition.phase = 1;
  Frame next = condition;
  if (is_symbol(token, Symbol::open)) {
    next.phase = 0;
    ++next.depth;
    stack_.push_back(next);
    return;
  }
  ++condition.count;
  next.state = state_operator;
  stack_.push_back(next);
  next.state = state_expression;
  next.depth = max_arithmetic_depth;
  stack_.push_back(next);
  advance_expression(token);
}

void Grammar::advance_operator(Symbol symbol) {
  Frame operand = stack_.back();
  stack_.pop_back();
  if (symbol == Symbol::is_null || symbol == Symbol::not_null) return;
  operand.state = state_operand;
  operand.phase = operand_scalar;
  if (symbol == Symbol::in || symbol == Symbol::not_in) operand.phase = operand_list;
  if (in_range(symbol, Symbol::like, Symbol::not_like_suffix)) operand.phase = operand_pattern;
  stack_.push_back(operand);
  if (symbol == Symbol::between || symbol == Symbol::not_between) stack_.push_back(operand);
}

void Grammar::advance_operand(Token token) {
  Frame operand = stack_.back();
  stack_.pop_back();
  if (is_symbol(token, Symbol::as_column)) {
    operand.state = state_expression;
    operand.depth = max_arithmetic_depth;
    stack_.push_back(operand);
  } else if (is_symbol(token, Symbol::subquery)) {
    push_query(1);
  } else if (operand.phase == operand_list && token.kind == Token::Kind::value) {
    operand.state = state_more_values;
    operand.count = 1;
    stack_.push_back(operand);
  }
}

}  // namespace idi::ir
