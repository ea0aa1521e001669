// Tree → tokens. The automaton judges the outcome, so that to_tokens never writes what from_tokens
// would refuse.
#include <optional>

#include "idi/core/schema.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "symbols.hpp"

namespace idi::ir {
namespace {

class TokenWriter {
 public:
  explicit TokenWriter(const Schema& schema) : schema_(schema) {}

  std::vector<Token> take() { return std::move(tokens_); }
  /// Empty if everything could be written.
  const std::optional<Error>& problem() const { return problem_; }

  void write_chain(const Query& query) {
    const Query* part = &query;
    write_core(*part);
    while (part->set_operator && part->set_right) {
      put(shifted(Symbol::unite, static_cast<int>(*part->set_operator)));
      part = part->set_right.get();
      write_core(*part);
    }
    put(Symbol::end);
  }

 private:
  void put(Symbol symbol) { tokens_.push_back({Token::Kind::symbol, static_cast<int>(symbol)}); }
  void fail(std::string message) {
    if (!problem_) problem_ = make_error(ErrorCode::not_supported, std::move(message));
  }
  void put_column(ColumnRef column) {
    const bool known =
        column.table >= 0 && column.table < static_cast<int>(schema_.tables.size()) &&
        column.column >= 0 &&
        column.column <
            static_cast<int>(schema_.tables[static_cast<std::size_t>(column.table)].columns.size());
    if (!known) return fail("the query names a column that the schema does not have");
    tokens_.push_back({Token::Kind::column, schema_.flat_index(column)});
  }
  void put_table(int table) {
    if (table < 0 || table >= static_cast<int>(schema_.tables.size())) {
      return fail("the query names a table that the schema does not have");
    }
    tokens_.push_back({Token::Kind::table, table});
  }

  void write_core(const Query& query) {
    if (query.distinct) put(Symbol::distinct);
    for (const ExpressionPtr& item : query.select) write(*item);
    for (const int table : query.extra_tables) {
      put(Symbol::join);
      put_table(table);
    }
    for (const JoinHint& hint : query.join_hints) {
      put(Symbol::on);
      put_column(hint.left);
      put_column(hint.right);
    }
    if (query.where) {
      put(Symbol::where);
      write(*query.where);
    }
    if (!query.group_by.empty()) {
      put(Symbol::group);
      for (const ExpressionPtr& key : query.group_by) write(*key);
    }
    if (query.having) {
      put(Symbol::having);
      write(*query.having);
    }
    for (const OrderItem& item : query.order_by) {
      put(item.descending ? Symbol::order_desc : Symbol::order_asc);
      write(*item.expression);
    }
    if (query.limit) {
      put(Symbol::limit);
      write(*query.limit);
    }
    if (!query.limit_per.empty()) {
      put(Symbol::per);
      for (const ExpressionPtr& key : query.limit_per) write(*key);
    }
  }

  void write(const Literal& literal) {
    if (literal.candidate >= 0) {
      tokens_.push_back({Token::Kind::value, literal.candidate});
    } else if (literal.kind == Literal::Kind::any) {
      put(Symbol::any_value);
    } else if (literal.text == "1") {
      put(Symbol::one);
    } else if (literal.text == "0") {
      put(Symbol::zero);
    } else {
      fail("the value '" + literal.text + "' is not among the candidates");
    }
  }

  void write(const Expression& expression) {
    std::visit([this](const auto& node) { write_node(node); }, expression.node);
  }
  void write_node(ColumnRef column) { put_column(column); }
  void write_node(StarOf star) { put_table(star.table); }
  void write_node(const AggregateCall& call) {
    if (call.over != Over::itself) {
      put(shifted(Symbol::share, static_cast<int>(call.over) - static_cast<int>(Over::share)));
    }
    put(shifted(Symbol::count, static_cast<int>(call.aggregate)));
    if (call.when) {
      put(Symbol::when);
      const bool several = !std::holds_alternative<Predicate>(call.when->node);
      if (several) put(Symbol::open);
      write(*call.when);
      if (several) put(Symbol::close);
    }
    if (call.distinct) put(Symbol::distinct_argument);
    write(*call.argument);
  }
  void write_node(const FunctionCall& call) {
    put(symbol_of(call.function));
    write(*call.argument);
  }
  void write_node(const Binary& binary) {
    put(shifted(Symbol::add, static_cast<int>(binary.op)));
    write(*binary.left);
    write(*binary.right);
  }
  void write_node(const Literal& literal) { write(literal); }
  void write_node(const RowsOf& rows) {
    put(Symbol::subquery);
    write_chain(*rows.query);
  }

  void write(const Condition& condition) {
    std::visit([this](const auto& node) { write_node(node); }, condition.node);
  }
  void write_node(const And& all) { write_parts(all.parts, Symbol::and_); }
  void write_node(const Or& any) { write_parts(any.parts, Symbol::or_); }
  void write_parts(const std::vector<ConditionPtr>& parts, Symbol connective) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) put(connective);
      // AND binds tighter: only an OR within an AND needs parentheses.
      const bool enclosed =
          connective == Symbol::and_ && std::holds_alternative<Or>(parts[i]->node);
      if (enclosed) put(Symbol::open);
      write(*parts[i]);
      if (enclosed) put(Symbol::close);
    }
  }
  void write_node(const Predicate& predicate) {
    const OperatorName* name = find_operator(predicate.op, predicate.negated);
    if (name == nullptr) return fail("a negated comparison that has no word");
    write(*predicate.left);
    put(name->symbol);
    for (const auto& operand : predicate.operands) {
      if (const auto* literal = std::get_if<Literal>(&operand)) {
        write(*literal);
      } else if (const auto* query = std::get_if<QueryPtr>(&operand)) {
        put(Symbol::subquery);
        write_chain(**query);
      } else {
        put(Symbol::as_column);
        write(*std::get<ExpressionPtr>(operand));
      }
    }
  }

  const Schema& schema_;
  std::vector<Token> tokens_;
  std::optional<Error> problem_;
};

}  // namespace

Result<std::vector<Token>> to_tokens(const Query& query, const Schema& schema) {
  TokenWriter writer(schema);
  writer.write_chain(query);
  if (writer.problem()) return *writer.problem();
  std::vector<Token> tokens = writer.take();
  Grammar grammar;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (grammar.complete() || !admits(grammar.allowed(), tokens[i])) {
      return make_error(ErrorCode::not_supported,
                        "the query is outside the intermediate language: at word " +
                            std::to_string(i + 1) + " of: " + to_text(tokens, schema));
    }
    grammar.advance(tokens[i]);
  }
  return tokens;
}

std::string to_text(const std::vector<Token>& tokens, const Schema& schema) {
  std::string text;
  for (const Token& token : tokens) {
    if (!text.empty()) text += ' ';
    switch (token.kind) {
      case Token::Kind::symbol:
        text += token.index >= 0 && token.index < symbol_count
                    ? symbol_name(static_cast<Symbol>(token.index))
                    : std::string_view("?");
        break;
      case Token::Kind::column:
        if (token.index >= 0 && token.index < schema.column_count()) {
          const ColumnRef column = schema.from_flat_index(token.index);
          text += schema.table_of(column).name + "." + schema.column(column).name;
        } else {
          text += "?column";
        }
        break;
      case Token::Kind::table:
        text += token.index >= 0 && token.index < static_cast<int>(schema.tables.size())
                    ? schema.tables[static_cast<std::size_t>(token.index)].name + ".*"
                    : std::string("?table");
        break;
      case Token::Kind::value:
        text += "$" + std::to_string(token.index);
        break;
    }
  }
  return text;
}

}  // namespace idi::ir
