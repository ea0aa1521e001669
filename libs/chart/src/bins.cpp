#include "bins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "idi/core/assert.hpp"

namespace idi::chart {
namespace {

/// The next of 1, 2, 5 times a power of ten that is at least `width`.
double round_width(double width) {
  const double power = std::pow(10.0, std::floor(std::log10(width)));
  for (const double step : {1.0, 2.0, 5.0, 10.0}) {
    if (step * power >= width * (1 - 1e-12)) return step * power;
  }
  return 10 * power;
}

/// Freedman and Diaconis' rule (1981): 2 · interquartile range · n^(-1/3).
double natural_width(std::vector<double> values, double spread) {
  const auto at = [&](double share) {
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
  };
  const double quartiles = at(0.75) - at(0.25);
  const double count = static_cast<double>(values.size());
  const double width = 2 * quartiles / std::cbrt(count);
  // Sturges' rule (1926) where that is coarser: few values, or half of them the same.
  const double sturges = spread / (1 + std::log2(count));
  return width > 0 && std::isfinite(width) ? std::min(width, sturges) : sturges;
}

}  // namespace

Bins make_bins(const std::vector<double>& values, bool whole, int max_bins) {
  IDI_ASSERT(!values.empty() && max_bins >= 1);
  const double low = *std::min_element(values.begin(), values.end());
  const double high = *std::max_element(values.begin(), values.end());
  const double spread = high - low;
  IDI_ASSERT(spread > 0 && std::isfinite(spread));
  double width = std::max(natural_width(values, spread), spread / max_bins);
  // Spreads near the smallest or the greatest double have no round borders.
  const double rounded = round_width(whole ? std::max(width, 1.0) : width);
  if (rounded > 0 && std::isfinite(rounded)) width = rounded;
  double start = std::floor(low / width) * width;
  const auto count_of = [&] { return std::floor((high - start) / width) + 1; };
  // Round borders may need one bin more than there may be.
  while (std::isfinite(start) && count_of() > max_bins && std::isfinite(width * 2)) {
    width = round_width(width * 1.5);
    start = std::floor(low / width) * width;
  }
  int count = static_cast<int>(std::clamp(count_of(), 1.0, static_cast<double>(max_bins)));
  if (!std::isfinite(start) || !(start + width > start) || start > low) {
    // Values too close together for round borders at their magnitude.
    start = low;
    width = spread / max_bins;
    count = max_bins;
  }
  Bins bins;
  bins.counts.assign(static_cast<std::size_t>(count), 0);
  for (const double value : values) {
    const double place = std::floor((value - start) / width);
    ++bins.counts[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(count - 1)))];
  }
  const bool whole_borders = whole && width == std::floor(width) && start == std::floor(start) &&
                             start + count * width < 1e12;
  for (int b = 0; b < count; ++b) {
    const double from = start + b * width;
    const double to = start + (b + 1) * width - (whole_borders ? 1 : 0);
    bins.labels.push_back(whole_borders && width == 1 ? fmt::format("{:.12g}", from)
                                                      : fmt::format("{:.12g} – {:.12g}", from, to));
  }
  return bins;
}

}  // namespace idi::chart
