// A number or time in a condition that lies beyond all that the compared column holds.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "asked_words.hpp"
#include "check.hpp"
#include "idi/temporal/phrases.hpp"
#include "ir_trees.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

using ir::Comparison;

constexpr int max_checked = 4;
constexpr std::size_t day_size = 10;

bool is_time(const Schema& schema, const ir::Expression& left) {
  const auto* column = std::get_if<ColumnRef>(&left.node);
  const auto* call = std::get_if<ir::FunctionCall>(&left.node);
  if (call != nullptr) column = std::get_if<ColumnRef>(&call->argument->node);
  return column != nullptr && (call != nullptr || schema.column(*column).type == ColumnType::time);
}

/// Parts that come again every year or month have no "beyond".
bool is_ordered(const ir::Expression& left) {
  const auto* call = std::get_if<ir::FunctionCall>(&left.node);
  if (call == nullptr) return std::holds_alternative<ColumnRef>(left.node);
  switch (call->function) {
    case ir::Function::year:
    case ir::Function::month:
    case ir::Function::quarter:
    case ir::Function::week:
    case ir::Function::date:
      return std::holds_alternative<ColumnRef>(call->argument->node);
    case ir::Function::month_number:
    case ir::Function::day:
    case ir::Function::weekday:
      return false;
  }
  return false;
}

ColumnRef column_of(const ir::Expression& left) {
  const auto* call = std::get_if<ir::FunctionCall>(&left.node);
  return std::get<ColumnRef>(call != nullptr ? call->argument->node : left.node);
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// <0, 0, >0; nullopt: not to be compared.
std::optional<int> compared(std::string_view literal, const Value& cell) {
  const auto sign = [](double a, double b) { return a < b ? -1 : a > b ? 1 : 0; };
  if (const auto* words = std::get_if<std::string>(&cell)) {
    // "2023" is all of "2023-05-17".
    const std::string_view head = std::string_view(*words).substr(0, literal.size());
    return literal.compare(head) < 0 ? -1 : literal == head ? 0 : 1;
  }
  const auto number = number_in(literal);
  if (!number) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    return sign(*number, static_cast<double>(*whole));
  }
  if (const auto* real = std::get_if<double>(&cell)) return sign(*number, *real);
  return std::nullopt;
}

enum class Side { before, within, after };

/// Where what is asked for lies. REQUIRES: no row fulfils the predicate; the bounds are not NULL.
std::optional<Side> side_of(const ir::Predicate& predicate, const Value& least, const Value& most) {
  const auto literal = [&](std::size_t i) {
    return std::string_view(std::get<ir::Literal>(predicate.operands[i]).text);
  };
  switch (predicate.op) {
    case Comparison::less:
    case Comparison::less_equal:
      return Side::before;
    case Comparison::greater:
    case Comparison::greater_equal:
      return Side::after;
    case Comparison::between:
    case Comparison::equal: {
      const std::size_t last = predicate.operands.size() - 1;
      const auto from = compared(literal(0), most);
      const auto to = compared(literal(last), least);
      if (!from || !to) return std::nullopt;
      return *from > 0 ? Side::after : *to < 0 ? Side::before : Side::within;
    }
    default:
      return std::nullopt;
  }
}

class RangesCheck {
 public:
  RangesCheck(const Case& question, Outcome& outcome) : question_(question), outcome_(outcome) {}

  void run() {
    if (!looks_like_nothing(question_.subject.result)) return;
    int checked = 0;
    for (const Filter& filter : filters_of(question_.query)) {
      if (!filter.required || !can_be_checked(*filter.predicate)) continue;
      if (checked++ == max_checked) return;
      check(*filter.predicate);
    }
  }

 private:
  [[nodiscard]] bool can_be_checked(const ir::Predicate& predicate) const {
    if (predicate.negated || predicate.operands.empty() || !is_ordered(*predicate.left)) {
      return false;
    }
    const bool ranges =
        predicate.op == Comparison::equal || predicate.op == Comparison::less ||
        predicate.op == Comparison::greater || predicate.op == Comparison::less_equal ||
        predicate.op == Comparison::greater_equal || predicate.op == Comparison::between;
    const ColumnType type = question_.schema.column(column_of(*predicate.left)).type;
    const bool orders = type == ColumnType::number || is_time(question_.schema, *predicate.left);
    return ranges && orders &&
           std::all_of(predicate.operands.begin(), predicate.operands.end(), [](const auto& each) {
             const auto* literal = std::get_if<ir::Literal>(&each);
             return literal != nullptr && literal->kind != ir::Literal::Kind::any;
           });
  }

  void check(const ir::Predicate& predicate) {
    ir::Query alone;
    alone.select.push_back(predicate.left);
    alone.where = make_condition(predicate);
    alone.limit = whole_number(1);
    if (question_.probe.any_row(alone).value_or(true)) return;
    const bool time = is_time(question_.schema, *predicate.left);
    const ColumnRef column = column_of(*predicate.left);
    ir::Query extremes;
    const auto add = [&](const ir::ExpressionPtr& of) {
      extremes.select.push_back(aggregate_of(ir::Aggregate::min, of));
      extremes.select.push_back(aggregate_of(ir::Aggregate::max, of));
    };
    add(predicate.left);
    if (time) {
      add(make_expression(ir::FunctionCall{ir::Function::date, make_expression(column)}));
    }
    const auto table = question_.probe.rows(extremes, 1);
    if (!table || table->rows.empty() || table->rows.front().size() < 2) return;
    const Row& row = table->rows.front();
    if (std::holds_alternative<Null>(row[0])) {
      report_empty(column);
      return;
    }
    const auto side = side_of(predicate, row[0], row[1]);
    if (!side || *side == Side::within) return;
    if (time && row.size() == 4) {
      report_times(predicate, column, row[2], row[3]);
    } else {
      report_numbers(column, row[0], row[1]);
    }
  }

  void report_empty(ColumnRef column) {
    const ir::Query rows = [&] {
      ir::Query count;
      count.select.push_back(
          aggregate_of(ir::Aggregate::count, make_expression(ir::StarOf{column.table})));
      return count;
    }();
    if (question_.probe.number(rows).value_or(0) == 0) {
      outcome_.add(FindingKind::no_rows, 0.1,
                   fmt::format("There are no {} at all.", rows_of(question_.schema, column.table)));
      return;
    }
    outcome_.add(
        FindingKind::all_null, 0.4,
        fmt::format("The {} is empty for every {}, so no condition on it can hold.",
                    name_of(question_.schema, column), one_row_of(question_.schema, column.table)));
  }

  void report_numbers(ColumnRef column, const Value& least, const Value& most) {
    outcome_.add(
        FindingKind::outside_of_data, 0.3,
        fmt::format("The {} of {} goes from {} to {}; what is asked for lies outside.",
                    name_of(question_.schema, column), rows_of(question_.schema, column.table),
                    in_words(least), in_words(most)));
  }

  void report_times(const ir::Predicate& predicate, ColumnRef column, const Value& first,
                    const Value& last) {
    const auto from = day_in_words(first);
    const auto to = day_in_words(last);
    if (!from || !to) return;
    std::string text = rows_of(question_.schema, column.table);
    const auto& columns = question_.schema.tables[static_cast<std::size_t>(column.table)].columns;
    const auto times = std::count_if(columns.begin(), columns.end(), [](const Column& each) {
      return each.type == ColumnType::time;
    });
    if (times > 1) text = fmt::format("by {}, {}", name_of(question_.schema, column), text);
    text = fmt::format("{} go from {} to {}", capitalised(std::move(text)), *from, *to);
    const auto* date = date_of(predicate);
    const auto span = date != nullptr ? span_of(*date, question_.subject.question) : std::nullopt;
    if (span) {
      text += fmt::format("; there is nothing for {}",
                          in_quotes(words_of(*span, question_.subject.question)));
    }
    std::vector<Offer> offers;
    if (span) {
      const auto period =
          last_period(date->text, std::get<std::string>(first), std::get<std::string>(last));
      if (period && *period != words_of(*span, question_.subject.question)) {
        offers.push_back({*period, asked_with(question_.subject.question, *span, *period)});
      }
    }
    outcome_.add(FindingKind::outside_of_data, 0.4, text + ".", std::move(offers));
  }

  [[nodiscard]] const link::ValueCandidate* date_of(const ir::Predicate& predicate) const {
    const auto& values = question_.subject.question.values;
    for (const auto& operand : predicate.operands) {
      const int candidate = std::get<ir::Literal>(operand).candidate;
      if (candidate < 0 || candidate >= static_cast<int>(values.size())) continue;
      const auto& value = values[static_cast<std::size_t>(candidate)];
      if (value.kind == link::ValueKind::date || value.kind == link::ValueKind::number) {
        return &value;
      }
    }
    if (const auto* date = only_date(question_.subject.question)) return date;
    const auto& text = std::get<ir::Literal>(predicate.operands.front()).text;
    const auto written = std::find_if(values.begin(), values.end(),
                                      [&](const auto& value) { return value.text == text; });
    return written != values.end() ? &*written : nullptr;
  }

  /// Of the size of what was asked for: a year, a quarter, a month, else a day. The last one that
  /// the data cover to its end, or that they cover at all.
  [[nodiscard]] static std::optional<std::string> last_period(std::string_view asked,
                                                              const std::string& first,
                                                              const std::string& last) {
    const auto data_begin = temporal::day_span(first.substr(0, day_size));
    const auto data_end = temporal::day_span(last.substr(0, day_size));
    const auto wanted = temporal::day_span(asked);
    if (!data_begin || !data_end || !wanted) return std::nullopt;
    const auto month_of = [](temporal::Day day) { return day.year() / day.month(); };
    const int months = static_cast<int>((month_of(wanted->end) - month_of(wanted->begin)).count());
    if (wanted->begin.day() != wanted->end.day() || (months != 1 && months != 3 && months != 12)) {
      return day_in_words(Value(last));
    }
    // Some days at the end of a period may have had no rows.
    constexpr int nearly_over = 7;
    auto begin = month_of(data_end->begin);
    while ((static_cast<unsigned>(begin.month()) - 1) % static_cast<unsigned>(months) != 0) {
      begin -= std::chrono::months(1);
    }
    const auto end = std::chrono::sys_days((begin + std::chrono::months(months)) / 1);
    const bool over = std::chrono::sys_days(data_end->end) + std::chrono::days(nearly_over) >= end;
    if (!over && begin > month_of(data_begin->begin)) begin -= std::chrono::months(months);
    const int year = static_cast<int>(begin.year());
    const unsigned month = static_cast<unsigned>(begin.month());
    if (months == 12) return std::to_string(year);
    if (months == 3) return fmt::format("Q{} {}", (month + 2) / 3, year);
    return temporal::in_words(fmt::format("{:04}-{:02}", year, month));
  }

  const Case& question_;
  Outcome& outcome_;
};

}  // namespace

void check_ranges(const Case& question, Outcome& outcome) { RangesCheck(question, outcome).run(); }

}  // namespace idi::verification
