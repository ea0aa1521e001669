// Conditions: the other half of Wording.
#include <fmt/format.h>

#include "idi/core/overloaded.hpp"
#include "idi/explanation/phrases.hpp"
#include "origins.hpp"
#include "sentence.hpp"
#include "values.hpp"
#include "wording.hpp"

namespace idi::explanation {
namespace {

const ir::Predicate* predicate_in(const ir::ConditionPtr& condition) {
  return std::get_if<ir::Predicate>(&condition->node);
}

/// Rows of one table and nothing else about them than conditions.
bool is_plain_list(const ir::Query& query) {
  return query.select.size() == 1 && query.group_by.empty() && !query.having &&
         query.order_by.empty() && !query.limit && !query.set_operator && !query.distinct &&
         tables_of_core(query).size() == 1;
}

}  // namespace

std::string Wording::condition(const ir::ConditionPtr& c, bool enclosed) const {
  const auto joined = [&](const std::vector<ir::ConditionPtr>& parts, std::string_view word) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!text.empty()) text += fmt::format(" {} ", word);
      std::string both;
      if (word == "and" && i + 1 < parts.size()) both = range(parts[i], parts[i + 1], false);
      text += both.empty() ? condition(parts[i], true) : both;
      if (!both.empty()) ++i;
    }
    return enclosed && parts.size() > 1 ? "(" + text + ")" : text;
  };
  return std::visit(Overloaded{[&](const ir::Predicate& p) { return predicate(p); },
                               [&](const ir::And& all) { return joined(all.parts, "and"); },
                               [&](const ir::Or& any) { return joined(any.parts, "or"); }},
                    c->node);
}

std::string Wording::operand(const ir::Predicate& p, std::size_t at) const {
  if (at >= p.operands.size()) return "a value still to be found";
  return std::visit(
      Overloaded{[&](const ir::Literal& l) { return value_in_words(l, p.left.get(), schema_); },
                 [&](const ir::QueryPtr& q) {
                   return operand_phrase(*q, schema_, joins_, scope_.depth + 1);
                 },
                 [&](const ir::ExpressionPtr& e) { return expression(e); }},
      p.operands[at]);
}

/// "“a”, “b” or “c”"
std::string Wording::choices(const ir::Predicate& p) const {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < p.operands.size(); ++i) texts.push_back(operand(p, i));
  return listed(texts, "or");
}

/// "discontinued" or "not discontinued", of a yes-no column compared with one of the two.
std::string Wording::quality(const ir::Predicate& p) const {
  const auto* ref = std::get_if<ColumnRef>(&p.left->node);
  const auto* literal = p.operands.empty() ? nullptr : std::get_if<ir::Literal>(&p.operands[0]);
  if (!ref || !literal || p.op != ir::Comparison::equal) return {};
  if (literal->text != "0" && literal->text != "1") return {};
  const std::string word = names_.quality(*ref);
  return word.empty() || literal->text == "1" ? word : "not " + word;
}

/// What texts are searched for is never a time.
std::string Wording::pattern(const ir::Predicate& p) const {
  const auto* literal = p.operands.empty() ? nullptr : std::get_if<ir::Literal>(&p.operands[0]);
  return literal && !literal->text.empty() ? quoted(literal->text) : operand(p, 0);
}

std::string Wording::comparison(const ir::Predicate& p) const {
  const std::string_view no = p.negated ? "not " : "";
  const bool time = is_time(p.left);
  switch (p.op) {
    case ir::Comparison::equal:
      return "is " + operand(p, 0);
    case ir::Comparison::not_equal:
      return "is not " + operand(p, 0);
    case ir::Comparison::less:
      return (time ? "is before " : "is below ") + operand(p, 0);
    case ir::Comparison::greater:
      return (time ? "is after " : "is above ") + operand(p, 0);
    case ir::Comparison::less_equal:
      return time ? fmt::format("is {} or earlier", operand(p, 0)) : "is at most " + operand(p, 0);
    case ir::Comparison::greater_equal:
      return time ? fmt::format("is {} or later", operand(p, 0)) : "is at least " + operand(p, 0);
    case ir::Comparison::like:
      return fmt::format("{} {}", p.negated ? "does not contain" : "contains", pattern(p));
    case ir::Comparison::like_prefix:
      return fmt::format("{} {}", p.negated ? "does not start with" : "starts with", pattern(p));
    case ir::Comparison::like_suffix:
      return fmt::format("{} {}", p.negated ? "does not end with" : "ends with", pattern(p));
    case ir::Comparison::between:
      return fmt::format("is {}between {} and {}", no, operand(p, 0), operand(p, 1));
    case ir::Comparison::in: {
      const bool query =
          !p.operands.empty() && std::holds_alternative<ir::QueryPtr>(p.operands.front());
      if (query) return fmt::format("is {}among {}", no, operand(p, 0));
      return fmt::format("is {}one of {}", no, choices(p));
    }
    case ir::Comparison::is_null:
      return p.negated ? "is known" : "is missing";
  }
  return "is anything";
}

std::string Wording::partner(const ir::Predicate& p, bool last) const {
  const auto* left = std::get_if<ColumnRef>(&p.left->node);
  if (p.op != ir::Comparison::in || !left || p.operands.empty()) return {};
  const auto* query = std::get_if<ir::QueryPtr>(&p.operands.front());
  if (!query || !is_plain_list(**query) || scope_.depth >= max_query_depth) return {};
  const auto* right = std::get_if<ColumnRef>(&(*query)->select.front()->node);
  if (!right) return {};
  const auto key = joins_.reference(*left, *right);
  if (!key) return {};
  std::string text = with_article(names_.one(right->table));
  if (!key->obvious) text += fmt::format(" (by {})", names_.technical(key->child));
  const auto& where = (*query)->where;
  if (!where) return text;
  const Wording inner(schema_, joins_, scope_of(**query, scope_.depth + 1));
  if (const auto* only = predicate_in(where)) {
    const std::string phrase = inner.relative(*only, true);
    if (last || phrase.starts_with("since ") || phrase.starts_with("before ")) {
      return fmt::format("{} {}", text, phrase);
    }
  }
  return fmt::format("{} (where {})", text, inner.condition(where, false));
}

std::string Wording::predicate(const ir::Predicate& p) const {
  if (const auto other = partner(p, false); !other.empty()) {
    const auto& left = std::get<ColumnRef>(p.left->node);
    return p.negated ? fmt::format("the {} has no {}", names_.one(left.table),
                                   other.substr(other.find(' ') + 1))
                     : fmt::format("the {} has {}", names_.one(left.table), other);
  }
  if (const auto word = quality(p); !word.empty()) {
    return fmt::format("the {} is {}", names_.one(std::get<ColumnRef>(p.left->node).table), word);
  }
  const auto time = time_comparison(p, schema_);
  return fmt::format("{} {}", expression(p.left), time ? time->predicate : comparison(p));
}

std::string Wording::relative(const ir::Predicate& p, bool last) const {
  const auto* left = std::get_if<ColumnRef>(&p.left->node);
  if (!left || scope_.name_tables) return {};
  if (const auto other = partner(p, last); !other.empty()) {
    return (p.negated ? "without " : "with ") + other;
  }
  if (const auto word = quality(p); !word.empty()) return "that are " + word;
  const auto time = time_comparison(p, schema_);
  if (time && names_.is_moment_of_its_table(*left)) return time->adverb;
  return fmt::format("whose {} {}", names_.column(*left), time ? time->predicate : comparison(p));
}

std::string Wording::range(const ir::ConditionPtr& from, const ir::ConditionPtr& before,
                           bool as_relative) const {
  const auto* first = predicate_in(from);
  const auto* second = predicate_in(before);
  if (!first || !second) return {};
  const auto both = time_range(*first, *second, schema_);
  if (!both) return {};
  if (!as_relative) return fmt::format("{} {}", expression(first->left), both->predicate);
  const auto& column = std::get<ColumnRef>(first->left->node);
  if (names_.is_moment_of_its_table(column)) return both->adverb;
  return fmt::format("whose {} {}", names_.column(column), both->predicate);
}

}  // namespace idi::explanation
