#include "literal_mapper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <string_view>
#include <utility>

#include "idi/core/text.hpp"
#include "time_mapper.hpp"

namespace idi::dataset {
namespace {

using ir::Literal;
using link::ValueCandidate;
using link::ValueKind;

constexpr int max_phrase_words = 5;

std::optional<double> number_of(std::string_view text) {
  text = text::trim(text);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string folded(std::string_view text) { return text::fold_case(text::trim(text)); }

/// The column that the left side of a comparison is about; none for counts and arithmetic.
std::optional<ColumnRef> column_of(const ir::Expression& expression) {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) return *column;
  if (const auto* call = std::get_if<ir::AggregateCall>(&expression.node)) {
    const bool keeps_value =
        call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max;
    return keeps_value ? column_of(*call->argument) : std::nullopt;
  }
  return std::nullopt;
}

/// Letters and digits alone, folded: gold SQL often has other blanks and signs than its question.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : folded(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')) letters += c;
  }
  return letters;
}

std::string_view phrase_of(const link::LinkedQuestion& question, int begin, int end) {
  if (begin >= end) return {};
  const std::size_t first = question.tokens[static_cast<std::size_t>(begin)].begin;
  const std::size_t last = question.tokens[static_cast<std::size_t>(end) - 1].end;
  return std::string_view(question.question).substr(first, last - first);
}

bool is_text_kind(ValueKind kind) {
  return kind == ValueKind::cell || kind == ValueKind::quoted || kind == ValueKind::span;
}

}  // namespace

LiteralMapper::LiteralMapper(const link::LinkedQuestion& question, const link::Linker& linker)
    : question_(question), linker_(linker), used_(question.values.size()) {}

tl::expected<ir::Query, Skipped> LiteralMapper::map(const ir::Query& query) {
  ir::Query mapped = map_query(query);
  if (fault_) return tl::unexpected(*fault_);
  return mapped;
}

void LiteralMapper::fail(const Literal& literal) {
  if (!fault_) {
    fault_ = Skipped{SkipReason::no_value, fmt::format("{} is not in the question", literal.text)};
  }
}

ir::QueryPtr LiteralMapper::map_query(const ir::QueryPtr& query) {
  return query ? std::make_shared<ir::Query>(map_query(*query)) : nullptr;
}

ir::Query LiteralMapper::map_query(const ir::Query& query) {
  ir::Query mapped = query;
  for (auto& item : mapped.select) item = map_expression(item);
  mapped.where = map_condition(query.where);
  mapped.having = map_condition(query.having);
  for (auto& item : mapped.order_by) item.expression = map_expression(item.expression);
  if (query.limit) {
    // LIMIT 1 is what "the most" means; the number is rarely said.
    if (query.limit->text == "1") {
      ++use_.constant;
    } else {
      Place place;
      place.any_allowed = place.constant_allowed = false;
      mapped.limit = map_literal(*query.limit, place);
    }
  }
  mapped.set_right = map_query(query.set_right);
  return mapped;
}

ir::ConditionPtr LiteralMapper::map_condition(const ir::ConditionPtr& condition) {
  if (!condition) return nullptr;
  ir::Condition mapped = *condition;
  if (auto* all = std::get_if<ir::And>(&mapped.node)) {
    std::vector<int> candidates;
    all->parts = folded_times(all->parts, question_, candidates);
    for (const int candidate : candidates) take_candidate(candidate);
    if (all->parts.size() == 1) return map_condition(ir::ConditionPtr(all->parts.front()));
  }
  if (auto* predicate = std::get_if<ir::Predicate>(&mapped.node)) {
    *predicate = map_predicate(*predicate);
  } else if (auto* all = std::get_if<ir::And>(&mapped.node)) {
    for (auto& part : all->parts) part = map_condition(part);
  } else if (auto* any = std::get_if<ir::Or>(&mapped.node)) {
    for (auto& part : any->parts) part = map_condition(part);
  }
  return std::make_shared<ir::Condition>(std::move(mapped));
}

ir::Predicate LiteralMapper::map_predicate(const ir::Predicate& predicate) {
  Place place;
  place.column = column_of(*predicate.left);
  const bool list = predicate.op == ir::Comparison::in && predicate.operands.size() > 1;
  place.pattern = predicate.op == ir::Comparison::like ||
                  predicate.op == ir::Comparison::like_prefix ||
                  predicate.op == ir::Comparison::like_suffix;
  place.any_allowed = !list;
  place.constant_allowed = predicate.op != ir::Comparison::in && !place.pattern;
  ir::Predicate mapped = predicate;
  mapped.left = map_expression(predicate.left);
  if (const auto time = time_bound(predicate, question_)) {
    take_candidate(time->literal.candidate);
    mapped.op = time->op;
    mapped.operands = {time->literal};
    return mapped;
  }
  for (auto& operand : mapped.operands) {
    if (auto* literal = std::get_if<Literal>(&operand)) {
      if (literal->candidate < 0) *literal = map_literal(*literal, place);
    } else if (auto* query = std::get_if<ir::QueryPtr>(&operand)) {
      *query = map_query(*query);
    } else {
      auto& expression = std::get<ir::ExpressionPtr>(operand);
      expression = map_expression(expression);
    }
  }
  return mapped;
}

ir::ExpressionPtr LiteralMapper::map_expression(const ir::ExpressionPtr& expression) {
  ir::Expression mapped = *expression;
  if (auto* call = std::get_if<ir::AggregateCall>(&mapped.node)) {
    call->argument = map_expression(call->argument);
    call->when = map_condition(call->when);
  } else if (auto* function = std::get_if<ir::FunctionCall>(&mapped.node)) {
    function->argument = map_expression(function->argument);
  } else if (auto* binary = std::get_if<ir::Binary>(&mapped.node)) {
    binary->left = map_expression(binary->left);
    binary->right = map_expression(binary->right);
  } else if (auto* rows = std::get_if<ir::RowsOf>(&mapped.node)) {
    rows->query = map_query(rows->query);
  } else if (auto* literal = std::get_if<Literal>(&mapped.node)) {
    Place place;
    place.any_allowed = false;
    place.constant_allowed = literal->text == "1";
    *literal = map_literal(*literal, place);
  }
  return std::make_shared<ir::Expression>(std::move(mapped));
}

LiteralMapper::Match LiteralMapper::match(const ValueCandidate& value, const Gold& gold,
                                          const Place& place) const {
  const std::string* text = &value.text;
  bool is_cell = false;  // of the compared column
  for (std::size_t i = 0; place.column && i < value.columns.size() && !is_cell; ++i) {
    is_cell = value.columns[i] == *place.column;
    if (is_cell && i < value.cells.size()) text = &value.cells[i];
  }
  Match result;
  if (is_cell) result.rank += 8;
  if (*text == gold.text) result.rank += 0.5;
  const std::optional<double> number = gold.number ? number_of(*text) : std::nullopt;
  if (folded(*text) == gold.folded || (number && *number == *gold.number)) {
    result.found = true;
    result.rank += 10;
    return result;
  }
  if (gold.letters.size() > 1 && letters_of(*text) == gold.letters) {
    result.found = true;
    result.rank += 5;
    return result;
  }
  // The resolver turns a text that is no cell of the compared column into the nearest one.
  if (is_cell || !place.column || place.pattern || !is_text_kind(value.kind)) return result;
  const auto leads_to_gold = [&](std::string_view phrase) {
    const auto cell = linker_.values().closest_cell(*place.column, phrase);
    return cell && folded(*cell) == gold.folded;
  };
  result.found = leads_to_gold(value.text) ||
                 leads_to_gold(phrase_of(question_, value.token_begin, value.token_end));
  return result;
}

int LiteralMapper::best_candidate(const Literal& literal, const Place& place) const {
  const Gold gold{literal.text, folded(literal.text), letters_of(literal.text),
                  number_of(literal.text)};
  int best = -1;
  double best_rank = -1;
  for (std::size_t i = 0; i < question_.values.size(); ++i) {
    const ValueCandidate& value = question_.values[i];
    Match found = match(value, gold, place);
    if (!found.found) continue;
    if (!used_[i]) found.rank += 4;  // two equal numbers in a question: one for each, in order
    const bool number_kind = value.kind == ValueKind::number || value.kind == ValueKind::date;
    if (number_kind == (literal.kind == Literal::Kind::number)) found.rank += 2;
    if (value.kind == ValueKind::quoted) found.rank += 1;
    found.rank += 0.01 * (value.token_end - value.token_begin);
    if (found.rank > best_rank) {
      best_rank = found.rank;
      best = static_cast<int>(i);
    }
  }
  return best;
}

bool LiteralMapper::resolves(const std::string& gold, const Place& place) const {
  if (!place.column || place.pattern) return false;
  const std::string wanted = folded(gold);
  const auto& tokens = question_.tokens;
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    for (std::size_t end = begin + 1; end <= tokens.size() && end <= begin + max_phrase_words;
         ++end) {
      const std::string_view phrase =
          phrase_of(question_, static_cast<int>(begin), static_cast<int>(end));
      const auto cell = linker_.values().closest_cell(*place.column, phrase);
      if (cell && folded(*cell) == wanted) return true;
    }
  }
  return false;
}

void LiteralMapper::take_candidate(int candidate) {
  ++use_.pointed;
  used_[static_cast<std::size_t>(candidate)] = true;
}

Literal LiteralMapper::map_literal(const Literal& literal, const Place& place) {
  Literal mapped = literal;
  const int candidate = best_candidate(literal, place);
  if (candidate >= 0) {
    ++use_.pointed;
    used_[static_cast<std::size_t>(candidate)] = true;
    mapped.candidate = candidate;
    return mapped;
  }
  const auto number = number_of(literal.text);
  if (place.constant_allowed && number && (*number == 0 || *number == 1)) {
    ++use_.constant;
    mapped.text.assign(1, *number == 0 ? '0' : '1');
    return mapped;
  }
  // The resolver looks for cells; it makes no day of words.
  if (!place.any_allowed || is_day(literal.text)) {
    fail(literal);
    return mapped;
  }
  ++(resolves(literal.text, place) ? use_.resolvable : use_.unresolvable);
  const Schema& schema = linker_.schema();
  any_literals_.push_back(fmt::format(
      "{} {} '{}'", place.column ? schema.column(*place.column).name : std::string("(expression)"),
      place.pattern ? "LIKE" : "=", literal.text));
  mapped.kind = Literal::Kind::any;
  mapped.text.clear();
  return mapped;
}

}  // namespace idi::dataset
