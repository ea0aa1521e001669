// The automaton's steps; grammar_allowed.cpp says what is admitted. The states: grammar_states.hpp.
#include "grammar_states.hpp"
#include "idi/core/assert.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::ir {

using namespace grammar;

namespace {

Symbol symbol_of(Token token) { return static_cast<Symbol>(token.index); }

bool is_symbol(Token token, Symbol symbol) {
  return token.kind == Token::Kind::symbol && symbol_of(token) == symbol;
}

bool in_range(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
}

}  // namespace

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

void Grammar::advance(Token token) {
  IDI_ASSERT(admits(allowed(), token));
  // Frames that end silently: drop them when the token is not theirs.
  for (;;) {
    const Frame& top = stack_.back();
    const bool list_ended = top.state == state_more_values &&
                            (token.kind != Token::Kind::value || top.count >= max_in_values);
    const bool condition_ended = top.state == state_condition && top.phase == 1 && top.depth == 0 &&
                                 ((top.flags & single_leaf) || (!is_symbol(token, Symbol::and_) &&
                                                                !is_symbol(token, Symbol::or_)));
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
  const auto expect = [this](State state, Flags flags = 0, std::uint8_t depth = 0) {
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
        query.flags |= is_ordered;
        Flags flags = plain_expression;
        if (query.flags & (is_aggregated | is_grouped)) flags |= may_aggregate;
        if (query.flags & is_grouped) flags |= may_compare_groups;
        expect(state_expression, flags, max_arithmetic_depth);
        return;
      }
      case Symbol::limit:
        enter(phase_limit);
        expect(state_limit);
        return;
      case Symbol::per:
        query.phase = phase_per;
        query.count = 0;
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
  // The start of an item or of a key.
  if (query.phase == phase_group || query.phase == phase_per) {
    ++query.count;
    expect(state_expression, may_column | may_function, 0);
    return advance_expression(token);
  }
  const bool alone = query.phase == phase_start && query.set_operators == 0 &&
                     !(query.flags & is_distinct) && query.depth < max_depth;
  query.phase = phase_items;
  ++query.items;
  Flags flags = plain_expression | may_aggregate | may_compare_groups;
  if (query.required_items == 0) flags |= may_star;
  if (token.kind == Token::Kind::table) query.flags |= has_star;
  const bool counts_rows = alone && is_symbol(token, Symbol::count);
  expect(state_expression, flags, max_arithmetic_depth);
  advance_expression(token);
  if (counts_rows) stack_.back().flags |= may_rows;
}

void Grammar::advance_expression(Token token) {
  Frame& expression = stack_.back();
  const bool symbol = token.kind == Token::Kind::symbol;
  const Symbol word = symbol ? symbol_of(token) : Symbol::end;
  if ((expression.flags & is_shared) && word != Symbol::when) {
    compare_groups();
    expression.flags &= static_cast<Flags>(~is_shared);
  }
  if (!symbol) {
    stack_.pop_back();
    return;
  }
  if (in_range(word, Symbol::count, Symbol::max)) return advance_aggregate(word);
  if (in_range(word, Symbol::add, Symbol::divide)) {
    Frame side = expression;
    side.flags &= plain_expression | may_aggregate;
    side.depth = static_cast<std::uint8_t>(side.depth - 1);
    expression = side;
    expression.flags |= may_literal;  // the right side, expected after the left one
    stack_.push_back(side);
    return;
  }
  switch (word) {
    case Symbol::share:
      expression.phase = over_share;
      return;
    case Symbol::running:
    case Symbol::change:
    case Symbol::growth:
      expression.phase = word == Symbol::running ? over_running : over_change;
      compare_groups();
      return;
    case Symbol::when: {
      expression.flags &= static_cast<Flags>(~(may_when | needs_when | is_shared | may_rows));
      Frame leaf;
      leaf.state = state_condition;
      leaf.flags = plain_expression | within_when | single_leaf;
      stack_.push_back(leaf);
      return;
    }
    case Symbol::distinct_argument:
      expression.flags = plain_expression;
      return;
    case Symbol::subquery:
      stack_.pop_back();
      stack_.back().phase = phase_rows;
      return push_query(0);
    case Symbol::one:
      stack_.pop_back();
      return;
    default:  // a part of a time
      expression.flags = may_column;
      return;
  }
}

void Grammar::advance_aggregate(Symbol aggregate) {
  stack_[query_frame()].flags |= is_aggregated;
  Frame& argument = stack_.back();
  const bool shared = argument.phase == over_share;
  const bool whole = argument.flags & may_compare_groups;
  argument.phase = over_none;
  argument.flags = plain_expression | may_distinct | may_when;
  if (aggregate == Symbol::count) argument.flags |= may_star;
  if (shared) argument.flags |= whole ? is_shared : needs_when;
}

/// What stands at the top is set in relation to other groups.
void Grammar::compare_groups() {
  Frame& query = stack_[query_frame()];
  query.flags |= query.phase == phase_order ? orders_by_groups : needs_group;
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
    next.flags &= static_cast<Flags>(~single_leaf);
    ++next.depth;
    stack_.push_back(next);
    return;
  }
  ++condition.count;
  next.state = state_operator;
  next.phase = 0;
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
