#include "select_parser.hpp"

#include <algorithm>
#include <array>

#include "idi/core/text.hpp"
#include "statement_parser.hpp"

namespace idi::sql {

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

Result<ast::SelectPtr> StatementParser::run() {
  IDI_TRY(ast::SelectPtr select, parse_chain());
  while (take_if(";")) {
  }
  if (position_ < tokens_.size()) return unexpected("the end of the statement");
  return select;
}

const SqlToken* StatementParser::peek(std::size_t offset) const {
  return position_ + offset < tokens_.size() ? &tokens_[position_ + offset] : nullptr;
}
bool StatementParser::next_is(std::string_view what, std::size_t offset) const {
  const SqlToken* token = peek(offset);
  if (token == nullptr) return false;
  if (token->kind == SqlToken::Kind::punctuation) return token->text == what;
  return token->kind == SqlToken::Kind::word && text::equals_ignoring_ascii_case(token->text, what);
}
bool StatementParser::take_if(std::string_view what) {
  if (!next_is(what)) return false;
  ++position_;
  return true;
}
Error StatementParser::unexpected(std::string_view wanted) const {
  const SqlToken* token = peek();
  const std::string found = token == nullptr ? "the end" : "'" + token->text + "'";
  return make_error(ErrorCode::sql_rejected,
                    "expected " + std::string(wanted) + " but found " + found, {},
                    token == nullptr ? "" : "at byte " + std::to_string(token->position + 1));
}
Status StatementParser::expect(std::string_view what) {
  if (!take_if(what)) return unexpected("'" + std::string(what) + "'");
  return {};
}
bool StatementParser::name_follows() const {
  const SqlToken* token = peek();
  return token != nullptr &&
         (token->kind == SqlToken::Kind::quoted_identifier || token->kind == SqlToken::Kind::word);
}
Status StatementParser::check_nesting() const {
  if (depth_ > max_nesting) {
    return make_error(ErrorCode::limit_exceeded, "the statement is nested deeper than " +
                                                     std::to_string(max_nesting) + " levels");
  }
  return {};
}

Status StatementParser::count_operator() {
  if (++operators_ > max_operators) {
    return make_error(ErrorCode::limit_exceeded, "the statement has more than " +
                                                     std::to_string(max_operators) + " operators");
  }
  return {};
}

Result<ast::SelectPtr> parse_select(std::string_view sql) {
  IDI_TRY(std::vector<SqlToken> tokens, tokenize(sql, Dialect::sqlite));
  std::erase_if(tokens,
                [](const SqlToken& token) { return token.kind == SqlToken::Kind::comment; });
  return StatementParser(std::move(tokens)).run();
}

}  // namespace idi::sql
