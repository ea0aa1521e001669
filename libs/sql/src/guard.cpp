// The guard's own check works on tokens alone and refuses what it does not know to be harmless; the
// engine's parser is asked afterwards. Either can refuse.
//
// Why comments are refused: MySQL executes some of them, and a tokenizer that disagrees with the
// engine about where a comment ends is the classic way around a filter. The same holds for a
// backslash before a quote, whose meaning depends on the server's settings.
#include "idi/sql/guard.hpp"

#include "forbidden.hpp"
#include "idi/core/text.hpp"
#include "tokenizer.hpp"

namespace idi::sql {
namespace {

using Kind = SqlToken::Kind;

Error refused(std::string message, std::string hint = {}) {
  return make_error(ErrorCode::refused, std::move(message), std::move(hint));
}

class TokenCheck {
 public:
  TokenCheck(const std::vector<SqlToken>& tokens, Dialect dialect)
      : tokens_(tokens), dialect_(dialect) {}

  Status run() const {
    IDI_CHECK(check_kinds());
    if (tokens_.empty()) return refused("the statement is empty");
    IDI_CHECK(check_reads());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      IDI_CHECK(check_token(i));
    }
    return {};
  }

 private:
  bool punctuation(std::size_t index, std::string_view text) const {
    return index < tokens_.size() && tokens_[index].kind == Kind::punctuation &&
           tokens_[index].text == text;
  }
  /// The unquoted word in lower case; empty for anything else.
  std::string word(std::size_t index) const {
    if (index >= tokens_.size() || tokens_[index].kind != Kind::word) return {};
    return text::to_lower_ascii(tokens_[index].text);
  }
  bool is_name(std::size_t index) const {
    return tokens_[index].kind == Kind::word || tokens_[index].kind == Kind::quoted_identifier ||
           (dialect_ == Dialect::mysql && tokens_[index].quote == '"');
  }

  Status check_kinds() const {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const SqlToken& token = tokens_[i];
      if (token.kind == Kind::comment) {
        return refused("the statement has a comment", "Remove it; comments are never run.");
      }
      if (token.kind == Kind::parameter) {
        return refused("the statement has a parameter or variable: " + token.text,
                       "Write the value in its place.");
      }
      if (punctuation(i, ":=")) return refused("the statement assigns a variable");
      if (punctuation(i, ";")) {
        return refused("there is more than one statement", "Send them one at a time.");
      }
    }
    return {};
  }

  /// SELECT, VALUES or WITH … SELECT; parentheses may stand before.
  Status check_reads() const {
    std::size_t first = 0;
    while (punctuation(first, "(")) ++first;
    const std::string verb = word(first);
    if (verb == "select" || verb == "values") return {};
    if (verb == "with") return check_with(first + 1);
    return refused("only statements that read are run, and this one begins with '" +
                       (first < tokens_.size() ? tokens_[first].text : std::string()) + "'",
                   "Begin with SELECT or WITH.");
  }

  /// name [(columns)] AS [NOT MATERIALIZED] ( query ), … and then the reading verb.
  Status check_with(std::size_t at) const {
    if (word(at) == "recursive") ++at;
    for (;;) {
      if (at >= tokens_.size() || !is_name(at)) return refused("a WITH that is not understood");
      ++at;
      if (punctuation(at, "(")) at = after_parentheses(at);
      if (word(at) != "as") return refused("a WITH that is not understood");
      ++at;
      if (word(at) == "not") ++at;
      if (word(at) == "materialized") ++at;
      if (!punctuation(at, "(")) return refused("a WITH that is not understood");
      const std::string verb = word(at + 1);
      if (verb != "select" && verb != "values" && verb != "with" && !punctuation(at + 1, "(")) {
        return refused("a WITH whose part does more than read");
      }
      at = after_parentheses(at);
      if (!punctuation(at, ",")) break;
      ++at;
    }
    while (punctuation(at, "(")) ++at;
    const std::string verb = word(at);
    if (verb == "select" || verb == "values") return {};
    return refused("a WITH that does more than read");
  }
  std::size_t after_parentheses(std::size_t at) const {
    int depth = 0;
    for (; at < tokens_.size(); ++at) {
      if (punctuation(at, "(")) ++depth;
      if (punctuation(at, ")") && --depth == 0) return at + 1;
    }
    return at;
  }

  Status check_token(std::size_t index) const {
    const std::string plain = word(index);
    const bool qualified = index > 0 && punctuation(index - 1, ".");
    if (!plain.empty() && !qualified) {
      if (is_forbidden_word(plain)) {
        return refused("the word " + plain + " is not allowed in a statement that reads",
                       "If it is a name, put it in quotes.");
      }
      if (plain == "replace" && !punctuation(index + 1, "(")) {
        return refused("the word replace is not allowed in a statement that reads");
      }
      const std::string next = word(index + 1);
      const bool locks = (plain == "for" && (next == "share" || next == "key" || next == "no")) ||
                         (plain == "lock" && next == "in");
      if (locks) return refused("the statement would lock rows");
      if (dialect_ == Dialect::postgres && plain == "u" && punctuation(index + 1, "&")) {
        return refused("a text or name with Unicode escapes", "Write the characters themselves.");
      }
    }
    if (!is_name(index)) return {};
    const std::string name = text::to_lower_ascii(tokens_[index].text);
    if (punctuation(index + 1, "(") && is_forbidden_function(name, dialect_)) {
      return refused("the function " + name + " is not allowed");
    }
    if (is_forbidden_relation(name, dialect_)) {
      return refused("the relation " + name + " is not allowed");
    }
    // SQLite takes a table-valued function without parentheses too.
    if (dialect_ == Dialect::sqlite && name.starts_with("pragma_") && !qualified) {
      const std::string before = index > 0 ? word(index - 1) : std::string();
      if (before == "from" || before == "join" || (index > 0 && punctuation(index - 1, ","))) {
        return refused("the function " + name + " is not allowed");
      }
    }
    return {};
  }

  const std::vector<SqlToken>& tokens_;
  Dialect dialect_;
};

Status check_bytes(std::string_view statement, Dialect dialect) {
  if (statement.size() > SqlGuard::max_statement_bytes) {
    return make_error(
        ErrorCode::limit_exceeded,
        "the statement is longer than " + std::to_string(SqlGuard::max_statement_bytes) + " bytes");
  }
  if (statement.find('\0') != std::string_view::npos) {
    return refused("the statement has a NUL byte");
  }
  if (!text::is_valid_utf8(statement)) return refused("the statement is not valid UTF-8");
  const bool escapes = statement.find("\\'") != std::string_view::npos ||
                       statement.find("\\\"") != std::string_view::npos ||
                       statement.find("\\`") != std::string_view::npos;
  if (escapes && dialect != Dialect::sqlite) {
    return refused("a backslash before a quote", "Double the quote instead: ''.");
  }
  return {};
}

/// Without the semicolons and blanks at the end.
std::string_view without_terminator(std::string_view statement) {
  statement = text::trim(statement);
  while (statement.ends_with(';'))
    statement = text::trim(statement.substr(0, statement.size() - 1));
  return statement;
}

}  // namespace

Result<ApprovedStatement> SqlGuard::approve(std::string_view statement) const {
  IDI_CHECK(check_bytes(statement, dialect_));
  const std::string_view single = without_terminator(statement);
  IDI_TRY(const std::vector<SqlToken> tokens, tokenize(single, dialect_));
  IDI_CHECK(TokenCheck(tokens, dialect_).run());
  IDI_CHECK(inspector_.inspect(single));
  return ApprovedStatement(std::string(single));
}

}  // namespace idi::sql
