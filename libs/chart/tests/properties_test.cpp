// What holds for every result, whatever is in it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "idi/chart/chart.hpp"
#include "idi/chart/column_kind.hpp"
#include "idi/core/text.hpp"
#include "random_result.hpp"

namespace idi::chart {
namespace {

void check_text(const std::string& text, int max_bytes) {
  RC_ASSERT(text::is_valid_utf8(text));
  RC_ASSERT(static_cast<int>(text.size()) <= std::max(max_bytes, 8));
}

bool is_pairwise_different(std::vector<Kind> kinds) {
  std::sort(kinds.begin(), kinds.end());
  return std::adjacent_find(kinds.begin(), kinds.end()) == kinds.end();
}

int most_labels(const Chart& chart, const Limits& limits) {
  switch (chart.kind) {
    case Kind::line:
    case Kind::multi_line:
    case Kind::area:
      return std::max(2, std::max(8, limits.max_points) / static_cast<int>(chart.series.size()));
    case Kind::pie:
      return std::max(2, limits.max_pie_slices);
    case Kind::histogram:
      return std::max(1, limits.max_histogram_bins);
    default:
      return std::max(2, limits.max_categories);
  }
}

void check_chart(const Chart& chart, const RandomResult& given) {
  const Limits& limits = given.limits;
  RC_ASSERT(!chart.available.empty());
  RC_ASSERT(chart.available.front() == chart.kind);
  RC_ASSERT(is_pairwise_different(chart.available));
  RC_ASSERT(!chart.reason.empty());
  check_text(chart.title, limits.max_label_bytes);
  check_text(chart.x_label, limits.max_label_bytes);
  check_text(chart.y_label, std::max(limits.max_label_bytes, 14));  // "number of rows"
  for (const auto& label : chart.labels) check_text(label, limits.max_label_bytes);
  RC_ASSERT(static_cast<int>(chart.series.size()) <= std::max(2, limits.max_series));
  RC_ASSERT(static_cast<int>(chart.points.size()) <= std::max(2, limits.max_series));
  if (!chart.series.empty()) {
    RC_ASSERT(static_cast<int>(chart.labels.size()) <= most_labels(chart, limits));
  }
  bool negative = false;
  for (const Series& series : chart.series) {
    RC_ASSERT(series.values.size() == chart.labels.size());
    for (const auto& value : series.values) {
      RC_ASSERT((!value || std::isfinite(*value)));  // RC_ASSERT itself evaluates both sides of ||
      negative = negative || (value && *value < 0);
    }
  }
  std::size_t points = 0;
  for (const PointSeries& series : chart.points) {
    points += series.points.size();
    for (const auto& [x, y] : series.points) RC_ASSERT(std::isfinite(x) && std::isfinite(y));
  }
  RC_ASSERT(points <= static_cast<std::size_t>(std::max(8, limits.max_points)));
  const bool stacks = chart.kind == Kind::pie || chart.kind == Kind::stacked_bar;
  RC_ASSERT(!(negative && stacks));
  const bool free_baseline =
      chart.kind == Kind::line || chart.kind == Kind::multi_line || chart.kind == Kind::scatter;
  RC_ASSERT(chart.zero_based || free_baseline);
  RC_ASSERT((chart.kind == Kind::number) == chart.value.has_value());
}

bool same_picture(const Chart& a, const Chart& b) {
  const auto same_series = [](const Series& x, const Series& y) {
    return x.name == y.name && x.values == y.values;
  };
  const auto same_points = [](const PointSeries& x, const PointSeries& y) {
    return x.name == y.name && x.points == y.points;
  };
  return a.kind == b.kind && a.title == b.title && a.x_column == b.x_column &&
         a.y_columns == b.y_columns && a.series_column == b.series_column && a.labels == b.labels &&
         a.x_scale == b.x_scale && a.x_label == b.x_label && a.zero_based == b.zero_based &&
         std::equal(a.series.begin(), a.series.end(), b.series.begin(), b.series.end(),
                    same_series) &&
         std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(),
                    same_points);
}

bool holds(const std::function<void()>& property) { return rc::check(property); }

TEST(ChartProperties, AChartExistsForEveryResult) {
  EXPECT_TRUE(holds([] {
    const RandomResult given = draw_result();
    RC_LOG() << print(given);
    const Chart chart = choose_chart(given.table, given.hints, {}, given.limits);
    check_chart(chart, given);
    const bool empty = given.table.rows.empty() || given.table.columns.empty();
    RC_ASSERT((chart.kind == Kind::none) == empty);
    RC_ASSERT(empty ||
              std::count(chart.available.begin(), chart.available.end(), Kind::table) == 1);
    RC_ASSERT(same_picture(chart, choose_chart(given.table, given.hints, {}, given.limits)));
  }));
}

TEST(ChartProperties, EveryKindOnOfferSucceedsAndTheOthersAreRefused) {
  EXPECT_TRUE(holds([] {
    const RandomResult given = draw_result();
    RC_LOG() << print(given);
    const Chart chosen = choose_chart(given.table, given.hints, {}, given.limits);
    for (int k = 0; k < 13; ++k) {
      Choice choice;
      choice.kind = static_cast<Kind>(k);
      RC_LOG() << kind_name(*choice.kind) << "\n";
      const bool offered =
          std::count(chosen.available.begin(), chosen.available.end(), *choice.kind) > 0;
      const auto chart = make_chart(given.table, given.hints, choice, {}, given.limits);
      RC_ASSERT(chart.has_value() == offered);
      if (chart) {
        RC_ASSERT(chart->kind == *choice.kind);
        check_chart(*chart, given);
      } else {
        RC_ASSERT(chart.error().code == ErrorCode::invalid_argument);
        RC_ASSERT(!chart.error().message.empty() && !chart.error().hint.empty());
      }
    }
  }));
}

TEST(ChartProperties, AChartsOwnAxesGiveItAgain) {
  EXPECT_TRUE(holds([] {
    const RandomResult given = draw_result();
    RC_LOG() << print(given);
    Choice first;
    const Chart offered = choose_chart(given.table, given.hints, {}, given.limits);
    first.kind = *rc::gen::elementOf(offered.available);
    const auto chart = make_chart(given.table, given.hints, first, {}, given.limits);
    RC_ASSERT(chart.has_value());
    RC_LOG() << kind_name(chart->kind) << " x " << chart->x_column << " series "
             << chart->series_column << "\n";
    Choice again;
    again.kind = chart->kind;
    if (chart->x_column >= 0) again.x = chart->x_column;
    if (chart->series_column >= 0) again.series = chart->series_column;
    again.y = chart->y_columns;
    const auto second = make_chart(given.table, given.hints, again, {}, given.limits);
    RC_ASSERT(second.has_value());
    RC_ASSERT(same_picture(*chart, *second));
  }));
}

TEST(ChartProperties, AnyChoiceGivesAChartOrAReason) {
  EXPECT_TRUE(holds([] {
    const RandomResult given = draw_result();
    const Choice choice = draw_choice(static_cast<int>(given.table.columns.size()));
    RC_LOG() << print(given);
    const auto chart = make_chart(given.table, given.hints, choice, {}, given.limits);
    if (!chart) {
      RC_ASSERT(chart.error().code == ErrorCode::invalid_argument);
      RC_ASSERT(!chart.error().message.empty() && !chart.error().hint.empty());
      return;
    }
    check_chart(*chart, given);
    if (choice.kind) RC_ASSERT(chart->kind == *choice.kind);
    for (const Kind kind : chart->available) {
      Choice other = choice;
      other.kind = kind;
      RC_LOG() << kind_name(kind) << "\n";
      RC_ASSERT(make_chart(given.table, given.hints, other, {}, given.limits).has_value());
    }
  }));
}

double sum_of(const Chart& chart) {
  double sum = 0;
  for (const Series& series : chart.series) {
    for (const auto& value : series.values) sum += value.value_or(0);
  }
  return sum;
}

TEST(ChartProperties, FoldingPreservesTheSum) {
  EXPECT_TRUE(holds([] {
    ResultTable table{{"city", "shop", "count(*)"}, {}, false};
    std::int64_t sum = 0;
    for (int r = *rc::gen::inRange(2, 80); r > 0; --r) {
      const std::int64_t count = *rc::gen::inRange(0, 1'000);
      sum += count;
      table.rows.push_back({"c" + std::to_string(*rc::gen::inRange(0, 40)),
                            "s" + std::to_string(*rc::gen::inRange(0, 12)), count});
    }
    Limits limits;
    limits.max_categories = *rc::gen::inRange(2, 10);
    limits.max_series = *rc::gen::inRange(2, 5);
    for (const Kind kind :
         {Kind::bar, Kind::horizontal_bar, Kind::stacked_bar, Kind::grouped_bar, Kind::pie}) {
      const auto chart = make_chart(table, {}, Choice{kind, {}, {}, {}}, {}, limits);
      if (chart) RC_ASSERT(sum_of(*chart) == static_cast<double>(sum));
    }
    RC_ASSERT(make_chart(table, {}, Choice{Kind::bar, 0, {2}, {}}, {}, limits).has_value());
  }));
}

TEST(ChartProperties, EveryValueFallsIntoOneBin) {
  EXPECT_TRUE(holds([] {
    ResultTable table{{"value"}, {}, false};
    const double scale = *rc::gen::element(1.0, 0.1, 1e-300, 1e300, 1e15);
    for (int r = *rc::gen::inRange(5, 80); r > 0; --r) {
      table.rows.push_back({*rc::gen::inRange(-50, 50) * scale});
    }
    const auto chart = make_chart(table, {}, Choice{Kind::histogram, {}, {}, {}});
    if (chart) {
      RC_ASSERT(sum_of(*chart) == static_cast<double>(table.rows.size()));
      RC_ASSERT(chart->labels.size() <= 30U);
    }
  }));
}

TEST(ChartProperties, ReadingTimesNeverFails) {
  EXPECT_TRUE(holds([] {
    const auto text = *rc::gen::string<std::string>();
    const TimeReading reading = read_time(text, *rc::gen::arbitrary<bool>());
    RC_ASSERT((reading.unit == TimeUnit::none) == std::isnan(reading.key));
  }));
}

}  // namespace
}  // namespace idi::chart
