#include "time_condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "idi/temporal/phrases.hpp"
#include "idi/temporal/time_encoding.hpp"
#include "time_shape.hpp"

namespace idi::parser {

namespace {

using ir::Comparison;
using ir::Literal;
using temporal::DaySpan;

ir::ConditionPtr made(ir::Predicate predicate) {
  return std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
}
ir::ConditionPtr all_of(std::vector<ir::ConditionPtr> parts) {
  return std::make_shared<ir::Condition>(ir::Condition{ir::And{std::move(parts)}});
}
ir::ConditionPtr any_of(std::vector<ir::ConditionPtr> parts) {
  return std::make_shared<ir::Condition>(ir::Condition{ir::Or{std::move(parts)}});
}

bool is_epoch(TimeEncoding encoding) {
  return encoding == TimeEncoding::epoch_seconds || encoding == TimeEncoding::epoch_millis;
}

/// The cells' exactness; none: not comparable with a time.
TimeShape written_in(const Column& column) {
  if (column.type == ColumnType::time && column.time_encoding != TimeEncoding::native)
    return is_epoch(column.time_encoding) || column.time_encoding == TimeEncoding::julian_day
               ? TimeShape::day_time
               : TimeShape::day;
  const TimeShape shape = time_shape_of(column);
  // Numbers are years or no times.
  if (column.type == ColumnType::number)
    return shape == TimeShape::year ? TimeShape::year : TimeShape::none;
  if (shape == TimeShape::none && column.type == ColumnType::time && column.sample_values.empty())
    return TimeShape::day_time;
  return shape;
}

/// How exact the part of a column is that a literal is compared with.
std::optional<TimeShape> exactness_of(ir::Function function) {
  switch (function) {
    case ir::Function::year:
      return TimeShape::year;
    case ir::Function::month:
      return TimeShape::month;
    case ir::Function::date:
      return TimeShape::day;
    default:
      return std::nullopt;
  }
}

/// Where a span begins and ends, in the words of a column.
struct Edges {
  Literal from, past;
  bool past_is_inside = false;  ///< `past` is the last unit of the span, not the first after it.
};

class Comparer {
 public:
  Comparer(ir::ExpressionPtr left, const Column& column, TimeShape written,
           const temporal::Calendar& calendar)
      : left_(std::move(left)), column_(column), written_(written), calendar_(calendar) {}

  [[nodiscard]] Edges edges(const DaySpan& span, int candidate) const {
    if (written_ == TimeShape::year || written_ == TimeShape::month) {
      const temporal::Day last{std::chrono::sys_days(span.end) - std::chrono::days(1)};
      return {unit(span.begin, candidate), unit(last, candidate), true};
    }
    const bool one_day =
        std::chrono::sys_days(span.end) - std::chrono::sys_days(span.begin) == std::chrono::days(1);
    if (one_day && written_ == TimeShape::day)
      return {stored(span.begin, candidate), stored(span.begin, candidate), true};
    return {stored(span.begin, candidate), stored(span.end, candidate), false};
  }

  [[nodiscard]] ir::ConditionPtr compare(Comparison op, const Edges& edges) const {
    const bool inside = edges.past_is_inside;
    switch (op) {
      case Comparison::equal:
        if (inside && edges.from == edges.past) return is(Comparison::equal, edges.from);
        return all_of({since(edges), until(edges)});
      case Comparison::not_equal:
        if (inside && edges.from == edges.past) return is(Comparison::not_equal, edges.from);
        return any_of({is(Comparison::less, edges.from), after(edges)});
      case Comparison::less:
        return is(Comparison::less, edges.from);
      case Comparison::greater_equal:
        return since(edges);
      case Comparison::greater:
        return after(edges);
      case Comparison::less_equal:
        return until(edges);
      default:
        return nullptr;
    }
  }

 private:
  [[nodiscard]] ir::ConditionPtr is(Comparison op, const Literal& literal) const {
    return made({op, false, left_, {literal}});
  }
  [[nodiscard]] ir::ConditionPtr since(const Edges& edges) const {
    return is(Comparison::greater_equal, edges.from);
  }
  [[nodiscard]] ir::ConditionPtr until(const Edges& edges) const {
    return is(edges.past_is_inside ? Comparison::less_equal : Comparison::less, edges.past);
  }
  [[nodiscard]] ir::ConditionPtr after(const Edges& edges) const {
    return is(edges.past_is_inside ? Comparison::greater : Comparison::greater_equal, edges.past);
  }

  /// The year or month of a day, against cells that say no more.
  [[nodiscard]] Literal unit(temporal::Day day, int candidate) const {
    const int year = static_cast<int>(day.year());
    if (written_ == TimeShape::year) {
      const bool number = column_.type != ColumnType::text;
      return {number ? Literal::Kind::number : Literal::Kind::text, fmt::format("{:04}", year),
              candidate};
    }
    return {Literal::Kind::text,
            fmt::format("{:04}-{:02}", year, static_cast<unsigned>(day.month())), candidate};
  }

  [[nodiscard]] Literal stored(temporal::Day day, int candidate) const {
    const TimeEncoding encoding =
        column_.type == ColumnType::time ? column_.time_encoding : TimeEncoding::native;
    const bool number = is_epoch(encoding) || encoding == TimeEncoding::julian_day ||
                        encoding == TimeEncoding::compact_day;
    return {number ? Literal::Kind::number : Literal::Kind::text,
            temporal::stored(day, encoding, calendar_), candidate};
  }

  ir::ExpressionPtr left_;
  const Column& column_;
  TimeShape written_;
  const temporal::Calendar& calendar_;
};

ir::ConditionPtr with_literals(ir::Predicate predicate, const std::vector<std::string>& said,
                               bool number) {
  for (std::size_t i = 0; i < said.size(); ++i)
    predicate.operands[i] = Literal{number ? Literal::Kind::number : Literal::Kind::text, said[i],
                                    std::get<Literal>(predicate.operands[i]).candidate};
  return made(std::move(predicate));
}

/// year(c) or month(c) compared with years or months.
ir::ConditionPtr compare_part(ir::Predicate predicate, const std::vector<std::string>& said,
                              TimeShape part) {
  const bool year = part == TimeShape::year;
  predicate.left = std::make_shared<ir::Expression>(ir::Expression{
      ir::FunctionCall{year ? ir::Function::year : ir::Function::month, predicate.left}});
  return with_literals(std::move(predicate), said, year);
}

/// "in March": the month of any year.
ir::ConditionPtr compare_month_numbers(ir::Predicate predicate, const std::vector<DaySpan>& spans) {
  for (std::size_t i = 0; i < spans.size(); ++i)
    predicate.operands[i] = Literal{
        Literal::Kind::number, fmt::format("{}", static_cast<unsigned>(spans[i].begin.month())),
        std::get<Literal>(predicate.operands[i]).candidate};
  return made(std::move(predicate));
}

ir::ConditionPtr compare_spans(const ir::Predicate& predicate, const std::vector<DaySpan>& spans,
                               const Comparer& comparer) {
  const auto candidate = [&](std::size_t i) {
    return std::get<Literal>(predicate.operands[i]).candidate;
  };
  if (predicate.op == Comparison::in) {
    std::vector<ir::ConditionPtr> parts;
    for (std::size_t i = 0; i < spans.size(); ++i)
      parts.push_back(
          comparer.compare(predicate.negated ? Comparison::not_equal : Comparison::equal,
                           comparer.edges(spans[i], candidate(i))));
    if (parts.size() == 1) return parts.front();
    return predicate.negated ? all_of(std::move(parts)) : any_of(std::move(parts));
  }
  Edges edges = comparer.edges(spans.front(), candidate(0));
  if (predicate.op != Comparison::between) return comparer.compare(predicate.op, edges);
  if (spans.size() != 2) return nullptr;
  const bool ordered = spans[0].begin <= spans[1].begin;
  const Edges other = comparer.edges(spans[1], candidate(1));
  const Edges& first = ordered ? edges : other;
  const Edges& second = ordered ? other : edges;
  if (predicate.negated)
    return any_of(
        {comparer.compare(Comparison::less, first), comparer.compare(Comparison::greater, second)});
  return all_of({comparer.compare(Comparison::greater_equal, first),
                 comparer.compare(Comparison::less_equal, second)});
}

}  // namespace

ir::ConditionPtr time_condition(ir::Predicate predicate, const std::vector<std::string>& said,
                                const Column& column, const temporal::Calendar& calendar) {
  const TimeShape written = written_in(column);
  if (written == TimeShape::none || said.empty()) return nullptr;
  std::vector<DaySpan> spans;
  for (const std::string& text : said) {
    const auto span = temporal::day_span(text);
    if (!span) return nullptr;
    spans.push_back(*span);
  }
  const TimeShape shape = time_shape_of(std::string_view(said.front()));
  const bool alike = std::all_of(said.begin(), said.end(), [&](const std::string& text) {
    return time_shape_of(std::string_view(text)) == shape;
  });
  const bool plain = alike && shape != TimeShape::none;  // no interval
  const bool encoded =
      column.type == ColumnType::time && column.time_encoding != TimeEncoding::native;

  const auto* call = std::get_if<ir::FunctionCall>(&predicate.left->node);
  const auto exactness = call != nullptr ? exactness_of(call->function) : std::optional(written);
  const bool pattern = predicate.op >= Comparison::like && predicate.op <= Comparison::like_suffix;
  if (pattern) {
    // '%2023%' does for ISO texts that say more.
    if (plain && !encoded && exactness != shape) return nullptr;
    predicate.op = predicate.negated ? Comparison::not_equal : Comparison::equal;
    predicate.negated = false;
  }
  const auto unchanged = [&]() -> ir::ConditionPtr {
    if (!pattern) return nullptr;
    const bool number = shape == TimeShape::year && (call || column.type != ColumnType::text);
    return with_literals(std::move(predicate), said, number);
  };
  if (call != nullptr) {
    if (call->function == ir::Function::month_number && plain && shape >= TimeShape::month)
      return compare_month_numbers(predicate, spans);
    // When a year of seconds since 1970 begins depends on the zone, which the database ignores.
    const bool by_zone = encoded && is_epoch(column.time_encoding);
    if (plain && exactness == shape && !by_zone) return unchanged();
    return compare_spans(predicate, spans, Comparer(call->argument, column, written, calendar));
  }
  if (plain && !encoded) {
    if (shape == written) return unchanged();
    if (shape < TimeShape::day && written > shape && predicate.op != Comparison::in) {
      const bool aggregate = std::holds_alternative<ir::AggregateCall>(predicate.left->node);
      return aggregate ? nullptr : compare_part(predicate, said, shape);
    }
  }
  return compare_spans(predicate, spans, Comparer(predicate.left, column, written, calendar));
}

}  // namespace idi::parser
