// The recursive descent behind parse_select: one class in three parts, reading tokens
// (select_parser.cpp), clauses (parse_clauses.cpp) and expressions (parse_expressions.cpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ast.hpp"
#include "select_parser.hpp"
#include "tokenizer.hpp"

namespace idi::sql {

/// Words that end an expression or a table reference, so they cannot be an alias without AS.
[[nodiscard]] bool is_clause_word(std::string_view word);

class StatementParser {
 public:
  explicit StatementParser(std::vector<SqlToken> tokens) : tokens_(std::move(tokens)) {}

  /// The whole statement.
  Result<ast::SelectPtr> run();

 private:
  // Tokens.
  const SqlToken* peek(std::size_t offset = 0) const;
  bool next_is(std::string_view what, std::size_t offset = 0) const;
  bool take_if(std::string_view what);
  Error unexpected(std::string_view wanted) const;
  Status expect(std::string_view what);
  bool name_follows() const;
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
  Status check_nesting() const;
  /// Chains of operators make deep trees as well.
  Status count_operator();

  // Clauses.
  Result<ast::SelectPtr> parse_chain();
  Result<ast::SelectPtr> parse_core();
  Result<ast::Item> parse_item();
  bool string_follows() const;
  Status parse_from(ast::Select& select);
  Status parse_table(ast::Select& select, ast::JoinKind kind);
  /// After ORDER.
  Result<std::vector<ast::OrderTerm>> parse_order();

  // Expressions, loosest first.
  Result<ast::ExpressionPtr> parse_expression();
  Result<ast::ExpressionPtr> parse_or();
  Result<ast::ExpressionPtr> parse_and();
  Result<ast::ExpressionPtr> parse_not();
  /// "=", "! =", "<>", … or empty.
  std::string take_comparison();
  Result<ast::ExpressionPtr> parse_comparison();
  Result<ast::ExpressionPtr> parse_in(ast::ExpressionPtr left);
  Result<ast::ExpressionPtr> parse_sum();
  Result<ast::ExpressionPtr> parse_product();
  /// a || b
  Result<ast::ExpressionPtr> parse_joined();
  Result<ast::ExpressionPtr> parse_unary();
  Result<ast::ExpressionPtr> parse_primary();
  Result<ast::ExpressionPtr> parse_name_or_call();
  Result<ast::ExpressionPtr> parse_cast();
  Result<ast::ExpressionPtr> parse_call();
  Result<ast::ExpressionPtr> parse_case();
  Result<ast::WindowPtr> parse_window();

  std::vector<SqlToken> tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
  int operators_ = 0;
};

}  // namespace idi::sql
