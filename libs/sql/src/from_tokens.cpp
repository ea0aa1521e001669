// Tokens → tree: the automaton checks, then a reader builds; the reader may trust its input.
#include "idi/core/schema.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "symbols.hpp"

namespace idi::ir {
namespace {

class TokenReader {
 public:
  TokenReader(const std::vector<Token>& tokens, const Schema& schema)
      : tokens_(tokens), schema_(schema) {}

  QueryPtr read_chain() {
    auto query = std::make_shared<Query>(read_core());
    if (next_is(Symbol::unite, Symbol::except)) {
      query->set_operator = static_cast<SetOperator>(offset_from(Symbol::unite, take_symbol()));
      query->set_right = read_chain();  // the chain is flat: END belongs to its last part
      return query;
    }
    take_symbol();  // END
    return query;
  }

 private:
  const Token& peek() const { return tokens_[position_]; }
  const Token& take() { return tokens_[position_++]; }
  bool next_is(Symbol first, Symbol last) const {
    return peek().kind == Token::Kind::symbol &&
           is_between(static_cast<Symbol>(peek().index), first, last);
  }
  bool next_is(Symbol symbol) const { return next_is(symbol, symbol); }
  bool take_if(Symbol symbol) {
    if (!next_is(symbol)) return false;
    ++position_;
    return true;
  }
  Symbol take_symbol() { return static_cast<Symbol>(take().index); }
  ColumnRef take_column() { return schema_.from_flat_index(take().index); }
  bool expression_follows() const {
    return peek().kind != Token::Kind::symbol || next_is(Symbol::count, Symbol::divide) ||
           next_is(Symbol::quarter, Symbol::date) || next_is(Symbol::share, Symbol::growth);
  }

  Query read_core() {
    Query query;
    query.distinct = take_if(Symbol::distinct);
    while (expression_follows()) query.select.push_back(read_expression());
    while (take_if(Symbol::join)) query.extra_tables.push_back(take().index);
    while (take_if(Symbol::on)) {
      const ColumnRef left = take_column();
      query.join_hints.push_back({left, take_column()});
    }
    if (take_if(Symbol::where)) query.where = read_condition();
    if (take_if(Symbol::group)) {
      while (expression_follows()) query.group_by.push_back(read_expression());
    }
    if (take_if(Symbol::having)) query.having = read_condition();
    while (next_is(Symbol::order_asc, Symbol::order_desc)) {
      const bool descending = take_symbol() == Symbol::order_desc;
      query.order_by.push_back({read_expression(), descending});
    }
    if (take_if(Symbol::limit)) query.limit = read_literal();
    if (take_if(Symbol::per)) {
      while (expression_follows()) query.limit_per.push_back(read_expression());
    }
    return query;
  }

  Literal read_literal() {
    const Token token = take();
    Literal literal;
    if (token.kind == Token::Kind::value) {
      literal.candidate = token.index;
    } else if (static_cast<Symbol>(token.index) == Symbol::any_value) {
      literal.kind = Literal::Kind::any;
    } else {
      literal.kind = Literal::Kind::number;
      literal.text = static_cast<Symbol>(token.index) == Symbol::one ? "1" : "0";
    }
    return literal;
  }

  ExpressionPtr read_expression() {
    const auto make = [](auto node) {
      return std::make_shared<const Expression>(Expression{std::move(node)});
    };
    const Token token = peek();
    if (token.kind == Token::Kind::column) return make(take_column());
    if (token.kind == Token::Kind::table) return make(StarOf{take().index});
    if (token.kind == Token::Kind::value || next_is(Symbol::one)) return make(read_literal());
    if (next_is(Symbol::count, Symbol::max) || next_is(Symbol::share, Symbol::growth)) {
      return make(read_aggregate());
    }
    const Symbol symbol = take_symbol();
    if (is_function(symbol)) {
      return make(FunctionCall{function_of(symbol), read_expression()});
    }
    if (symbol == Symbol::subquery) return make(RowsOf{read_chain()});
    const auto op = static_cast<Arithmetic>(offset_from(Symbol::add, symbol));
    ExpressionPtr left = read_expression();
    return make(Binary{op, std::move(left), read_expression()});
  }

  AggregateCall read_aggregate() {
    AggregateCall call;
    if (next_is(Symbol::share, Symbol::growth)) {
      call.over = static_cast<Over>(offset_from(Symbol::share, take_symbol()) +
                                    static_cast<int>(Over::share));
    }
    call.aggregate = static_cast<Aggregate>(offset_from(Symbol::count, take_symbol()));
    if (take_if(Symbol::when)) call.when = read_leaf();
    call.distinct = take_if(Symbol::distinct_argument);
    call.argument = read_expression();
    return call;
  }

  ConditionPtr read_condition() {
    Or any;
    append_flat(any, read_conjunction());
    while (take_if(Symbol::or_)) {
      append_flat(any, read_conjunction());
    }
    if (any.parts.size() == 1) return any.parts.front();
    return std::make_shared<const Condition>(Condition{std::move(any)});
  }
  ConditionPtr read_conjunction() {
    And all;
    append_flat(all, read_leaf());
    while (take_if(Symbol::and_)) append_flat(all, read_leaf());
    if (all.parts.size() == 1) return all.parts.front();
    return std::make_shared<const Condition>(Condition{std::move(all)});
  }
  // (a AND b) AND c is a AND b AND c: parentheses that change nothing leave no trace.
  template <typename Connective>
  static void append_flat(Connective& connective, ConditionPtr part) {
    if (const auto* same = std::get_if<Connective>(&part->node)) {
      connective.parts.insert(connective.parts.end(), same->parts.begin(), same->parts.end());
    } else {
      connective.parts.push_back(std::move(part));
    }
  }
  ConditionPtr read_leaf() {
    if (take_if(Symbol::open)) {
      ConditionPtr inner = read_condition();
      take_symbol();  // CLOSE
      return inner;
    }
    Predicate predicate;
    predicate.left = read_expression();
    const OperatorName* name = find_operator(take_symbol());
    predicate.op = name->op;
    predicate.negated = name->negated;
    if (predicate.op != Comparison::is_null) predicate.operands.push_back(read_operand());
    if (predicate.op == Comparison::between) predicate.operands.push_back(read_operand());
    if (predicate.op == Comparison::in) {
      while (peek().kind == Token::Kind::value) predicate.operands.push_back(read_operand());
    }
    return std::make_shared<const Condition>(Condition{std::move(predicate)});
  }
  std::variant<Literal, QueryPtr, ExpressionPtr> read_operand() {
    if (take_if(Symbol::subquery)) return read_chain();
    if (take_if(Symbol::as_column)) return read_expression();
    return read_literal();
  }

  const std::vector<Token>& tokens_;
  const Schema& schema_;
  std::size_t position_ = 0;
};

bool in_schema(Token token, const Schema& schema, int columns) {
  switch (token.kind) {
    case Token::Kind::column:
      return token.index >= 0 && token.index < columns;
    case Token::Kind::table:
      return token.index >= 0 && token.index < static_cast<int>(schema.tables.size());
    default:
      return token.index >= 0;
  }
}

}  // namespace

Result<Query> from_tokens(const std::vector<Token>& tokens, const Schema& schema) {
  Grammar grammar;
  const int columns = schema.column_count();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool fits = !grammar.complete() && admits(grammar.allowed(), tokens[i]) &&
                      in_schema(tokens[i], schema, columns);
    if (!fits) {
      return make_error(
          ErrorCode::invalid_argument,
          "word " + std::to_string(i + 1) + " breaks the grammar: " + to_text(tokens, schema));
    }
    grammar.advance(tokens[i]);
  }
  if (!grammar.complete()) {
    return make_error(ErrorCode::invalid_argument,
                      "the sentence is not finished: " + to_text(tokens, schema));
  }
  return *TokenReader(tokens, schema).read_chain();
}

}  // namespace idi::ir
