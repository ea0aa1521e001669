// Tokens without blanks and comments, and what an expression made of them mentions.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "sql_outline.hpp"
#include "sql_scan.hpp"

namespace idi::eval {

struct OutlineToken {
  SqlPiece::Kind kind;
  std::string lower;  ///< As written, in lower case; quotes kept.

  [[nodiscard]] bool is(std::string_view symbol) const {
    return kind == SqlPiece::Kind::symbol && lower == symbol;
  }
  [[nodiscard]] bool is_keyword(std::string_view word) const {
    return kind == SqlPiece::Kind::word && lower == word;
  }
  [[nodiscard]] bool is_aggregate() const;
  [[nodiscard]] bool is_order_word() const;  ///< asc, desc, nulls first …
  [[nodiscard]] bool is_join_word() const;   ///< left, inner, natural …
  [[nodiscard]] bool is_comparison() const;
  [[nodiscard]] std::string comparison() const;  ///< "<>" as "!=", "==" as "=".
  [[nodiscard]] std::string name() const;        ///< Without quotes; texts keep their case.
  [[nodiscard]] std::string table_name() const;  ///< Without quotes, in lower case.
};

/// The tables that one SELECT can name, then those of the SELECT around it.
struct Scope {
  std::map<std::string, std::string> tables;  ///< Alias or table name → table ("" for a subquery).
  Scope* outer = nullptr;
};

/// Up to the end or the first semicolon.
[[nodiscard]] std::vector<OutlineToken> outline_tokens(std::string_view sql);

/// Subqueries in it are passed over.
[[nodiscard]] ExpressionOutline outline_expression(std::span<const OutlineToken> tokens,
                                                   const Scope& scope, const Schema* schema);

}  // namespace idi::eval
