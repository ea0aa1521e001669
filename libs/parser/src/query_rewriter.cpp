// The tree of a query with its literals replaced. Trees are shared and immutable: what changes is
// made anew, the rest is kept.
#include <charconv>
#include <cmath>

#include "idi/core/text.hpp"
#include "idi/link/days_of_week.hpp"
#include "time_condition.hpp"
#include "time_shape.hpp"
#include "value_resolver.hpp"

namespace idi::parser {

namespace {

using ir::Comparison;
using ir::Literal;

constexpr std::size_t day_length = 10;  ///< "2023-05-17"; what is longer is an interval.

std::optional<std::string> as_number(std::string_view text) {
  std::string plain;
  for (const char c : text::trim(text))
    if (c != ',') plain += c;
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc{} || end != plain.data() + plain.size() || !std::isfinite(value))
    return std::nullopt;
  return plain;
}

bool is_like(Comparison op) {
  return op == Comparison::like || op == Comparison::like_prefix || op == Comparison::like_suffix;
}

/// What a literal is compared with: a column, or a number that is computed.
struct Side {
  std::optional<ColumnRef> column;
  bool number = false;
};

Side side_of(const ir::Expression& expression) {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) return {*column, false};
  if (const auto* function = std::get_if<ir::FunctionCall>(&expression.node)) {
    switch (function->function) {
      case ir::Function::year:
      case ir::Function::month_number:
      case ir::Function::day:
        return {std::nullopt, true};
      case ir::Function::month:
      case ir::Function::quarter:
      case ir::Function::week:
      case ir::Function::weekday:
      case ir::Function::date:
        return {std::nullopt, false};
    }
  }
  if (const auto* call = std::get_if<ir::AggregateCall>(&expression.node)) {
    if (call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max)
      return side_of(*call->argument);
    return {std::nullopt, true};
  }
  return {std::nullopt, true};
}

/// The column whose times the left side of a comparison speaks of.
std::optional<ColumnRef> compared_column(const ir::Expression& expression) {
  if (const auto* function = std::get_if<ir::FunctionCall>(&expression.node)) {
    const auto* column = std::get_if<ColumnRef>(&function->argument->node);
    return column != nullptr ? std::optional(*column) : std::nullopt;
  }
  return side_of(expression).column;
}

ir::ConditionPtr condition(ir::Predicate predicate) {
  return std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
}

}  // namespace

class QueryRewriter {
 public:
  explicit QueryRewriter(ValueResolver& resolver)
      : resolver_(resolver), used_tokens_(resolver.question_.tokens.size()) {}

  Result<ResolvedQuery> run(const ir::Query& query) {
    mark_used(query);
    ir::Query resolved = rewrite(query);
    if (problem_) return *problem_;
    return ResolvedQuery{std::move(resolved), unresolved_};
  }

 private:
  [[nodiscard]] const link::ValueCandidate* candidate(const Literal& literal) const {
    const auto& values = resolver_.question_.values;
    if (literal.candidate < 0 || literal.candidate >= static_cast<int>(values.size()))
      return nullptr;
    return &values[static_cast<std::size_t>(literal.candidate)];
  }

  void fail(std::string message) {
    if (!problem_) problem_ = make_error(ErrorCode::unanswerable, std::move(message));
  }

  // Words that a value of the query covers: `any` must not mean them again.
  void mark_used(const ir::Query& query) {
    for (const auto& item : query.select) mark_used(*item);
    for (const auto& item : query.order_by) mark_used(*item.expression);
    if (query.where) mark_used(*query.where);
    if (query.having) mark_used(*query.having);
    if (query.limit) mark_used(*query.limit);
    if (query.set_right) mark_used(*query.set_right);
  }
  void mark_used(const ir::Expression& expression) {
    const auto* call = std::get_if<ir::AggregateCall>(&expression.node);
    if (call != nullptr && call->when) mark_used(*call->when);
  }
  void mark_used(const ir::Condition& node) {
    if (const auto* all = std::get_if<ir::And>(&node.node))
      for (const auto& part : all->parts) mark_used(*part);
    if (const auto* some = std::get_if<ir::Or>(&node.node))
      for (const auto& part : some->parts) mark_used(*part);
    if (const auto* predicate = std::get_if<ir::Predicate>(&node.node)) {
      mark_used(*predicate->left);
      for (const auto& operand : predicate->operands) {
        if (const auto* literal = std::get_if<Literal>(&operand)) mark_used(*literal);
        if (const auto* query = std::get_if<ir::QueryPtr>(&operand)) mark_used(**query);
      }
    }
  }
  void mark_used(const Literal& literal) {
    if (const auto* value = candidate(literal))
      for (int token = value->token_begin; token < value->token_end; ++token)
        if (token >= 0 && token < static_cast<int>(used_tokens_.size()))
          used_tokens_[static_cast<std::size_t>(token)] = true;
  }

  ir::Query rewrite(const ir::Query& query) {
    ir::Query result = query;
    for (auto& item : result.select) item = rewrite(item);
    for (auto& item : result.group_by) item = rewrite(item);
    for (auto& item : result.order_by) item.expression = rewrite(item.expression);
    for (auto& item : result.limit_per) item = rewrite(item);
    if (query.where) result.where = rewrite(*query.where);
    if (query.having) result.having = rewrite(*query.having);
    if (query.limit) result.limit = limit(*query.limit);
    if (query.set_right) result.set_right = std::make_shared<ir::Query>(rewrite(*query.set_right));
    return result;
  }

  ir::ExpressionPtr rewrite(const ir::ExpressionPtr& expression) {
    const auto made = [](auto node) {
      return std::make_shared<ir::Expression>(ir::Expression{std::move(node)});
    };
    if (const auto* call = std::get_if<ir::AggregateCall>(&expression->node)) {
      auto argument = rewrite(call->argument);
      if (argument == call->argument && !call->when) return expression;
      ir::AggregateCall result = *call;
      result.argument = std::move(argument);
      if (call->when) result.when = rewrite(*call->when);
      return made(std::move(result));
    }
    if (const auto* binary = std::get_if<ir::Binary>(&expression->node)) {
      auto left = rewrite(binary->left);
      auto right = rewrite(binary->right);
      if (left == binary->left && right == binary->right) return expression;
      return made(ir::Binary{binary->op, std::move(left), std::move(right)});
    }
    if (const auto* rows = std::get_if<ir::RowsOf>(&expression->node))
      return made(ir::RowsOf{std::make_shared<ir::Query>(rewrite(*rows->query))});
    if (const auto* literal = std::get_if<Literal>(&expression->node))
      return made(resolve(*literal, {std::nullopt, true}));
    return expression;
  }

  ir::ConditionPtr rewrite(const ir::Condition& node) {
    if (const auto* all = std::get_if<ir::And>(&node.node)) {
      ir::And result;
      for (const auto& part : all->parts) result.parts.push_back(rewrite(*part));
      return std::make_shared<ir::Condition>(ir::Condition{std::move(result)});
    }
    if (const auto* some = std::get_if<ir::Or>(&node.node)) {
      ir::Or result;
      for (const auto& part : some->parts) result.parts.push_back(rewrite(*part));
      return std::make_shared<ir::Condition>(ir::Condition{std::move(result)});
    }
    return rewrite(std::get<ir::Predicate>(node.node));
  }

  ir::ConditionPtr rewrite(const ir::Predicate& predicate) {
    ir::Predicate result = predicate;
    result.left = rewrite(predicate.left);
    const Side side = side_of(*predicate.left);
    if (auto days = compare_weekdays(result)) return days;
    if (auto timed = compare_times(result)) return timed;
    for (auto& operand : result.operands) {
      if (auto* query = std::get_if<ir::QueryPtr>(&operand))
        operand = std::make_shared<const ir::Query>(rewrite(**query));
      else if (auto* expression = std::get_if<ir::ExpressionPtr>(&operand))
        operand = rewrite(*expression);
      else if (is_like(predicate.op))
        operand = pattern(std::get<Literal>(operand), side);
      else
        operand = resolve(std::get<Literal>(operand), side);
    }
    return condition(std::move(result));
  }

  /// Words for days of the week beside weekday(c), or beside a column of times or a part of it,
  /// which then was not meant; else null.
  ir::ConditionPtr compare_weekdays(const ir::Predicate& predicate) {
    const auto* function = std::get_if<ir::FunctionCall>(&predicate.left->node);
    const ir::ExpressionPtr time = function != nullptr ? function->argument : predicate.left;
    const auto* column = std::get_if<ColumnRef>(&time->node);
    const bool weekday = function != nullptr && function->function == ir::Function::weekday;
    const bool times =
        column != nullptr && resolver_.schema_.column(*column).type == ColumnType::time;
    const bool unequal = predicate.op == Comparison::not_equal;
    const bool alike = predicate.op == Comparison::equal || predicate.op == Comparison::in ||
                       is_like(predicate.op);
    if ((!weekday && !times) || (!unequal && !alike)) return nullptr;
    ir::Predicate result{Comparison::in, unequal || predicate.negated, predicate.left, {}};
    for (const auto& operand : predicate.operands) {
      const auto* literal = std::get_if<Literal>(&operand);
      const auto days = literal != nullptr ? days_said(*literal) : std::vector<std::string_view>{};
      if (days.empty()) return nullptr;
      for (const std::string_view day : days)
        result.operands.emplace_back(
            Literal{Literal::Kind::text, std::string(day), literal->candidate});
    }
    if (!weekday)
      result.left = std::make_shared<ir::Expression>(
          ir::Expression{ir::FunctionCall{ir::Function::weekday, time}});
    if (result.operands.size() == 1) {
      result.op = result.negated ? Comparison::not_equal : Comparison::equal;
      result.negated = false;
    }
    return condition(std::move(result));
  }

  /// Of `any`: the first word for days that no value uses.
  [[nodiscard]] std::vector<std::string_view> days_said(const Literal& literal) const {
    if (const auto* value = candidate(literal)) return link::days_of_week(value->text);
    if (literal.kind != Literal::Kind::any) return {};
    for (std::size_t i = 0; i < used_tokens_.size(); ++i) {
      if (used_tokens_[i]) continue;
      auto days = link::days_of_week(resolver_.question_.tokens[i].text);
      if (!days.empty()) return days;
    }
    return {};
  }

  /// Null where the predicate is none of times, or may stay as it is; its literals then are times
  /// as far as the question has them.
  ir::ConditionPtr compare_times(ir::Predicate& predicate) {
    const auto column = compared_column(*predicate.left);
    if (!column || predicate.operands.empty()) return nullptr;
    const bool times = resolver_.schema_.column(*column).type == ColumnType::time;
    std::vector<std::string> said;
    for (auto& operand : predicate.operands) {
      auto* literal = std::get_if<Literal>(&operand);
      if (literal == nullptr || candidate(*literal) == nullptr) return nullptr;
      if (times) literal->candidate = resolver_.time_around(literal->candidate);
      said.push_back(candidate(*literal)->text);
    }
    return time_condition(predicate, said, resolver_.schema_.column(*column), resolver_.calendar_);
  }

  Literal limit(const Literal& literal) {
    Literal result = literal;
    if (const auto* value = candidate(literal)) result.text = value->text;
    const auto number = as_number(result.text);
    int count = 0;
    if (!number ||
        std::from_chars(number->data(), number->data() + number->size(), count).ptr !=
            number->data() + number->size() ||
        count < 0)
      fail("A number of rows is not a whole number");
    else
      result.text = *number;
    result.kind = Literal::Kind::number;
    return result;
  }

  Literal pattern(const Literal& literal, const Side& side) {
    if (literal.kind == Literal::Kind::any) return any(side);
    Literal result = literal;
    if (const auto* value = candidate(literal)) result.text = value->text;
    result.kind = Literal::Kind::text;
    return result;
  }

  Literal resolve(const Literal& literal, const Side& side) {
    if (literal.kind == Literal::Kind::any) return any(side);
    const ColumnType type = side.column ? resolver_.schema_.column(*side.column).type
                                        : (side.number ? ColumnType::number : ColumnType::text);
    const auto* value = candidate(literal);
    if (value == nullptr) {  // "one" and "zero"
      Literal result = literal;
      if (type == ColumnType::text) result.kind = Literal::Kind::text;
      return result;
    }
    const bool wants_number = type != ColumnType::text && type != ColumnType::time;
    const auto number = as_number(value->text);
    if (number && (wants_number || time_is_number(type, side)))
      return {Literal::Kind::number, *number, literal.candidate};
    if (!side.column) {
      // A part of a time that is text ("2023-05") beside what is none.
      if (side.number || time_shape_of(std::string_view(value->text)) == TimeShape::none)
        ++unresolved_;
      return {Literal::Kind::text, value->text, literal.candidate};
    }
    const auto spelling = resolver_.spell(*value, *side.column);
    const bool interval = value->kind == link::ValueKind::date && value->text.size() > day_length;
    if (!spelling.known || interval) ++unresolved_;
    return {Literal::Kind::text, spelling.text, literal.candidate};
  }

  /// A bare year against a time column of bare years.
  [[nodiscard]] bool time_is_number(ColumnType type, const Side& side) const {
    return type == ColumnType::time && side.column &&
           time_shape_of(resolver_.schema_.column(*side.column)) == TimeShape::year;
  }

  Literal any(const Side& side) {
    if (side.column) {
      if (const auto cell = resolver_.any_cell(*side.column, used_tokens_))
        return {Literal::Kind::text, *cell, -1};
      if (const auto cell = resolver_.flag_cell(*side.column))
        return {Literal::Kind::text, *cell, -1};
    }
    ++unresolved_;
    const bool number = side.column
                            ? resolver_.schema_.column(*side.column).type == ColumnType::number ||
                                  resolver_.schema_.column(*side.column).type == ColumnType::boolean
                            : side.number;
    if (number) return {Literal::Kind::number, any_number(), -1};
    return {Literal::Kind::text, resolver_.unused_words(used_tokens_), -1};
  }

  /// A number of the question that nothing uses; else 1, the "yes" of a numeric flag.
  [[nodiscard]] std::string any_number() const {
    for (const auto& value : resolver_.question_.values) {
      const bool used = value.token_begin >= 0 &&
                        value.token_begin < static_cast<int>(used_tokens_.size()) &&
                        used_tokens_[static_cast<std::size_t>(value.token_begin)];
      if (used) continue;
      if (const auto number = as_number(value.text)) return *number;
    }
    return "1";
  }

  ValueResolver& resolver_;
  std::vector<bool> used_tokens_;
  int unresolved_ = 0;
  std::optional<Error> problem_;
};

Result<ResolvedQuery> ValueResolver::resolve(const ir::Query& query) {
  return QueryRewriter(*this).run(query);
}

}  // namespace idi::parser
