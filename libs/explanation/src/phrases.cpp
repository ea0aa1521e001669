#include "idi/explanation/phrases.hpp"

#include <fmt/format.h>

#include "wording.hpp"

namespace idi::explanation {
namespace {

Scope scope(bool one_table) { return {-1, !one_table, nullptr, 0}; }

}  // namespace

std::string listed(const std::vector<std::string>& parts, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? fmt::format(" {} ", last) : ", ";
    out += parts[i];
  }
  return out;
}

std::string expression_in_words(const ir::ExpressionPtr& expression, const Schema& schema,
                                bool one_table) {
  const Joins joins(schema, nullptr);
  return Wording(schema, joins, scope(one_table)).expression(expression);
}

std::string key_in_words(const ir::ExpressionPtr& key, const Schema& schema, bool one_table) {
  const Joins joins(schema, nullptr);
  return Wording(schema, joins, scope(one_table)).key(key);
}

std::string condition_in_words(const ir::ConditionPtr& condition, const Schema& schema,
                               bool one_table) {
  const Joins joins(schema, nullptr);
  return Wording(schema, joins, scope(one_table)).condition(condition, false);
}

}  // namespace idi::explanation
