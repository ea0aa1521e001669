#include <algorithm>
#include <cmath>

#include "idi/confidence/confidence.hpp"
#include "idi/core/assert.hpp"

namespace idi::confidence {
namespace {

double bounded(double confidence) {
  return std::isnan(confidence) ? 0 : std::clamp(confidence, 0.0, 1.0);
}

/// Most confident first.
std::vector<Judged> ordered(std::span<const Judged> judged) {
  std::vector<Judged> result(judged.begin(), judged.end());
  for (Judged& one : result) one.confidence = bounded(one.confidence);
  std::stable_sort(result.begin(), result.end(),
                   [](const Judged& a, const Judged& b) { return a.confidence > b.confidence; });
  return result;
}

/// The probability that a right answer is more confident than a wrong one; equal ones count half.
double ranking_quality_of(std::span<const Judged> judged) {
  double right_above = 0;  // Right ones seen so far.
  double wrong_above = 0;
  double pairs = 0;
  const auto sorted = ordered(judged);
  for (std::size_t i = 0; i < sorted.size();) {
    double right = 0;
    double wrong = 0;
    std::size_t end = i;
    for (; end < sorted.size() && sorted[end].confidence == sorted[i].confidence; ++end)
      (sorted[end].right ? right : wrong) += 1;
    pairs += wrong * (right_above + right / 2);
    right_above += right;
    wrong_above += wrong;
    i = end;
  }
  return right_above > 0 && wrong_above > 0 ? pairs / (right_above * wrong_above) : 0.5;
}

}  // namespace

Reliability reliability(std::span<const Judged> judged, int bins) {
  IDI_ASSERT(bins >= 1);
  Reliability result;
  result.bins.resize(static_cast<std::size_t>(bins));
  for (std::size_t i = 0; i < result.bins.size(); ++i) {
    result.bins[i].low = static_cast<double>(i) / bins;
    result.bins[i].high = static_cast<double>(i + 1) / bins;
  }
  for (const Judged& one : judged) {
    const double confidence = bounded(one.confidence);
    const auto place = static_cast<std::size_t>(confidence * bins);
    Bin& bin = result.bins[std::min(place, result.bins.size() - 1)];
    ++bin.count;
    bin.confidence += confidence;
    bin.accuracy += one.right ? 1 : 0;
    const double error = confidence - (one.right ? 1 : 0);
    result.brier_score += error * error / static_cast<double>(judged.size());
  }
  for (Bin& bin : result.bins) {
    if (bin.count == 0) continue;
    const auto count = static_cast<double>(bin.count);
    bin.confidence /= count;
    bin.accuracy /= count;
    result.expected_calibration_error +=
        std::abs(bin.accuracy - bin.confidence) * count / static_cast<double>(judged.size());
  }
  result.ranking_quality = ranking_quality_of(judged);
  return result;
}

Coverage coverage_at(std::span<const Judged> judged, double precision) {
  Coverage best;
  const auto sorted = ordered(judged);
  double right = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    right += sorted[i].right ? 1 : 0;
    const bool splits_equals =
        i + 1 < sorted.size() && sorted[i + 1].confidence == sorted[i].confidence;
    if (splits_equals) continue;
    const auto count = static_cast<double>(i + 1);
    if (right / count >= precision)
      best = {count / static_cast<double>(sorted.size()), sorted[i].confidence};
  }
  return best;
}

}  // namespace idi::confidence
