#include "values.hpp"

#include <fmt/format.h>

#include <array>

#include "idi/temporal/phrases.hpp"
#include "names.hpp"

namespace idi::explanation {
namespace {

constexpr std::size_t max_value_characters = 60;
constexpr std::size_t max_clock_characters = 20;
constexpr std::size_t day_length = 10;  // "2023-05-17"

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

const ColumnRef* column_in(const ir::Expression& expression) {
  return std::get_if<ColumnRef>(&expression.node);
}

/// Of whole days or instants, not of parts of them.
bool is_time(const ir::Expression& expression, const Schema& schema) {
  if (const auto* column = column_in(expression)) {
    return schema.column(*column).type == ColumnType::time;
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&expression.node)) {
    return call->function == ir::Function::date;
  }
  return false;
}

/// A time of day stays as it is: "1 June 2024 10:00".
std::optional<std::string> time_in_words(const std::string& text) {
  if (temporal::day_span(text)) return temporal::in_words(text);
  const bool with_clock = text.size() > day_length + 1 &&
                          (text[day_length] == ' ' || text[day_length] == 'T') &&
                          text.find_first_not_of("0123456789:.Z+", day_length + 1) == text.npos;
  const std::string day = text.substr(0, day_length);
  if (!with_clock || !temporal::day_span(day)) return std::nullopt;
  return fmt::format("{} {}", temporal::in_words(day),
                     on_one_line(text.substr(day_length + 1), max_clock_characters));
}

/// A day as it stands in SQL, not a longer span.
bool is_day(const std::string& text) {
  return text.size() == day_length && text.find('/') == std::string::npos;
}

/// "in 2023", "on 17 May 2023", "from July to September 2023"
std::string during(const std::string& text, const std::string& words) {
  const auto span = temporal::day_span(text);
  const bool one_day =
      span && std::chrono::sys_days(span->begin) + std::chrono::days(1) == span->end;
  if (one_day) return "on " + words;
  return (words.find(" to ") != std::string::npos ? "from " : "in ") + words;
}

const ir::Literal* literal_at(const ir::Predicate& predicate, std::size_t at) {
  return at < predicate.operands.size() ? std::get_if<ir::Literal>(&predicate.operands[at])
                                        : nullptr;
}

/// 5 as a month of the year.
std::optional<std::string> month_name(const std::string& text) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    if (text == number || text == "0" + number) return std::string(months[i]);
  }
  return std::nullopt;
}

}  // namespace

std::string quoted(const std::string& text) {
  return fmt::format("“{}”", on_one_line(text, max_value_characters));
}

std::string value_in_words(const ir::Literal& literal, const ir::Expression* beside,
                           const Schema& schema) {
  if (literal.kind == ir::Literal::Kind::any && literal.text.empty()) {
    return "a value still to be found";
  }
  if (beside) {
    const auto* column = column_in(*beside);
    const auto type = column ? schema.column(*column).type : ColumnType::other;
    if (type == ColumnType::boolean && literal.text == "1") return "yes";
    if (type == ColumnType::boolean && literal.text == "0") return "no";
    if (const auto* call = std::get_if<ir::FunctionCall>(&beside->node)) {
      if (call->function == ir::Function::month_number) {
        if (const auto month = month_name(literal.text)) return *month;
      }
      if (call->function == ir::Function::month || call->function == ir::Function::date) {
        if (const auto words = time_in_words(literal.text)) return *words;
      }
      if (call->function == ir::Function::year) return on_one_line(literal.text, 10);
    }
    if (is_time(*beside, schema)) {
      if (const auto words = time_in_words(literal.text)) return *words;
    }
  }
  if (literal.kind == ir::Literal::Kind::number && !literal.text.empty()) {
    return on_one_line(literal.text, max_value_characters);
  }
  return quoted(literal.text);
}

std::optional<TimeComparison> time_comparison(const ir::Predicate& predicate,
                                              const Schema& schema) {
  const auto* literal = literal_at(predicate, 0);
  if (!literal || predicate.negated || !is_time(*predicate.left, schema)) return std::nullopt;
  const auto words = time_in_words(literal->text);
  if (!words) return std::nullopt;
  switch (predicate.op) {
    case ir::Comparison::equal: {
      const std::string when = during(literal->text, *words);
      return TimeComparison{when, when.starts_with("on ") ? "is " + *words : "is " + when};
    }
    case ir::Comparison::not_equal: {
      const std::string when = during(literal->text, *words);
      return TimeComparison{"not " + when, "is not " + when};
    }
    case ir::Comparison::less:
      return TimeComparison{"before " + *words, "is before " + *words};
    case ir::Comparison::less_equal:
      return TimeComparison{"until " + *words, fmt::format("is {} or earlier", *words)};
    case ir::Comparison::greater:
      return TimeComparison{"after " + *words, "is after " + *words};
    case ir::Comparison::greater_equal:
      return TimeComparison{"since " + *words, fmt::format("is {} or later", *words)};
    case ir::Comparison::between: {
      const auto* last = literal_at(predicate, 1);
      const auto end = last ? time_in_words(last->text) : std::nullopt;
      if (!end) return std::nullopt;
      const std::string both = fmt::format("between {} and {}", *words, *end);
      return TimeComparison{both, "is " + both};
    }
    default:
      return std::nullopt;
  }
}

std::optional<TimeComparison> time_range(const ir::Predicate& from, const ir::Predicate& before,
                                         const Schema& schema) {
  const auto* first = column_in(*from.left);
  const auto* second = column_in(*before.left);
  const auto* begin = literal_at(from, 0);
  const auto* end = literal_at(before, 0);
  if (!first || !second || *first != *second || !begin || !end ||
      from.op != ir::Comparison::greater_equal || before.op != ir::Comparison::less ||
      !is_time(*from.left, schema) || !is_day(begin->text) || !is_day(end->text)) {
    return std::nullopt;
  }
  const auto words = time_in_words(begin->text + "/" + end->text);
  if (!words) return std::nullopt;
  const std::string when = during(begin->text + "/" + end->text, *words);
  return TimeComparison{when, "is " + when};
}

}  // namespace idi::explanation
