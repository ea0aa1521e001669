#include "drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "bins.hpp"
#include "cell.hpp"
#include "grid.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "rules.hpp"
#include "thinning.hpp"

namespace idi::chart {
namespace {

std::string axis_words(AxisColumns columns, const Frame& frame) {
  if (columns.column < 0) return {};
  const std::string& first = frame.words(columns.column);
  if (columns.second < 0) return first;
  const std::string& second = frame.words(columns.second);
  if (frame.kind(columns.column).role == Role::identifier) return second;
  return bounded(first + " and " + second, frame.limits().max_label_bytes);
}

std::string measure_words(const std::vector<int>& y, const Frame& frame) {
  std::vector<std::string> words;
  for (const int c : y) words.push_back(frame.words(c));
  if (words.empty()) return {};
  const std::string last = words.back();
  words.pop_back();
  return words.empty() ? last : text::join(words, ", ") + " and " + last;
}

std::string made_title(const Plan& plan, const Frame& frame) {
  std::string title = measure_words(plan.y, frame);
  if (plan.kind == Kind::table) {
    std::vector<std::string> words;
    for (int c = 0; c < std::min(frame.columns(), 3); ++c) words.push_back(frame.words(c));
    title = text::join(words, ", ");
  } else if (plan.kind == Kind::histogram) {
    title = "distribution of " + title;
  } else if (plan.x.column >= 0) {
    title += (plan.kind == Kind::scatter ? " and " : " by ") + axis_words(plan.x, frame);
    if (plan.series >= 0 && plan.kind != Kind::scatter) title += " and " + frame.words(plan.series);
    if (plan.series >= 0 && plan.kind == Kind::scatter) title += " by " + frame.words(plan.series);
  }
  if (!title.empty()) {
    title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  }
  return title;
}

/// What is not in the picture although it is in the result.
void note_omissions(const Plan& plan, Frame& frame, Chart& chart) {
  if (frame.result().truncated) {
    chart.notes.push_back(fmt::format(
        "The result was cut off after {} rows; the chart shows only these.", frame.rows()));
  }
  if (plan.x.column >= 0 && plan.kind != Kind::histogram && plan.kind != Kind::scatter) {
    const std::size_t lost = frame.axis(plan.x).rows_without_place;
    if (lost > 0) {
      chart.notes.push_back(fmt::format("{} without “{}” {} left out.",
                                        lost == 1 ? "1 row" : fmt::format("{} rows", lost),
                                        axis_words(plan.x, frame), lost == 1 ? "is" : "are"));
    }
    if (frame.kind(plan.x.column).ambiguous_dates) {
      chart.notes.push_back("Dates are read as month/day/year.");
    }
  }
  std::size_t not_finite = 0;
  for (const int c : plan.y) not_finite += frame.range(c).not_finite;
  if (not_finite > 0) {
    chart.notes.push_back(
        fmt::format("{} that {} no finite {} left out.",
                    not_finite == 1 ? "1 value" : fmt::format("{} values", not_finite),
                    not_finite == 1 ? "is" : "are", not_finite == 1 ? "number is" : "numbers are"));
  }
  std::vector<std::string> hidden;
  for (const int c : quantities(frame)) {
    const bool drawn = c == plan.x.column || std::count(plan.y.begin(), plan.y.end(), c) > 0;
    if (!drawn) hidden.push_back(frame.words(c));
  }
  if (!hidden.empty() && plan.kind != Kind::number) {
    chart.notes.push_back("Not shown: " + bounded(text::join(hidden, ", "), 200) + ".");
  }
}

void note_sums(const Plan& plan, Frame& frame, Chart& chart) {
  const bool unique =
      plan.series < 0 ? frame.axis(plan.x).unique() : frame.pairs_are_unique(plan.x, plan.series);
  if (unique) return;
  std::string by = axis_words(plan.x, frame);
  if (plan.series >= 0) by += " and " + frame.words(plan.series);
  chart.notes.push_back(fmt::format("Rows of the same “{}” are added up.", by));
}

void draw_grid(const Plan& plan, Frame& frame, Chart& chart) {
  Grid grid = make_grid(plan, frame);
  chart.labels = std::move(grid.labels);
  chart.series = std::move(grid.series);
  if (grid.ranked) chart.x_scale = Scale::category;
  note_sums(plan, frame, chart);
  chart.notes.insert(chart.notes.end(), grid.notes.begin(), grid.notes.end());
  if (plan.kind == Kind::pie && frame.coverage(plan.y.front()) != Coverage::whole &&
      !adds_up_to_a_whole(plan.y.front(), frame)) {
    chart.notes.push_back("Slices are shares of the rows shown.");
  }
  if (plan.kind == Kind::line || plan.kind == Kind::multi_line) {
    double low = 0;
    double high = 0;
    bool first = true;
    for (const int c : plan.y) {
      const Range& range = frame.range(c);
      low = first ? range.low : std::min(low, range.low);
      high = first ? range.high : std::max(high, range.high);
      first = false;
    }
    // A line that stays far from zero would be flat from there; bars and areas must start there.
    chart.zero_based = low >= 0 && low <= 0.75 * high;
  }
}

void draw_histogram(const Plan& plan, Frame& frame, Chart& chart) {
  const int y = plan.y.front();
  std::vector<double> values;
  for (std::size_t r = 0; r < frame.rows(); ++r) {
    if (const auto value = frame.number(r, y)) values.push_back(*value);
  }
  Bins bins = make_bins(values, frame.kind(y).whole_numbers, frame.limits().max_histogram_bins);
  for (std::string& label : bins.labels) label = bounded(label, frame.limits().max_label_bytes);
  chart.labels = std::move(bins.labels);
  Series series{"number of rows", {}};
  series.values.assign(bins.counts.begin(), bins.counts.end());
  chart.series.push_back(std::move(series));
  chart.x_scale = Scale::linear;
  chart.y_label = "number of rows";
  if (const std::size_t missing = frame.range(y).missing; missing > 0) {
    chart.notes.push_back(fmt::format("{} without “{}” {} not counted.",
                                      missing == 1 ? "1 row" : fmt::format("{} rows", missing),
                                      frame.words(y), missing == 1 ? "is" : "are"));
  }
}

void draw_scatter(const Plan& plan, Frame& frame, Chart& chart) {
  std::vector<std::pair<double, double>> points;
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < frame.rows(); ++r) {
    const auto x = frame.number(r, plan.x.column);
    const auto y = frame.number(r, plan.y.front());
    if (!x || !y) continue;
    points.emplace_back(*x, *y);
    rows.push_back(r);
  }
  if (const std::size_t lost = frame.rows() - rows.size(); lost > 0) {
    chart.notes.push_back(fmt::format("{} without both values {} left out.",
                                      lost == 1 ? "1 row" : fmt::format("{} rows", lost),
                                      lost == 1 ? "is" : "are"));
  }
  const auto kept = thin_points(points, static_cast<std::size_t>(frame.limits().max_points));
  if (kept.size() < points.size()) {
    chart.notes.push_back(fmt::format("{} of {} points are drawn, the extremes among them.",
                                      kept.size(), points.size()));
  }
  const Axis* across = plan.series < 0 ? nullptr : &frame.axis(plan.series);
  if (across != nullptr && across->size() == 0)
    across = nullptr;  // Nothing but NULL divides nothing.
  // The first groups get a series each; a cloud loses nothing if the others share one.
  const int most = frame.limits().max_series;
  const int groups = across == nullptr ? 1 : across->size();
  const int shown = std::min(groups, most);
  chart.points.resize(static_cast<std::size_t>(shown));
  for (int g = 0; g < shown; ++g) {
    auto& name = chart.points[static_cast<std::size_t>(g)].name;
    const bool rest = g == most - 1 && groups > most;
    name = across == nullptr ? frame.words(plan.y.front())
           : rest            ? "other"
                  : frame.label(across->columns, across->first_row[static_cast<std::size_t>(g)]);
  }
  if (groups > most) {
    chart.notes.push_back(fmt::format("{} series are shown as “other”.", groups - most + 1));
  }
  for (const std::size_t k : kept) {
    const int group = across == nullptr ? 0 : across->place_of_row[rows[k]];
    if (group < 0) continue;
    chart.points[static_cast<std::size_t>(std::min(group, shown - 1))].points.push_back(points[k]);
  }
  chart.x_scale = Scale::linear;
  chart.zero_based = false;
}

}  // namespace

Chart draw(const Plan& plan, std::string_view title, Frame& frame) {
  Chart chart;
  chart.kind = plan.kind;
  chart.reason = reason_for(plan, frame);
  if (plan.kind == Kind::none) {
    chart.title = bounded(title, frame.limits().max_label_bytes);
    return chart;
  }
  chart.title = bounded(text::to_valid_utf8(title.empty() ? made_title(plan, frame) : title),
                        frame.limits().max_label_bytes);
  chart.x_column = plan.x.column;
  chart.y_columns = plan.y;
  chart.series_column = plan.series;
  chart.x_label = axis_words(plan.x, frame);
  chart.y_label = bounded(measure_words(plan.y, frame), frame.limits().max_label_bytes);
  if (plan.kind == Kind::table) return chart;
  note_omissions(plan, frame, chart);
  switch (plan.kind) {
    case Kind::number:
      chart.value = frame.result().rows.front()[static_cast<std::size_t>(plan.y.front())];
      break;
    case Kind::histogram:
      draw_histogram(plan, frame, chart);
      break;
    case Kind::scatter:
      draw_scatter(plan, frame, chart);
      break;
    default:
      chart.x_scale = frame.axis(plan.x).scale;
      draw_grid(plan, frame, chart);
  }
  return chart;
}

}  // namespace idi::chart
