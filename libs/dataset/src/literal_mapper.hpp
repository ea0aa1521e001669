// Finds every literal of a gold query among the question's value candidates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "idi/dataset/example_builder.hpp"
#include "idi/link/linker.hpp"
#include "idi/sql/ir.hpp"

namespace idi::dataset {

class LiteralMapper {
 public:
  /// REQUIRES: both outlive the mapper.
  LiteralMapper(const link::LinkedQuestion& question, const link::Linker& linker);

  /// The same query with each literal pointing to a candidate, a constant or `any`.
  /// Skipped (no_value) where the language has no word for an absent value: limits, arithmetic.
  [[nodiscard]] tl::expected<ir::Query, Skipped> map(const ir::Query& query);

  [[nodiscard]] const ValueUse& use() const { return use_; }
  [[nodiscard]] const std::vector<std::string>& any_literals() const { return any_literals_; }

 private:
  /// What a literal is compared with.
  struct Place {
    std::optional<ColumnRef> column;  ///< The compared column, if it is one as such.
    bool pattern = false;             ///< LIKE
    bool any_allowed = true;
    bool constant_allowed = true;  ///< ZERO and ONE
  };

  struct Gold {
    std::string text, folded, letters;
    std::optional<double> number;
  };
  struct Match {
    bool found = false;
    double rank = 0;
  };

  [[nodiscard]] ir::QueryPtr map_query(const ir::QueryPtr& query);
  [[nodiscard]] ir::Query map_query(const ir::Query& query);
  [[nodiscard]] ir::ConditionPtr map_condition(const ir::ConditionPtr& condition);
  [[nodiscard]] ir::Predicate map_predicate(const ir::Predicate& predicate);
  [[nodiscard]] ir::ExpressionPtr map_expression(const ir::ExpressionPtr& expression);
  [[nodiscard]] ir::Literal map_literal(const ir::Literal& literal, const Place& place);
  [[nodiscard]] Match match(const link::ValueCandidate& value, const Gold& gold,
                            const Place& place) const;
  [[nodiscard]] int best_candidate(const ir::Literal& literal, const Place& place) const;
  /// Can the value resolver find this cell by some phrase of the question?
  [[nodiscard]] bool resolves(const std::string& gold, const Place& place) const;
  void fail(const ir::Literal& literal);
  void take_candidate(int candidate);

  const link::LinkedQuestion& question_;
  const link::Linker& linker_;
  std::vector<bool> used_;  ///< By candidate: pointed to already.
  ValueUse use_;
  std::vector<std::string> any_literals_;
  std::optional<Skipped> fault_;
};

}  // namespace idi::dataset
