#include "thinning.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "idi/core/assert.hpp"

namespace idi::chart {
namespace {

using Values = std::vector<std::optional<double>>;

/// The series' values divided by their greatest magnitude, so that areas cannot overflow and no
/// series outweighs the others. A gap is NaN.
std::vector<double> to_own_scale(const Values& values) {
  double greatest = 0;
  for (const auto& value : values) greatest = std::max(greatest, value ? std::abs(*value) : 0.0);
  std::vector<double> scaled(values.size(), std::nan(""));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) scaled[i] = greatest > 0 ? *values[i] / greatest : 0.0;
  }
  return scaled;
}

/// Mean position and mean value (NaN if all are gaps) of [begin, end).
std::pair<double, double> mean_of(const std::vector<double>& values, std::size_t begin,
                                  std::size_t end) {
  double sum = 0;
  std::size_t known = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (std::isnan(values[i])) continue;
    sum += values[i];
    ++known;
  }
  return {(static_cast<double>(begin) + static_cast<double>(end - 1)) / 2,
          known > 0 ? sum / static_cast<double>(known) : std::nan("")};
}

double triangle(double ax, double ay, double bx, double by, double cx, double cy) {
  const double area = std::abs((ax - cx) * (by - ay) - (ax - bx) * (cy - ay)) / 2;
  return std::isnan(area) ? 0 : area;
}

void keep_extremes(const std::vector<Values>& series, std::size_t most,
                   std::set<std::size_t>& kept) {
  for (const Values& values : series) {
    std::optional<std::size_t> low;
    std::optional<std::size_t> high;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      if (!low || *values[i] < *values[*low]) low = i;
      if (!high || *values[i] > *values[*high]) high = i;
    }
    for (const auto& extreme : {high, low}) {
      if (extreme && kept.size() < most) kept.insert(*extreme);
    }
  }
}

}  // namespace

std::vector<std::size_t> thin_lines(const std::vector<Values>& series, std::size_t keep) {
  IDI_ASSERT(!series.empty() && keep >= 2);
  const std::size_t size = series.front().size();
  if (size <= keep) {
    std::vector<std::size_t> all(size);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }
  std::set<std::size_t> kept = {0, size - 1};
  keep_extremes(series, keep, kept);
  const std::size_t buckets = keep - kept.size();
  std::vector<std::vector<double>> scaled;
  for (const Values& values : series) scaled.push_back(to_own_scale(values));
  std::size_t previous = 0;
  const auto border = [&](std::size_t bucket) { return 1 + bucket * (size - 2) / buckets; };
  for (std::size_t b = 0; b < buckets; ++b) {
    const std::size_t begin = border(b);
    const std::size_t end = border(b + 1);
    const std::size_t next_end = b + 1 < buckets ? border(b + 2) : size;
    std::optional<std::size_t> best;
    double largest = -1;
    std::vector<std::pair<double, double>> next;
    for (const auto& values : scaled) next.push_back(mean_of(values, end, next_end));
    for (std::size_t i = begin; i < end; ++i) {
      if (kept.count(i) > 0) continue;
      double area = 0;
      for (std::size_t s = 0; s < scaled.size(); ++s) {
        area += triangle(static_cast<double>(previous), scaled[s][previous], static_cast<double>(i),
                         scaled[s][i], next[s].first, next[s].second);
      }
      if (area > largest) {
        largest = area;
        best = i;
      }
    }
    if (!best) continue;
    kept.insert(*best);
    previous = *best;
  }
  return {kept.begin(), kept.end()};
}

std::vector<std::size_t> thin_points(const std::vector<std::pair<double, double>>& points,
                                     std::size_t keep) {
  IDI_ASSERT(keep >= 4);
  std::vector<std::size_t> all(points.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (points.size() <= keep) return all;
  const auto by_x = [&](std::size_t a, std::size_t b) { return points[a].first < points[b].first; };
  const auto by_y = [&](std::size_t a, std::size_t b) {
    return points[a].second < points[b].second;
  };
  const auto [left, right] = std::minmax_element(all.begin(), all.end(), by_x);
  const auto [bottom, top] = std::minmax_element(all.begin(), all.end(), by_y);
  std::set<std::size_t> kept = {*left, *right, *bottom, *top};
  const std::size_t more = keep - kept.size();
  for (std::size_t i = 0; i < more; ++i) kept.insert(i * points.size() / more);
  return {kept.begin(), kept.end()};
}

}  // namespace idi::chart
