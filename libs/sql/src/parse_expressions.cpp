#include <array>

#include "idi/core/text.hpp"
#include "no_words.hpp"
#include "statement_parser.hpp"

namespace idi::sql {

using ast::ExpressionPtr;
using Kind = ast::Kind;

namespace {

ExpressionPtr make(Kind kind, std::string name = {}, std::vector<ExpressionPtr> arguments = {}) {
  auto expression = std::make_shared<ast::Expression>();
  expression->kind = kind;
  expression->name = std::move(name);
  expression->arguments = std::move(arguments);
  return expression;
}

}  // namespace

Result<ExpressionPtr> StatementParser::parse_expression() {
  const Nesting nesting(depth_);
  IDI_CHECK(check_nesting());
  return parse_or();
}
Result<ExpressionPtr> StatementParser::parse_or() {
  IDI_TRY(ExpressionPtr left, parse_and());
  while (take_if("or")) {
    IDI_CHECK(count_operator());
    IDI_TRY(ExpressionPtr right, parse_and());
    left = make(Kind::binary, "or", {left, right});
  }
  return left;
}
Result<ExpressionPtr> StatementParser::parse_and() {
  IDI_TRY(ExpressionPtr left, parse_not());
  while (take_if("and")) {
    IDI_CHECK(count_operator());
    IDI_TRY(ExpressionPtr right, parse_not());
    left = make(Kind::binary, "and", {left, right});
  }
  return left;
}
Result<ExpressionPtr> StatementParser::parse_not() {
  bool negated = false;
  while (take_if("not")) negated = !negated;
  IDI_TRY(ExpressionPtr inner, parse_comparison());
  return negated ? make(Kind::negation, {}, {inner}) : inner;
}

/// "=", "! =", "<>", … or empty.
std::string StatementParser::take_comparison() {
  static constexpr std::array<std::string_view, 8> operators = {"=",  "==", "!=", "<>",
                                                                "<=", ">=", "<",  ">"};
  if (next_is("!") && next_is("=", 1)) {
    position_ += 2;
    return "!=";
  }
  for (const std::string_view op : operators) {
    if (!take_if(op)) continue;
    if (op == "==") return "=";
    if (op == "<>") return "!=";
    if ((op == "<" || op == ">") && take_if("=")) return std::string(op) + "=";
    if (op == "<" && take_if(">")) return "!=";
    return std::string(op);
  }
  return {};
}

Result<ExpressionPtr> StatementParser::parse_comparison() {
  IDI_TRY(ExpressionPtr left, parse_sum());
  for (bool chained = false;; chained = true) {
    if (chained) IDI_CHECK(count_operator());
    const std::string op = take_comparison();
    if (!op.empty()) {
      if (next_is("all") || next_is("any") || next_is("some")) return no_words_for("ALL and ANY");
      IDI_TRY(ExpressionPtr right, parse_sum());
      left = make(Kind::binary, op, {left, right});
      continue;
    }
    if (take_if("is")) {
      const bool negated = take_if("not");
      if (!take_if("null")) return no_words_for("IS with anything but NULL");
      left = make(Kind::is_null, {}, {left});
      left->negated = negated;
      continue;
    }
    if (take_if("notnull")) {
      left = make(Kind::is_null, {}, {left});
      left->negated = true;
      continue;
    }
    const bool negated = next_is("not") && (next_is("in", 1) || next_is("like", 1) ||
                                            next_is("between", 1) || next_is("glob", 1));
    if (negated) ++position_;
    if (take_if("in")) {
      IDI_TRY(left, parse_in(left));
    } else if (take_if("like") || take_if("ilike")) {
      IDI_TRY(ExpressionPtr pattern, parse_sum());
      if (next_is("escape")) return no_words_for("ESCAPE");
      left = make(Kind::like, {}, {left, pattern});
    } else if (take_if("between")) {
      IDI_TRY(ExpressionPtr low, parse_sum());
      IDI_CHECK(expect("and"));
      IDI_TRY(ExpressionPtr high, parse_sum());
      left = make(Kind::between, {}, {left, low, high});
    } else if (next_is("glob") || next_is("regexp") || next_is("match")) {
      return no_words_for("GLOB, REGEXP and MATCH");
    } else {
      return left;
    }
    left->negated = negated;
  }
}

Result<ExpressionPtr> StatementParser::parse_in(ExpressionPtr left) {
  IDI_CHECK(expect("("));
  if (next_is("select")) {
    ExpressionPtr result = make(Kind::in_query, {}, {std::move(left)});
    IDI_TRY(result->select, parse_chain());
    IDI_CHECK(expect(")"));
    return result;
  }
  ExpressionPtr result = make(Kind::in_list, {}, {std::move(left)});
  do {
    IDI_TRY(ExpressionPtr value, parse_expression());
    result->arguments.push_back(std::move(value));
  } while (take_if(","));
  IDI_CHECK(expect(")"));
  return result;
}

Result<ExpressionPtr> StatementParser::parse_sum() {
  IDI_TRY(ExpressionPtr left, parse_product());
  while (next_is("+") || next_is("-")) {
    IDI_CHECK(count_operator());
    const std::string op = tokens_[position_++].text;
    IDI_TRY(ExpressionPtr right, parse_product());
    left = make(Kind::binary, op, {left, right});
  }
  return left;
}
Result<ExpressionPtr> StatementParser::parse_product() {
  IDI_TRY(ExpressionPtr left, parse_joined());
  while (next_is("*") || next_is("/")) {
    IDI_CHECK(count_operator());
    const std::string op = tokens_[position_++].text;
    IDI_TRY(ExpressionPtr right, parse_joined());
    left = make(Kind::binary, op, {left, right});
  }
  if (next_is("%")) return no_words_for("the remainder operator");
  return left;
}
Result<ExpressionPtr> StatementParser::parse_joined() {
  IDI_TRY(ExpressionPtr left, parse_unary());
  while (take_if("||")) {
    IDI_CHECK(count_operator());
    IDI_TRY(ExpressionPtr right, parse_unary());
    left = make(Kind::binary, "||", {left, right});
  }
  return left;
}
Result<ExpressionPtr> StatementParser::parse_unary() {
  const Nesting nesting(depth_);
  IDI_CHECK(check_nesting());
  if (take_if("+")) return parse_unary();
  if (!take_if("-")) return parse_primary();
  IDI_TRY(ExpressionPtr inner, parse_unary());
  if (inner->kind != Kind::number) return make(Kind::minus, {}, {inner});
  inner->text = inner->text.front() == '-' ? inner->text.substr(1) : "-" + inner->text;
  return inner;
}

Result<ExpressionPtr> StatementParser::parse_primary() {
  const SqlToken* token = peek();
  if (token == nullptr) return unexpected("an expression");
  switch (token->kind) {
    case SqlToken::Kind::number:
    case SqlToken::Kind::string: {
      const bool number = token->kind == SqlToken::Kind::number;
      ExpressionPtr literal = make(number ? Kind::number : Kind::text);
      literal->text = token->text;
      ++position_;
      return literal;
    }
    case SqlToken::Kind::word:
    case SqlToken::Kind::quoted_identifier:
      return parse_name_or_call();
    case SqlToken::Kind::blob:
      return no_words_for("blob literals");
    case SqlToken::Kind::parameter:
      return no_words_for("parameters");
    case SqlToken::Kind::punctuation:
    case SqlToken::Kind::comment:
      break;
  }
  if (take_if("*")) return make(Kind::star);
  if (!take_if("(")) return unexpected("an expression");
  ExpressionPtr inner;
  if (next_is("select")) {
    inner = make(Kind::subquery);
    IDI_TRY(inner->select, parse_chain());
  } else {
    IDI_TRY(inner, parse_expression());
  }
  IDI_CHECK(expect(")"));
  return inner;
}

Result<ExpressionPtr> StatementParser::parse_name_or_call() {
  const SqlToken& token = tokens_[position_];
  if (token.kind == SqlToken::Kind::word) {
    if (next_is("null")) {
      ++position_;
      return make(Kind::null);
    }
    if (next_is("case")) return parse_case();
    if (next_is("exists") && next_is("(", 1)) return no_words_for("EXISTS");
    if (next_is("cast") && next_is("(", 1)) return parse_cast();
    if (next_is("(", 1) && !is_clause_word(token.text)) return parse_call();
    if (is_clause_word(token.text) && !next_is(".", 1)) return unexpected("an expression");
  }
  ExpressionPtr column = make(Kind::column, token.text);
  column->double_quoted = token.quote == '"';
  ++position_;
  while (take_if(".")) {
    if (take_if("*")) {
      ExpressionPtr star = make(Kind::star);
      star->qualifier = column->name;
      return star;
    }
    if (!name_follows()) return unexpected("a column");
    column->qualifier = std::move(column->name);  // of main.singer.name the last two count
    column->name = tokens_[position_++].text;
    column->double_quoted = false;
  }
  return column;
}

Result<ExpressionPtr> StatementParser::parse_cast() {
  position_ += 2;
  ExpressionPtr cast = make(Kind::cast);
  IDI_TRY(ExpressionPtr inner, parse_expression());
  cast->arguments.push_back(std::move(inner));
  IDI_CHECK(expect("as"));
  if (!name_follows()) return unexpected("a type");
  cast->name = text::to_lower_ascii(tokens_[position_++].text);
  while (!next_is(")")) {
    if (peek() == nullptr) return unexpected("')'");
    ++position_;  // DECIMAL(10, 2), DOUBLE PRECISION
    if (next_is(")") && next_is(")", 1)) ++position_;
  }
  IDI_CHECK(expect(")"));
  return cast;
}

Result<ExpressionPtr> StatementParser::parse_call() {
  ExpressionPtr call = make(Kind::call, text::to_lower_ascii(tokens_[position_].text));
  position_ += 2;
  call->distinct = take_if("distinct");
  if (!next_is(")")) {
    do {
      IDI_TRY(ExpressionPtr argument, parse_expression());
      call->arguments.push_back(std::move(argument));
    } while (take_if(","));
  }
  IDI_CHECK(expect(")"));
  if (next_is("filter") && next_is("(", 1)) {
    position_ += 2;
    IDI_CHECK(expect("where"));
    IDI_TRY(call->filter, parse_expression());
    IDI_CHECK(expect(")"));
  }
  if (next_is("over")) {
    if (!next_is("(", 1)) return no_words_for("windows with a name");
    position_ += 2;
    IDI_TRY(call->over, parse_window());
  }
  return call;
}

Result<ast::WindowPtr> StatementParser::parse_window() {
  auto window = std::make_shared<ast::Window>();
  if (take_if("partition")) {
    IDI_CHECK(expect("by"));
    do {
      IDI_TRY(ExpressionPtr key, parse_expression());
      window->partition_by.push_back(std::move(key));
    } while (take_if(","));
  }
  if (take_if("order")) {
    IDI_TRY(window->order_by, parse_order());
  }
  if (next_is("rows") || next_is("range") || next_is("groups")) {
    return no_words_for("the frame of a window");
  }
  IDI_CHECK(expect(")"));
  return window;
}

Result<ExpressionPtr> StatementParser::parse_case() {
  const Nesting nesting(depth_);
  IDI_CHECK(check_nesting());
  ++position_;
  ExpressionPtr choice = make(Kind::choice);
  if (!next_is("when")) {
    IDI_TRY(choice->operand, parse_expression());
  }
  while (take_if("when")) {
    IDI_CHECK(count_operator());
    IDI_TRY(ExpressionPtr condition, parse_expression());
    IDI_CHECK(expect("then"));
    IDI_TRY(ExpressionPtr value, parse_expression());
    choice->arguments.push_back(std::move(condition));
    choice->arguments.push_back(std::move(value));
  }
  if (choice->arguments.empty()) return unexpected("WHEN");
  if (take_if("else")) {
    IDI_TRY(choice->otherwise, parse_expression());
  }
  IDI_CHECK(expect("end"));
  return choice;
}

}  // namespace idi::sql
