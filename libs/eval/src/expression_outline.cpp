#include "expression_outline.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "idi/core/text.hpp"

namespace idi::eval {
namespace {

using Kind = SqlPiece::Kind;

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "1.0", "1" and "01" are one literal.
std::string canonical_number(const std::string& text) {
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return text;
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// The one table of the nearest SELECT that has the column; nullopt if none or several.
std::optional<std::string> table_with_column(const std::string& column, const Scope& scope,
                                             const Schema* schema) {
  std::optional<std::string> found;
  for (const auto& [alias, table] : scope.tables) {
    if (table.empty() || (found && *found == table)) continue;
    const auto index = schema ? schema->find_table(table) : std::nullopt;
    if (schema && (!index || !schema->find_column(*index, column))) continue;
    if (found) return std::nullopt;
    found = table;
  }
  if (!found && schema && scope.outer) return table_with_column(column, *scope.outer, schema);
  return found;
}

/// The table that an alias stands for; the alias itself if nothing declares it.
std::string table_of(const std::string& alias, const Scope& scope) {
  const auto found = scope.tables.find(alias);
  if (found != scope.tables.end()) return found->second;
  return scope.outer ? table_of(alias, *scope.outer) : alias;
}

class ExpressionReader {
 public:
  ExpressionReader(std::span<const OutlineToken> tokens, const Scope& scope, const Schema* schema)
      : tokens_(tokens), scope_(scope), schema_(schema) {}

  ExpressionOutline read() {
    while (at_ < tokens_.size()) read_token();
    return std::move(outline_);
  }

 private:
  [[nodiscard]] bool next_is(std::string_view symbol) const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].is(symbol);
  }

  void read_token() {
    const OutlineToken& token = tokens_[at_];
    if (token.kind == Kind::number) {
      outline_.literals.push_back(canonical_number(token.lower));
    } else if (token.kind == Kind::text) {
      outline_.literals.push_back(token.name());
    } else if (token.kind == Kind::symbol) {
      read_symbol();
    } else {
      read_name();
    }
    ++at_;
  }

  void read_symbol() {
    const OutlineToken& token = tokens_[at_];
    constexpr std::array<std::string_view, 3> query_words = {"select", "with", "values"};
    if (token.is("(") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == Kind::word &&
        contains(query_words, tokens_[at_ + 1].lower)) {
      skip_parenthesised();
    } else if (token.is("*") && is_star()) {
      outline_.columns.emplace_back("*");
    } else if (token.is("+") || token.is("-") || token.is("*") || token.is("/") || token.is("%") ||
               token.is("||")) {
      outline_.arithmetic += token.lower;
    }
  }

  /// A star that is no multiplication: first, or behind "(" or a comma.
  [[nodiscard]] bool is_star() const {
    return at_ == 0 || tokens_[at_ - 1].is("(") || tokens_[at_ - 1].is(",");
  }

  void skip_parenthesised() {
    int depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (tokens_[at_].is("(")) ++depth;
      if (tokens_[at_].is(")") && --depth == 0) return;
    }
  }

  void read_name() {
    constexpr std::array<std::string_view, 12> keywords = {
        "and", "or", "not", "null", "is", "case", "when", "then", "else", "end", "distinct", "as"};
    const OutlineToken& token = tokens_[at_];
    if (token.kind == Kind::word && contains(keywords, token.lower)) {
      if (token.lower == "as") ++at_;  // the alias after it is no column
      return;
    }
    if (next_is("(")) {
      read_call();
      return;
    }
    if (next_is(".") && at_ + 2 < tokens_.size()) {
      const std::string owner = table_of(token.table_name(), scope_);
      const std::string column = tokens_[at_ + 2].table_name();
      outline_.columns.push_back(owner.empty() ? column : owner + "." + column);
      at_ += 2;
      return;
    }
    read_bare_column();
  }

  void read_call() {
    const OutlineToken& token = tokens_[at_];
    if (!token.is_aggregate()) {
      outline_.functions.push_back(token.lower);
      return;
    }
    const bool distinct = at_ + 2 < tokens_.size() && tokens_[at_ + 2].is_keyword("distinct");
    outline_.aggregates.push_back(distinct ? token.lower + " distinct" : token.lower);
  }

  /// SQLite takes "…" for text where no column has that name; Spider's gold relies on it.
  void read_bare_column() {
    const OutlineToken& token = tokens_[at_];
    const std::string name = token.table_name();
    const auto table = table_with_column(name, scope_, schema_);
    if (token.kind == Kind::double_quoted && (!schema_ || !table)) {
      outline_.literals.push_back(token.name());
    } else {
      outline_.columns.push_back(table ? *table + "." + name : name);
    }
  }

  std::span<const OutlineToken> tokens_;
  const Scope& scope_;
  const Schema* schema_;
  std::size_t at_ = 0;
  ExpressionOutline outline_;
};

}  // namespace

bool OutlineToken::is_aggregate() const {
  constexpr std::array<std::string_view, 6> names = {"count", "sum", "avg", "min", "max", "total"};
  return kind == Kind::word && contains(names, lower);
}

bool OutlineToken::is_order_word() const {
  constexpr std::array<std::string_view, 5> words = {"asc", "desc", "nulls", "first", "last"};
  return kind == Kind::word && contains(words, lower);
}

bool OutlineToken::is_join_word() const {
  constexpr std::array<std::string_view, 7> words = {"left",  "right", "inner",  "outer",
                                                     "cross", "full",  "natural"};
  return kind == Kind::word && contains(words, lower);
}

bool OutlineToken::is_comparison() const {
  constexpr std::array<std::string_view, 8> symbols = {"=", "==", "!=", "<>", "<", ">", "<=", ">="};
  constexpr std::array<std::string_view, 6> words = {"like",    "glob", "in",
                                                     "between", "is",   "exists"};
  return (kind == Kind::symbol && contains(symbols, lower)) ||
         (kind == Kind::word && contains(words, lower));
}

std::string OutlineToken::comparison() const {
  if (lower == "<>") return "!=";
  if (lower == "==") return "=";
  return lower;
}

std::string OutlineToken::name() const {
  const bool quoted =
      kind == Kind::text || kind == Kind::double_quoted || kind == Kind::quoted_name;
  return quoted ? lower.substr(1, lower.size() - 2) : lower;
}

std::string OutlineToken::table_name() const { return text::to_lower_ascii(name()); }

std::vector<OutlineToken> outline_tokens(std::string_view sql) {
  std::vector<OutlineToken> tokens;
  for (const SqlPiece& piece : scan_sql(sql)) {
    if (piece.kind == Kind::space || piece.kind == Kind::comment) continue;
    if (piece.text == ";") break;
    const bool is_text = piece.kind == Kind::text || piece.kind == Kind::double_quoted;
    tokens.push_back(
        {piece.kind, is_text ? std::string(piece.text) : text::to_lower_ascii(piece.text)});
  }
  return tokens;
}

ExpressionOutline outline_expression(std::span<const OutlineToken> tokens, const Scope& scope,
                                     const Schema* schema) {
  return ExpressionReader(tokens, scope, schema).read();
}

}  // namespace idi::eval
