#include "select_parser.hpp"

#include <array>

#include "idi/core/text.hpp"
#include "tokenizer.hpp"

namespace idi::sql {
namespace {

using ast::Expression;
using ast::ExpressionPtr;
using Kind = ast::Kind;

/// Words that end an expression or a table reference, so they cannot be an alias without AS.
bool is_clause_word(std::string_view word) {
  static constexpr std::array<std::string_view, 36> words = {
      "select", "from",  "where",     "group", "having", "order", "limit", "offset", "union",
      "except", "on",    "intersect", "using", "join",   "inner", "left",  "right",  "full",
      "outer",  "cross", "natural",   "and",   "or",     "not",   "in",    "like",   "between",
      "is",     "as",    "asc",       "desc",  "when",   "then",  "else",  "end",    "by"};
  for (const std::string_view candidate : words) {
    if (text::equals_ignoring_ascii_case(word, candidate)) return true;
  }
  return false;
}

ExpressionPtr make(Kind kind, std::string name = {}, std::vector<ExpressionPtr> arguments = {}) {
  auto expression = std::make_shared<Expression>();
  expression->kind = kind;
  expression->name = std::move(name);
  expression->arguments = std::move(arguments);
  return expression;
}

class SelectParser {
 public:
  explicit SelectParser(std::vector<SqlToken> tokens) : tokens_(std::move(tokens)) {}

  Result<ast::SelectPtr> run() {
    IDI_TRY(ast::SelectPtr select, parse_chain());
    while (take_if(";")) {
    }
    if (position_ < tokens_.size()) return unexpected("the end of the statement");
    return select;
  }

 private:
  // ---- tokens
  const SqlToken* peek(std::size_t offset = 0) const {
    return position_ + offset < tokens_.size() ? &tokens_[position_ + offset] : nullptr;
  }
  bool next_is(std::string_view what, std::size_t offset = 0) const {
    const SqlToken* token = peek(offset);
    if (token == nullptr) return false;
    if (token->kind == SqlToken::Kind::punctuation) return token->text == what;
    return token->kind == SqlToken::Kind::word &&
           text::equals_ignoring_ascii_case(token->text, what);
  }
  bool take_if(std::string_view what) {
    if (!next_is(what)) return false;
    ++position_;
    return true;
  }
  Error unexpected(std::string_view wanted) const {
    const SqlToken* token = peek();
    const std::string found = token == nullptr ? "the end" : "'" + token->text + "'";
    return make_error(ErrorCode::sql_rejected,
                      "expected " + std::string(wanted) + " but found " + found, {},
                      token == nullptr ? "" : "at byte " + std::to_string(token->position + 1));
  }
  Status expect(std::string_view what) {
    if (!take_if(what)) return unexpected("'" + std::string(what) + "'");
    return {};
  }
  bool name_follows() const {
    const SqlToken* token = peek();
    return token != nullptr && (token->kind == SqlToken::Kind::quoted_identifier ||
                                token->kind == SqlToken::Kind::word);
  }
  static Error unsupported(std::string_view what) {
    return make_error(ErrorCode::not_supported,
                      "the intermediate representation has no words for: " + std::string(what));
  }

  /// Bounds the recursion of everything that nests.
  class Nesting {
   public:
    explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    int& depth_;
  };
  Status check_nesting() const {
    if (depth_ > max_nesting) {
      return make_error(ErrorCode::limit_exceeded, "the statement is nested deeper than " +
                                                       std::to_string(max_nesting) + " levels");
    }
    return {};
  }

  // ---- queries
  Result<ast::SelectPtr> parse_chain() {
    const Nesting nesting(depth_);
    IDI_CHECK(check_nesting());
    if (next_is("with")) return unsupported("WITH");
    if (next_is("values")) return unsupported("VALUES");
    IDI_TRY(ast::SelectPtr first, parse_core());
    ast::SelectPtr last = first;
    while (next_is("union") || next_is("intersect") || next_is("except")) {
      last->set_operator = text::to_lower_ascii(peek()->text);
      ++position_;
      if (take_if("all")) last->set_operator += " all";
      IDI_TRY(last->set_right, parse_core());
      last = last->set_right;
    }
    return first;
  }

  Result<ast::SelectPtr> parse_core() {
    IDI_CHECK(expect("select"));
    auto select = std::make_shared<ast::Select>();
    select->distinct = take_if("distinct");
    if (!select->distinct) take_if("all");
    do {
      IDI_TRY(ast::Item item, parse_item());
      select->items.push_back(std::move(item));
    } while (take_if(","));
    if (take_if("from")) {
      IDI_CHECK(parse_from(*select));
    }
    if (take_if("where")) {
      IDI_TRY(select->where, parse_expression());
    }
    if (take_if("group")) {
      IDI_CHECK(expect("by"));
      do {
        IDI_TRY(ExpressionPtr key, parse_expression());
        select->group_by.push_back(std::move(key));
      } while (take_if(","));
    }
    if (take_if("having")) {
      IDI_TRY(select->having, parse_expression());
    }
    if (take_if("order")) {
      IDI_CHECK(expect("by"));
      do {
        ast::OrderTerm term;
        IDI_TRY(term.expression, parse_expression());
        term.descending = take_if("desc");
        if (!term.descending) take_if("asc");
        select->order_by.push_back(std::move(term));
      } while (take_if(","));
    }
    if (take_if("limit")) {
      IDI_TRY(select->limit, parse_expression());
      if (next_is("offset") || next_is(",")) return unsupported("OFFSET");
    }
    if (next_is("window")) return unsupported("WINDOW");
    return select;
  }

  Result<ast::Item> parse_item() {
    ast::Item item;
    IDI_TRY(item.expression, parse_expression());
    if (take_if("as")) {
      if (!name_follows() && !string_follows()) return unexpected("a name after AS");
      item.alias = tokens_[position_++].text;
    } else if (name_follows() &&
               !(peek()->kind == SqlToken::Kind::word && is_clause_word(peek()->text))) {
      item.alias = tokens_[position_++].text;
    }
    return item;
  }
  bool string_follows() const {
    return peek() != nullptr && peek()->kind == SqlToken::Kind::string;
  }

  Status parse_from(ast::Select& select) {
    IDI_CHECK(parse_table(select, ast::JoinKind::comma));
    for (;;) {
      if (take_if(",")) {
        IDI_CHECK(parse_table(select, ast::JoinKind::comma));
        continue;
      }
      ast::JoinKind kind = ast::JoinKind::inner;
      bool any = false;
      if (take_if("natural")) {
        kind = ast::JoinKind::natural;
        any = true;
      }
      while (next_is("left") || next_is("right") || next_is("full") || next_is("outer")) {
        ++position_;
        kind = ast::JoinKind::outer;
        any = true;
      }
      while (next_is("inner") || next_is("cross")) {
        ++position_;
        any = true;
      }
      if (!take_if("join")) {
        if (any) return unexpected("JOIN");
        return {};
      }
      IDI_CHECK(parse_table(select, kind));
    }
  }

  Status parse_table(ast::Select& select, ast::JoinKind kind) {
    const Nesting nesting(depth_);
    IDI_CHECK(check_nesting());
    ast::TableReference reference;
    reference.join = kind;
    if (take_if("(")) {
      if (!next_is("select")) return unsupported("parentheses around joins");
      IDI_TRY(reference.derived, parse_chain());
      IDI_CHECK(expect(")"));
    } else {
      if (!name_follows()) return unexpected("a table");
      reference.name = tokens_[position_++].text;
      if (take_if(".")) {
        if (!name_follows()) return unexpected("a table");
        reference.name = tokens_[position_++].text;  // main.singer
      }
    }
    const bool has_as = take_if("as");
    if (has_as && !name_follows()) return unexpected("an alias");
    if (has_as || (name_follows() &&
                   !(peek()->kind == SqlToken::Kind::word && is_clause_word(peek()->text)))) {
      reference.alias = tokens_[position_++].text;
    }
    if (take_if("on")) {
      IDI_TRY(reference.on, parse_expression());
    } else if (take_if("using")) {
      IDI_CHECK(expect("("));
      do {
        if (!name_follows()) return unexpected("a column");
        reference.using_columns.push_back(tokens_[position_++].text);
      } while (take_if(","));
      IDI_CHECK(expect(")"));
    }
    select.from.push_back(std::move(reference));
    return {};
  }

  // ---- expressions, loosest first
  Result<ExpressionPtr> parse_expression() {
    const Nesting nesting(depth_);
    IDI_CHECK(check_nesting());
    return parse_or();
  }
  Result<ExpressionPtr> parse_or() {
    IDI_TRY(ExpressionPtr left, parse_and());
    while (take_if("or")) {
      IDI_TRY(ExpressionPtr right, parse_and());
      left = make(Kind::binary, "or", {left, right});
    }
    return left;
  }
  Result<ExpressionPtr> parse_and() {
    IDI_TRY(ExpressionPtr left, parse_not());
    while (take_if("and")) {
      IDI_TRY(ExpressionPtr right, parse_not());
      left = make(Kind::binary, "and", {left, right});
    }
    return left;
  }
  Result<ExpressionPtr> parse_not() {
    bool negated = false;
    while (take_if("not")) negated = !negated;
    IDI_TRY(ExpressionPtr inner, parse_comparison());
    return negated ? make(Kind::negation, {}, {inner}) : inner;
  }

  /// "=", "! =", "<>", … or empty.
  std::string take_comparison() {
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

  Result<ExpressionPtr> parse_comparison() {
    IDI_TRY(ExpressionPtr left, parse_sum());
    for (;;) {
      const std::string op = take_comparison();
      if (!op.empty()) {
        if (next_is("all") || next_is("any") || next_is("some")) return unsupported("ALL and ANY");
        IDI_TRY(ExpressionPtr right, parse_sum());
        left = make(Kind::binary, op, {left, right});
        continue;
      }
      if (take_if("is")) {
        const bool negated = take_if("not");
        if (!take_if("null")) return unsupported("IS with anything but NULL");
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
        if (next_is("escape")) return unsupported("ESCAPE");
        left = make(Kind::like, {}, {left, pattern});
      } else if (take_if("between")) {
        IDI_TRY(ExpressionPtr low, parse_sum());
        IDI_CHECK(expect("and"));
        IDI_TRY(ExpressionPtr high, parse_sum());
        left = make(Kind::between, {}, {left, low, high});
      } else if (next_is("glob") || next_is("regexp") || next_is("match")) {
        return unsupported("GLOB, REGEXP and MATCH");
      } else {
        return left;
      }
      left->negated = negated;
    }
  }

  Result<ExpressionPtr> parse_in(ExpressionPtr left) {
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

  Result<ExpressionPtr> parse_sum() {
    IDI_TRY(ExpressionPtr left, parse_product());
    while (next_is("+") || next_is("-")) {
      const std::string op = tokens_[position_++].text;
      IDI_TRY(ExpressionPtr right, parse_product());
      left = make(Kind::binary, op, {left, right});
    }
    if (next_is("||")) return unsupported("joining texts with ||");
    return left;
  }
  Result<ExpressionPtr> parse_product() {
    IDI_TRY(ExpressionPtr left, parse_unary());
    while (next_is("*") || next_is("/")) {
      const std::string op = tokens_[position_++].text;
      IDI_TRY(ExpressionPtr right, parse_unary());
      left = make(Kind::binary, op, {left, right});
    }
    if (next_is("%")) return unsupported("the remainder operator");
    return left;
  }
  Result<ExpressionPtr> parse_unary() {
    const Nesting nesting(depth_);
    IDI_CHECK(check_nesting());
    if (take_if("+")) return parse_unary();
    if (!take_if("-")) return parse_primary();
    IDI_TRY(ExpressionPtr inner, parse_unary());
    if (inner->kind != Kind::number) return make(Kind::minus, {}, {inner});
    inner->text = inner->text.front() == '-' ? inner->text.substr(1) : "-" + inner->text;
    return inner;
  }

  Result<ExpressionPtr> parse_primary() {
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
        return unsupported("blob literals");
      case SqlToken::Kind::parameter:
        return unsupported("parameters");
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

  Result<ExpressionPtr> parse_name_or_call() {
    const SqlToken& token = tokens_[position_];
    if (token.kind == SqlToken::Kind::word) {
      if (next_is("null")) {
        ++position_;
        return make(Kind::null);
      }
      if (next_is("case")) return unsupported("CASE");
      if (next_is("exists") && next_is("(", 1)) return unsupported("EXISTS");
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

  Result<ExpressionPtr> parse_cast() {
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

  Result<ExpressionPtr> parse_call() {
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
    if (next_is("over")) return unsupported("window functions");
    return call;
  }

  std::vector<SqlToken> tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<ast::SelectPtr> parse_select(std::string_view sql) {
  IDI_TRY(std::vector<SqlToken> tokens, tokenize(sql, Dialect::sqlite));
  std::erase_if(tokens,
                [](const SqlToken& token) { return token.kind == SqlToken::Kind::comment; });
  return SelectParser(std::move(tokens)).run();
}

}  // namespace idi::sql
