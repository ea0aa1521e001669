#include "preference.hpp"

#include <algorithm>

#include "idi/core/text.hpp"
#include "plan.hpp"

namespace idi::chart {
namespace {

constexpr std::size_t few_rows = 5;    // Fewer points are no cloud.
constexpr std::size_t few_values = 8;  // Fewer values have no distribution.

/// What the preferences look at, once the axes of plain bars are known.
struct Shape {
  AxisColumns x;
  int y = -1;
  bool has_series = false;
  bool several = false;  ///< Several measures that can share an axis.
};

std::vector<Kind> without_axes(const Frame& frame, std::size_t values) {
  const std::size_t measures = quantities(frame).size();
  if (measures >= 2 && frame.rows() >= few_rows) return {Kind::scatter};
  if (measures == 1 && values >= few_values) return {Kind::histogram};
  return {};
}

/// Weekdays, quarters and grouped numbers are steps, not a flow.
bool runs_in_steps(const ColumnKind& x, const Axis& axis, const Limits& limits) {
  return x.unit == TimeUnit::weekday || x.unit == TimeUnit::quarter_of_year ||
         (x.role == Role::dimension && axis.size() <= limits.max_categories);
}

std::vector<Kind> along_an_order(const Shape& shape, Frame& frame) {
  const Axis& axis = frame.axis(shape.x);
  const auto& places = axis.place_of_row;
  const bool sorted = std::is_sorted(places.begin(), places.end()) ||
                      std::is_sorted(places.rbegin(), places.rend());
  // Through the best years of many a line would invent the others.
  const bool picked = frame.coverage(shape.y) == Coverage::part && !sorted;
  const bool bars = picked || runs_in_steps(frame.kind(shape.x.column), axis, frame.limits());
  std::vector<Kind> kinds;
  if (shape.has_series || shape.several) {
    if (bars && shape.has_series) kinds.push_back(Kind::stacked_bar);
    if (bars) kinds.push_back(Kind::grouped_bar);
    kinds.push_back(Kind::multi_line);
  } else {
    kinds = bars ? std::vector{Kind::bar, Kind::line} : std::vector{Kind::line, Kind::bar};
  }
  if (frame.rows() >= few_rows) kinds.push_back(Kind::scatter);
  return kinds;
}

/// Whether all names fit under upright bars without being turned.
bool fits_upright(const Shape& shape, Frame& frame) {
  constexpr int most = 10;
  const Axis& axis = frame.axis(shape.x);
  if (axis.size() > most) return false;
  int total = 0;
  for (const std::size_t row : axis.first_row) {
    const int width = text::display_width(frame.label(shape.x, row));
    if (width > 16) return false;
    total += width;
  }
  return total <= 100;
}

std::vector<Kind> per_category(const Shape& shape, const Choice& choice, Frame& frame) {
  const Axis& axis = frame.axis(shape.x);
  const bool additive = frame.kind(shape.y).additive;
  const bool many = axis.size() > frame.limits().max_categories;
  if (many && !additive && axis.unique() && choice.y.empty() && !choice.x) {
    if (quantities(frame).size() >= 2) return {Kind::scatter, Kind::horizontal_bar};
    const bool keys_alone =
        frame.kind(shape.x.column).role == Role::identifier && shape.x.second < 0;
    if (keys_alone) return {Kind::histogram, Kind::horizontal_bar};
  }
  if (shape.has_series) {
    // The rules refuse a stack of what does not add up.
    return {Kind::stacked_bar, Kind::grouped_bar};
  }
  std::vector<Kind> kinds;
  if (shape.several) kinds.push_back(Kind::grouped_bar);
  const bool whole =
      frame.coverage(shape.y) == Coverage::whole || adds_up_to_a_whole(shape.y, frame);
  const bool few = axis.size() <= frame.limits().max_pie_slices;
  if (whole && few && quantities(frame).size() == 1) kinds.push_back(Kind::pie);
  kinds.push_back(fits_upright(shape, frame) ? Kind::bar : Kind::horizontal_bar);
  return kinds;
}

}  // namespace

std::vector<Kind> preferred_kinds(const Choice& choice, Frame& frame) {
  if (frame.rows() == 0 || frame.columns() == 0) return {Kind::none};
  if (frame.rows() == 1) {
    return frame.columns() == 1 ? std::vector{Kind::number} : std::vector<Kind>{};
  }
  const Plan bars = plan_for(Kind::bar, choice, frame);
  if (bars.x.column < 0 || bars.y.empty()) {
    const auto measures = quantities(frame);
    return without_axes(frame, measures.empty() ? 0 : frame.range(measures.front()).finite);
  }
  Shape shape;
  shape.x = bars.x;
  shape.y = bars.y.front();
  shape.has_series =
      choice.series || (choice.y.size() < 2 && series_beside(shape.x, {shape.y}, frame) >= 0);
  shape.several =
      choice.y.size() > 1 || (choice.y.empty() && like_measures(shape.y, frame).size() > 1);
  return frame.axis(shape.x).scale == Scale::category ? per_category(shape, choice, frame)
                                                      : along_an_order(shape, frame);
}

}  // namespace idi::chart
