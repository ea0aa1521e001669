#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "cell.hpp"

namespace idi::chart {
namespace {

constexpr std::size_t few_values = 5;  // Bins of fewer say less than the values.

Error refused(std::string message, std::string hint) {
  return make_error(ErrorCode::invalid_argument, std::move(message), std::move(hint));
}

std::string named(const Frame& frame, int column) { return "“" + frame.words(column) + "”"; }

bool all_additive(const Plan& plan, const Frame& frame) {
  return std::all_of(plan.y.begin(), plan.y.end(), [&](int c) { return frame.kind(c).additive; });
}

/// A place along x has one value per series, or values that may be added.
std::optional<Error> refuse_repeats(const Plan& plan, Frame& frame, bool may_add) {
  if (may_add) return std::nullopt;
  const bool unique =
      plan.series < 0 ? frame.axis(plan.x).unique() : frame.pairs_are_unique(plan.x, plan.series);
  if (unique) return std::nullopt;
  return refused(named(frame, plan.x.column) + " repeats, and " + named(frame, plan.y.front()) +
                     " must not be added up",
                 plan.series < 0 ? "choose a series that tells the rows apart, or show a table"
                                 : "show it as a table");
}

bool runs_along_order(Kind kind) {
  return kind == Kind::line || kind == Kind::multi_line || kind == Kind::area;
}

std::optional<Error> refuse_without_axes(const Plan& plan, Frame& frame) {
  if (frame.rows() == 0) return refused("there are no rows to show", "ask for something else");
  if (plan.x.column < 0 && runs_along_order(plan.kind)) {
    return refused("a line needs a time or an ordered number along x, and there is none",
                   "show it as bars or as a table");
  }
  if (plan.y.empty()) {
    return refused("this result has no quantity to draw", "show it as a table");
  }
  if (plan.x.column < 0) {
    return refused("this result has no column to put along x", "show it as a table or histogram");
  }
  for (const int c : plan.y) {
    if (frame.range(c).finite == 0) {
      return refused(named(frame, c) + " has no values that can be drawn", "show it as a table");
    }
  }
  if (frame.axis(plan.x).size() == 0) {
    return refused(named(frame, plan.x.column) + " has no values", "choose another column for x");
  }
  return std::nullopt;
}

std::optional<Error> refuse_line(const Plan& plan, Frame& frame) {
  const Axis& axis = frame.axis(plan.x);
  if (axis.scale == Scale::category) {
    return refused("a line needs a time or an ordered number along x; " +
                       named(frame, plan.x.column) + " has no order",
                   "show it as bars");
  }
  if (axis.size() < 2) {
    return refused("a line needs at least two different values of " + named(frame, plan.x.column),
                   "show it as a table");
  }
  return std::nullopt;
}

std::optional<Error> refuse_unless_additive(const Plan& plan, Frame& frame, std::string_view what) {
  for (const int c : plan.y) {
    if (!frame.kind(c).additive) {
      return refused(
          named(frame, c) + " is not known to add up, which " + std::string{what} + " would claim",
          plan.kind == Kind::area ? "show it as a line" : "show it as bars side by side");
    }
  }
  return std::nullopt;
}

std::optional<Error> refuse_negative(const Plan& plan, Frame& frame, std::string_view what) {
  for (const int c : plan.y) {
    if (frame.range(c).low < 0) {
      return refused(std::string{what} + " cannot show that " + named(frame, c) + " is negative",
                     "show it as bars side by side");
    }
  }
  return std::nullopt;
}

std::optional<Error> refuse_single_series(const Plan& plan, Frame& frame) {
  const bool several = plan.series >= 0 ? frame.axis(plan.series).size() >= 1 : plan.y.size() >= 2;
  if (several) return std::nullopt;
  return refused("there is only one series", "choose a series column or several measures");
}

std::optional<Error> refuse_pie(const Plan& plan, Frame& frame) {
  const int y = plan.y.front();
  const Range& range = frame.range(y);
  const bool shares = adds_up_to_a_whole(y, frame);
  if (!shares) {
    if (auto error = refuse_unless_additive(plan, frame, "a pie")) return error;
  }
  if (auto error = refuse_negative(plan, frame, "a pie")) return error;
  if (auto error = refuse_repeats(plan, frame, !shares)) return error;
  if (frame.result().truncated || frame.coverage(y) == Coverage::part) {
    return refused("the rows are only a part of all, so a pie would show false shares",
                   "show it as bars");
  }
  if (range.missing + range.not_finite + frame.axis(plan.x).rows_without_place > 0) {
    return refused("some parts have no value, so the whole is not known", "show it as bars");
  }
  if (frame.axis(plan.x).size() < 2 || !(range.sum > 0) || !std::isfinite(range.sum)) {
    return refused("there are no two parts of a whole", "show it as bars");
  }
  return std::nullopt;
}

std::optional<Error> refuse_number(const Plan& plan, Frame& frame) {
  if (frame.rows() != 1 || plan.y.empty()) {
    return refused("a number card shows one value, and this result has more", "show it as a table");
  }
  const auto c = static_cast<std::size_t>(plan.y.front());
  const Row& row = frame.result().rows.front();
  if (c >= row.size() || is_not_finite(row[c]) || std::holds_alternative<Blob>(row[c])) {
    return refused("the value cannot be shown large", "show it as a table");
  }
  const auto* text = std::get_if<std::string>(&row[c]);
  if (text != nullptr && text->size() > static_cast<std::size_t>(frame.limits().max_label_bytes)) {
    return refused("the text is too long to be shown large", "show it as a table");
  }
  return std::nullopt;
}

std::optional<Error> refuse_histogram(const Plan& plan, Frame& frame) {
  if (plan.y.empty()) {
    return refused("this result has no quantity to draw", "show it as a table");
  }
  const Range& range = frame.range(plan.y.front());
  if (range.finite < few_values) {
    return refused("too few values have no distribution", "show it as a table");
  }
  if (!(range.low < range.high) || !std::isfinite(range.high - range.low)) {
    return refused(named(frame, plan.y.front()) + " has no spread that bins could show",
                   "show it as a table");
  }
  return std::nullopt;
}

std::optional<Error> refuse_scatter(const Plan& plan, Frame& frame) {
  if (plan.y.empty() || plan.x.column < 0) {
    return refused("a scatter plot needs two quantities", "show it as a table");
  }
  const ColumnKind& x = frame.kind(plan.x.column);
  const bool numeric = x.role == Role::quantity || x.role == Role::dimension ||
                       (x.role == Role::time && x.type == ColumnType::number);
  if (!numeric) {
    return refused(named(frame, plan.x.column) + " is no number that points could be placed by",
                   "choose a quantity for x");
  }
  std::size_t points = 0;
  for (std::size_t r = 0; r < frame.rows() && points < 2; ++r) {
    if (frame.number(r, plan.x.column) && frame.number(r, plan.y.front())) ++points;
  }
  if (points < 2) return refused("there are no two points to draw", "show it as a table");
  return std::nullopt;
}

}  // namespace

std::optional<Error> refusal(const Plan& plan, Frame& frame) {
  const bool empty = frame.rows() == 0 || frame.columns() == 0;
  switch (plan.kind) {
    case Kind::none:
      if (empty) return std::nullopt;
      return refused("there are rows to show", "show them as a table");
    case Kind::table:
      if (!empty) return std::nullopt;
      return refused("there are no rows to show", "ask for something else");
    case Kind::number:
      return refuse_number(plan, frame);
    case Kind::histogram:
      return refuse_histogram(plan, frame);
    case Kind::scatter:
      return refuse_scatter(plan, frame);
    default:
      break;
  }
  if (auto error = refuse_without_axes(plan, frame)) return error;
  if (plan.kind == Kind::pie) return refuse_pie(plan, frame);
  if (runs_along_order(plan.kind)) {
    if (auto error = refuse_line(plan, frame)) return error;
  }
  if (plan.kind == Kind::area || plan.kind == Kind::stacked_bar) {
    const bool area = plan.kind == Kind::area;
    if (auto error = refuse_unless_additive(plan, frame, area ? "an area" : "a stack")) {
      return error;
    }
  }
  if (plan.kind == Kind::stacked_bar) {
    if (auto error = refuse_negative(plan, frame, "a stack")) return error;
  }
  if (plan.kind == Kind::multi_line || plan.kind == Kind::stacked_bar ||
      plan.kind == Kind::grouped_bar) {
    if (auto error = refuse_single_series(plan, frame)) return error;
  }
  return refuse_repeats(plan, frame, all_additive(plan, frame));
}

std::string_view reason_for(const Plan& plan, const Frame& frame) {
  const bool timed = plan.x.column >= 0 && frame.kind(plan.x.column).role == Role::time;
  switch (plan.kind) {
    case Kind::none:
      return "no rows";
    case Kind::number:
      return "one value";
    case Kind::line:
      return timed ? "a measure over time" : "a measure over an ordered number";
    case Kind::multi_line:
      return timed ? "several series over time" : "several series over an ordered number";
    case Kind::area:
      return "an additive measure over time";
    case Kind::bar:
      return timed ? "a measure per time" : "a category and a measure";
    case Kind::horizontal_bar:
      return "a measure per category, with long or many names";
    case Kind::stacked_bar:
      return "an additive measure per category, split into parts";
    case Kind::grouped_bar:
      return plan.series >= 0 ? "a measure per category and series"
                              : "several measures per category";
    case Kind::pie:
      return "parts of a whole";
    case Kind::scatter:
      return "two measures against each other";
    case Kind::histogram:
      return "how one measure is distributed";
    case Kind::table:
      break;
  }
  if (frame.rows() == 1) return "one row";
  return quantities(frame).empty() ? "no measure to draw" : "no picture says more than the table";
}

}  // namespace idi::chart
