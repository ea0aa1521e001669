#include <string>

#include "idi/nano_format/nano_format.hpp"
#include "spelling.hpp"

namespace idi::nano_format {
namespace {

using Kind = ir::Token::Kind;
using ir::Symbol;

std::string quoted(Symbol symbol) { return "\" " + word_of(symbol) + '"'; }

std::string any_of(Symbol first, Symbol last) {
  std::string text;
  for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
    if (!text.empty()) text += " | ";
    text += quoted(static_cast<Symbol>(i));
  }
  return text;
}

std::string pointers(Kind kind, const SymbolTable& symbols) {
  std::string text;
  for (const int number : symbols.numbers(kind)) {
    if (!text.empty()) text += " | ";
    text += '"' + std::to_string(number) + '"';
  }
  return text;
}

std::string bounds(int least, int most) {
  return '{' + std::to_string(least) + ',' + std::to_string(most) + '}';
}

}  // namespace

std::string symbolic_grammar(const SymbolTable& symbols) {
  using ir::Grammar;
  const std::string tables = pointers(Kind::table, symbols);
  const std::string columns = pointers(Kind::column, symbols);
  const std::string values = pointers(Kind::value, symbols);
  // A rule that matches nothing would be refused; what the prompt does not show has no rule.
  const std::string value_or = values.empty() ? "" : "value | ";
  std::string text;
  const auto rule = [&](std::string_view name, const std::string& body) {
    text += std::string(name) + " ::= " + body + '\n';
  };
  rule("root", "chain");
  rule("chain", "core (setop core)" + bounds(0, Grammar::max_set_operators) + " | " +
                    quoted(Symbol::count) + ' ' + quoted(Symbol::subquery) + " inner");
  rule("inner", "chain " + quoted(Symbol::end));
  rule("setop", any_of(Symbol::unite, Symbol::except));
  rule("core", quoted(Symbol::distinct) + "? item" + bounds(1, Grammar::max_items) + " (" +
                   quoted(Symbol::join) + " table)" + bounds(0, Grammar::max_join_tables) + " (" +
                   quoted(Symbol::on) + " column column)" + bounds(0, Grammar::max_join_hints) +
                   " (" + quoted(Symbol::where) + " cond)? (" + quoted(Symbol::group) + " key" +
                   bounds(1, Grammar::max_group_keys) + " (" + quoted(Symbol::having) +
                   " cond)?)? (order expr)" + bounds(0, Grammar::max_order_items) + " (" +
                   quoted(Symbol::limit) + " (" + value_or + quoted(Symbol::one) + "))?");
  rule("order", any_of(Symbol::order_asc, Symbol::order_desc));
  rule("item", "expr | table");
  rule("expr", "plain | agg " + quoted(Symbol::distinct_argument) + "? plain | " +
                   quoted(Symbol::count) + " table | arith expr term");
  rule("plain", "key | arith plain (plain | " + value_or + quoted(Symbol::one) + ')');
  rule("key", "column | func column");
  rule("agg", any_of(Symbol::count, Symbol::max));
  rule("func", any_of(Symbol::year, Symbol::day));
  rule("arith", any_of(Symbol::add, Symbol::divide));
  rule("term", "expr | " + value_or + quoted(Symbol::one));
  rule("cond", "leaf ((" + any_of(Symbol::and_, Symbol::or_) + ") leaf)" +
                   bounds(0, Grammar::max_conditions - 1));
  rule("leaf", quoted(Symbol::open) + " cond " + quoted(Symbol::close) +
                   " | expr (compare operand | like text | range operand operand | isin set | " +
                   any_of(Symbol::is_null, Symbol::not_null) + ')');
  rule("compare", any_of(Symbol::equal, Symbol::greater_equal));
  rule("like", any_of(Symbol::like, Symbol::not_like_suffix));
  rule("range", any_of(Symbol::between, Symbol::not_between));
  rule("isin", any_of(Symbol::in, Symbol::not_in));
  rule("text", value_or + quoted(Symbol::any_value));
  rule("subquery", quoted(Symbol::subquery) + " inner");
  rule("set", (values.empty() ? "" : "value" + bounds(1, Grammar::max_in_values) + " | ") +
                  quoted(Symbol::any_value) + " | subquery");
  rule("operand", value_or + any_of(Symbol::any_value, Symbol::zero) + " | " +
                      quoted(Symbol::as_column) + " expr | subquery");
  rule("column", "\" C\" (" + columns + ')');
  rule("table", "\" T\" (" + tables + ')');
  if (!values.empty()) rule("value", "\" V\" (" + values + ')');
  return text;
}

}  // namespace idi::nano_format
