#include <algorithm>
#include <cmath>

#include "idi/eval/evaluate.hpp"

namespace idi::eval {
namespace {

void count(Tally& tally, bool right) {
  ++tally.count;
  if (right) ++tally.right;
}

/// Nearest rank: the smallest measured value that so many percent do not exceed.
double percentile(const std::vector<double>& sorted, double percent) {
  const auto rank =
      static_cast<std::size_t>(std::ceil(percent / 100.0 * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

Trust trust_in(const std::vector<ScoredQuestion>& questions) {
  Trust trust;
  std::vector<confidence::Judged> judged;
  bool is_known = false;
  for (const ScoredQuestion& question : questions) {
    const Prediction& prediction = question.outcome.prediction;
    if (prediction.asked_back) ++trust.asked_back;
    if (prediction.refused) ++trust.refused;
    if (prediction.sql.empty()) continue;
    const bool right = question.outcome.verdict == Verdict::right;
    count(trust.answered, right);
    judged.push_back({prediction.confidence, right});
    is_known = is_known || prediction.confidence > 0;
  }
  if (!is_known) return trust;
  trust.reliability = confidence::reliability(judged);
  trust.coverage = confidence::coverage_at(judged, wanted_precision);
  trust.coverage.share *=
      static_cast<double>(judged.size()) / static_cast<double>(questions.size());
  return trust;
}

}  // namespace

Summary summarize(const std::vector<ScoredQuestion>& questions) {
  Summary summary;
  std::map<std::string, std::vector<double>> times;
  for (const ScoredQuestion& question : questions) {
    const Outcome& outcome = question.outcome;
    const bool right = outcome.verdict == Verdict::right;
    count(summary.all, right);
    count(summary.by_hardness[static_cast<std::size_t>(question.hardness)], right);
    count(summary.by_database[question.db_id], right);
    const Prediction& prediction = outcome.prediction;
    if (!prediction.written_by.empty()) count(summary.by_writer[prediction.written_by], right);
    if (!prediction.agreement.empty()) count(summary.by_agreement[prediction.agreement], right);
    summary.unknown_names += prediction.unknown_names;
    if (outcome.verdict == Verdict::unusable) ++summary.unusable;
    if (!outcome.diagnosis.empty()) ++summary.errors[outcome.diagnosis.front()];
    for (const ErrorKind kind : outcome.diagnosis) ++summary.labels[kind];
    if (outcome.candidate_right) {
      if (!summary.candidates) summary.candidates.emplace();
      count(*summary.candidates, *outcome.candidate_right);
    }
    for (const auto& phase : outcome.prediction.phases) {
      times[phase.phase].push_back(phase.milliseconds);
    }
    if (outcome.total_ms) times["total"].push_back(*outcome.total_ms);
    times["predicted_sql"].push_back(outcome.execution_ms);
  }
  summary.trust = trust_in(questions);
  for (auto& [phase, values] : times) {
    std::sort(values.begin(), values.end());
    summary.latency[phase] = {percentile(values, 50), percentile(values, 95)};
  }
  return summary;
}

}  // namespace idi::eval
