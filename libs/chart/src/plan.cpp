#include "plan.hpp"

#include <algorithm>
#include <cmath>

#include "column_words.hpp"
#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

constexpr double most_times_apart = 20;  // Beyond it the smaller bar can hardly be seen.

bool holds(const std::vector<int>& columns, int column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::vector<int> columns_of(Role role, const Frame& frame, const Choice& choice) {
  std::vector<int> columns;
  for (int c = 0; c < frame.columns(); ++c) {
    const bool taken = holds(choice.y, c) || choice.series == c;
    if (frame.kind(c).role == role && !taken) columns.push_back(c);
  }
  return columns;
}

bool is_within_year(TimeUnit unit) {
  return unit == TimeUnit::month_of_year || unit == TimeUnit::quarter_of_year;
}

/// The column that completes `x`: the month of a year, a person's other name, a key's name.
int partner_of(int x, const Choice& choice, Frame& frame) {
  const ColumnKind& kind = frame.kind(x);
  if (kind.role == Role::time && kind.unit == TimeUnit::year) {
    for (const int c : columns_of(Role::time, frame, choice)) {
      if (c != x && is_within_year(frame.kind(c).unit)) return c;
    }
  }
  const auto names = columns_of(Role::name, frame, choice);
  if (kind.role == Role::name) {
    const PersonName part = names_a_person(frame.inner_words(x));
    for (const int c : names) {
      const PersonName other = names_a_person(frame.inner_words(c));
      if (part != PersonName::none && other != PersonName::none && part != other) return c;
    }
  }
  if (kind.role == Role::identifier && !names.empty() && frame.axis(x).unique()) {
    for (const int c : names) {
      if (names_a_label(frame.inner_words(c))) return c;
    }
    return names.front();
  }
  return -1;
}

int best_time(const Choice& choice, Frame& frame) {
  int best = -1;
  for (const int c : columns_of(Role::time, frame, choice)) {
    if (frame.axis(c).size() < 2 && frame.rows() > 1) continue;
    // A year leads its months.
    const bool better =
        best < 0 || (is_within_year(frame.kind(best).unit) && frame.kind(c).unit == TimeUnit::year);
    if (better) best = c;
  }
  return best;
}

int unique_name(const std::vector<int>& names, Frame& frame) {
  int unique = -1;
  for (const int c : names) {
    if (!frame.axis(c).unique()) continue;
    if (unique < 0) unique = c;
    if (names_a_label(frame.inner_words(c))) return c;
  }
  return unique;
}

int x_among_names(const std::vector<int>& names, const Choice& choice, Frame& frame) {
  for (const int c : names) {
    const int partner = partner_of(c, choice, frame);
    if (partner >= 0 && frame.axis(AxisColumns{c, partner}).unique()) return c;
  }
  // Names that repeat beside a key that does not belong to different things.
  for (const int c : columns_of(Role::identifier, frame, choice)) {
    if (frame.axis(c).unique()) return c;
  }
  // The colours are few, the places along the axis may be many.
  if (names.size() > 1 && !choice.series) {
    const int first = frame.axis(names[0]).size();
    const int second = frame.axis(names[1]).size();
    if (second > frame.limits().max_series && first < second) return names[1];
  }
  return names.front();
}

int ordered_x(const Choice& choice, Frame& frame) {
  if (const int time = best_time(choice, frame); time >= 0) return time;
  const auto dimensions = columns_of(Role::dimension, frame, choice);
  if (!dimensions.empty()) return dimensions.front();
  // A number orders the others only where nothing else names the rows.
  const bool named = !columns_of(Role::name, frame, choice).empty() ||
                     !columns_of(Role::identifier, frame, choice).empty();
  const auto numbers = named ? std::vector<int>{} : columns_of(Role::quantity, frame, choice);
  const std::size_t needed = choice.y.empty() ? 2 : 1;
  return numbers.size() >= needed ? numbers.front() : -1;
}

int category_x(const Choice& choice, Frame& frame) {
  const auto names = columns_of(Role::name, frame, choice);
  const int time = best_time(choice, frame);
  const int unique = unique_name(names, frame);
  if (time >= 0 && (unique < 0 || (time < unique && frame.axis(time).unique()))) return time;
  if (unique >= 0) return unique;
  if (!names.empty()) return x_among_names(names, choice, frame);
  for (const Role role : {Role::dimension, Role::identifier}) {
    const auto columns = columns_of(role, frame, choice);
    if (!columns.empty()) return columns.front();
  }
  return -1;
}

bool runs_along_order(Kind kind) {
  return kind == Kind::line || kind == Kind::multi_line || kind == Kind::area;
}
bool has_series(Kind kind) {
  return kind == Kind::multi_line || kind == Kind::stacked_bar || kind == Kind::grouped_bar;
}

std::vector<int> free_quantities(AxisColumns x, const Choice& choice, const Frame& frame) {
  std::vector<int> free;
  for (const int c : quantities(frame)) {
    if (c != x.column && choice.series != c) free.push_back(c);
  }
  // What was computed for the answer comes before what it was computed from.
  std::stable_partition(free.begin(), free.end(), [&](int c) {
    const Measure measure = frame.kind(c).measure;
    return measure != Measure::unknown && measure != Measure::none;
  });
  return free;
}

Plan scatter_plan(Plan plan, const Choice& choice, Frame& frame) {
  const auto free = free_quantities({}, choice, frame);
  if (choice.x) {
    plan.x.column = *choice.x;
  } else {
    for (const int c : free) {
      if (!holds(choice.y, c) && plan.x.column < 0) plan.x.column = c;
    }
    const int year = best_time(choice, frame);
    if (year >= 0 && free.size() < 2) plan.x.column = year;
  }
  plan.y = choice.y;
  for (const int c : free) {
    if (plan.y.empty() && c != plan.x.column) plan.y = {c};
  }
  if (choice.series) {
    plan.series = *choice.series;
    return plan;
  }
  for (int c = 0; c < frame.columns() && plan.series < 0; ++c) {
    if (frame.kind(c).role != Role::name) continue;
    const int size = frame.axis(c).size();
    const bool groups = size >= 2 && size <= frame.limits().max_series &&
                        static_cast<std::size_t>(size) * 2 <= frame.rows();
    if (groups) plan.series = c;
  }
  return plan;
}

Plan single_column_plan(Plan plan, const Choice& choice, const Frame& frame) {
  const auto free = quantities(frame);
  const bool measured = choice.x && frame.kind(*choice.x).role == Role::quantity;
  if (!choice.y.empty()) {
    plan.y = {choice.y.front()};
  } else if (measured) {
    plan.y = {*choice.x};
  } else if (!free.empty() && (plan.kind == Kind::histogram || free.size() == 1)) {
    plan.y = {free.front()};
  } else if (plan.kind == Kind::number && frame.columns() == 1) {
    plan.y = {0};
  }
  if (plan.kind == Kind::histogram && !plan.y.empty()) plan.x.column = plan.y.front();
  return plan;
}

}  // namespace

int series_beside(AxisColumns x, const std::vector<int>& y, Frame& frame) {
  if (frame.axis(x).unique()) return -1;
  const bool additive =
      std::all_of(y.begin(), y.end(), [&](int c) { return frame.kind(c).additive; });
  for (const Role role : {Role::name, Role::time, Role::dimension, Role::identifier}) {
    for (int c = 0; c < frame.columns(); ++c) {
      if (frame.kind(c).role != role || c == x.column || c == x.second || holds(y, c)) continue;
      const int size = frame.axis(c).size();
      if (size < 2 || size > 4 * frame.limits().max_series) continue;
      if (additive || frame.pairs_are_unique(x, c)) return c;
    }
  }
  return -1;
}

std::vector<int> quantities(const Frame& frame) {
  std::vector<int> columns;
  for (int c = 0; c < frame.columns(); ++c) {
    if (frame.kind(c).role == Role::quantity) columns.push_back(c);
  }
  return columns;
}

std::vector<int> like_measures(int first, Frame& frame) {
  const auto family = [&](int column) {
    switch (frame.kind(column).measure) {
      case Measure::count:
        return 0;
      case Measure::sum:
        return 1;
      case Measure::average:
      case Measure::extremum:
        return 2;
      default:
        return 3;
    }
  };
  const auto magnitude = [&](int column) {
    const Range& range = frame.range(column);
    return std::max(std::abs(range.low), std::abs(range.high));
  };
  std::vector<int> like = {first};
  for (const int c : quantities(frame)) {
    if (c == first || family(c) != family(first) || frame.range(c).finite == 0) continue;
    const double a = magnitude(c);
    const double b = magnitude(first);
    const bool near = std::max(a, b) <= most_times_apart * std::min(a, b) || a == b;
    if (near && static_cast<int>(like.size()) < frame.limits().max_series) like.push_back(c);
  }
  return like;
}

bool adds_up_to_a_whole(int column, Frame& frame) {
  const Measure measure = frame.kind(column).measure;
  if (measure == Measure::average || measure == Measure::extremum) return false;
  if (!names_a_share(frame.inner_words(column))) return false;
  const double sum = frame.range(column).sum;
  return std::abs(sum - 100) <= 0.5 || std::abs(sum - 1) <= 0.005;
}

Status check_choice(const Choice& choice, Frame& frame) {
  const auto wrong = [](std::string message, std::string hint) {
    return make_error(ErrorCode::invalid_argument, std::move(message), std::move(hint));
  };
  const auto exists = [&](int column) { return column >= 0 && column < frame.columns(); };
  const std::string range = "columns are counted from 0 to " + std::to_string(frame.columns() - 1);
  if (choice.kind && kind_name(*choice.kind).empty()) {
    return wrong("there is no such kind of chart", "choose one of the kinds on offer");
  }
  if (choice.x && !exists(*choice.x)) return wrong("there is no such column for x", range);
  if (choice.series && !exists(*choice.series)) {
    return wrong("there is no such column for the series", range);
  }
  const auto usable = [&](int column) { return frame.kind(column).role != Role::unusable; };
  for (const auto& axis : {choice.x, choice.series}) {
    if (axis && !usable(*axis)) {
      return wrong("“" + frame.words(*axis) + "” has no values that can be put along an axis",
                   "choose another column");
    }
  }
  if (choice.x && choice.x == choice.series) {
    return wrong("one column cannot be both x and series", "choose another column for one");
  }
  if (static_cast<int>(choice.y.size()) > frame.limits().max_series) {
    return wrong("too many measures for one chart",
                 "choose at most " + std::to_string(frame.limits().max_series));
  }
  const bool ignores_x =
      choice.kind == Kind::histogram || choice.kind == Kind::number || choice.kind == Kind::table;
  for (std::size_t i = 0; i < choice.y.size(); ++i) {
    const int column = choice.y[i];
    if (!exists(column)) return wrong("there is no such column for y", range);
    if (std::count(choice.y.begin(), choice.y.end(), column) > 1) {
      return wrong("a measure is named twice", "name each column once");
    }
    const bool alone = frame.columns() == 1 && frame.rows() == 1;
    if (frame.kind(column).role != Role::quantity && frame.kind(column).role != Role::dimension &&
        !alone) {
      std::vector<std::string> names;
      for (const int c : quantities(frame)) names.push_back("“" + frame.words(c) + "”");
      return wrong("“" + frame.words(column) + "” is no quantity that can be drawn to scale",
                   names.empty() ? "this result has no measures; show it as a table"
                                 : "measures here are " + text::join(names, ", "));
    }
    if (choice.series == column || (choice.x == column && !ignores_x)) {
      return wrong("one column cannot be on two axes", "choose another column for one");
    }
  }
  return {};
}

Plan plan_for(Kind kind, const Choice& choice, Frame& frame) {
  Plan plan;
  plan.kind = kind;
  if (kind == Kind::none || kind == Kind::table) return plan;
  if (kind == Kind::number || kind == Kind::histogram) {
    return single_column_plan(plan, choice, frame);
  }
  if (kind == Kind::scatter) return scatter_plan(plan, choice, frame);
  plan.x.column = choice.x                 ? *choice.x
                  : runs_along_order(kind) ? ordered_x(choice, frame)
                                           : category_x(choice, frame);
  if (plan.x.column < 0) return plan;
  plan.x.second = partner_of(plan.x.column, choice, frame);
  plan.y = choice.y.empty() ? free_quantities(plan.x, choice, frame) : choice.y;
  if (plan.y.empty()) return plan;
  if (!has_series(kind)) {
    plan.y.resize(1);
    return plan;
  }
  if (choice.series) {
    plan.series = *choice.series;
  } else if (choice.y.size() < 2) {
    plan.series = series_beside(plan.x, {plan.y.front()}, frame);
  }
  if (plan.series >= 0) {
    plan.y.resize(1);
  } else if (choice.y.empty()) {
    plan.y = like_measures(plan.y.front(), frame);
    std::erase(plan.y, plan.x.column);
  }
  return plan;
}

}  // namespace idi::chart
