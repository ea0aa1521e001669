// The room's small schema, with values of a question and what becomes of them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "idi/link/linker.hpp"
#include "idi/sql/translate.hpp"
#include "small_schema.hpp"
#include "value_resolver.hpp"

namespace idi::parser::testing {

inline constexpr ColumnRef name{0, 1}, country{0, 2}, age{0, 3}, is_male{0, 4}, birthday{0, 5},
    joined_at{0, 6}, year{1, 2};

/// Resolves "select singer.name (or concert_name) where column op values" and writes it as SQL.
class ValueResolution : public ::testing::Test {
 protected:
  ValueResolution() {
    index_.known[country] = {" France", "Netherlands", "USA"};
    index_.known[is_male] = {"F", "T"};
    index_.known[name] = {"Joe Sharp", "Rose White"};
    index_.near = {{"French", " France"}, {"United States", "USA"}, {"woman", "F"}};
  }

  void ask(std::string question) {
    question_ = {};
    question_.tokens = link::tokenize(question);
    question_.question = std::move(question);
    question_.token_column.clear();
  }

  /// A candidate of the words that equal `said`; returns its index.
  int value(link::ValueKind kind, std::string text, std::string_view said) {
    link::ValueCandidate candidate;
    candidate.kind = kind;
    candidate.text = std::move(text);
    const std::size_t begin = question_.question.find(said);
    for (int i = 0; i < static_cast<int>(question_.tokens.size()); ++i) {
      const auto& token = question_.tokens[static_cast<std::size_t>(i)];
      if (token.begin == begin) candidate.token_begin = i;
      if (token.end == begin + said.size()) candidate.token_end = i + 1;
    }
    question_.values.push_back(std::move(candidate));
    return static_cast<int>(question_.values.size()) - 1;
  }

  static ir::ExpressionPtr column(ColumnRef ref) {
    return std::make_shared<ir::Expression>(ir::Expression{ref});
  }
  static ir::Literal literal(int candidate) { return {ir::Literal::Kind::text, "", candidate}; }
  static ir::Literal any() { return {ir::Literal::Kind::any, "", -1}; }

  static ir::Query where(ir::ExpressionPtr left, ir::Comparison op,
                         std::vector<ir::Literal> literals) {
    ir::Predicate predicate;
    predicate.left = std::move(left);
    predicate.op = op;
    for (auto& operand : literals) predicate.operands.emplace_back(std::move(operand));
    ir::Query query;
    query.select = {column(name)};
    query.where = std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
    return query;
  }

  /// What follows WHERE.
  std::string condition(const ir::Query& query) {
    ValueResolver resolver(question_, schema_, index_, calendar_);
    const auto resolved = resolver.resolve(query);
    if (!resolved) return resolved.error().message;
    unresolved_ = resolved->unresolved;
    const auto sql = sql::to_sql(resolved->query, schema_, Dialect::sqlite);
    if (!sql) return sql.error().message;
    const std::size_t at = sql->find("WHERE ");
    return at == std::string::npos ? *sql : sql->substr(at + 6);
  }
  std::string condition(ColumnRef ref, ir::Comparison op, std::vector<ir::Literal> literals) {
    return condition(where(column(ref), op, std::move(literals)));
  }

  Schema schema_ = small_schema();
  FakeValueIndex index_;
  temporal::Calendar calendar_;
  link::LinkedQuestion question_;
  int unresolved_ = 0;
};

}  // namespace idi::parser::testing
