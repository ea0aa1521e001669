#include "belief.hpp"

#include <algorithm>
#include <cmath>

#include "idi/explanation/explanation.hpp"
#include "idi/parser/selector.hpp"

namespace idi::engine {
namespace {

constexpr double most_log_odds = 6;

/// The parser's likeliest candidate with the answer of `chosen`; null: there is none.
const SqlCandidate* parsers_witness(const Proposals& proposals, std::size_t chosen) {
  const SqlCandidate* best = nullptr;
  const auto& clusters = proposals.choice.clusters;
  for (std::size_t i = 0; i < proposals.candidates.size(); ++i) {
    const SqlCandidate& candidate = proposals.candidates[i];
    if (candidate.writer != Writer::parser || clusters[i] != clusters[chosen]) continue;
    if (!best || candidate.log_probability > best->log_probability) best = &candidate;
  }
  return best;
}

double log_odds(double probability) {
  const double odds = std::log(probability / (1 - probability));
  return std::clamp(std::isnan(odds) ? 0 : odds, -most_log_odds, most_log_odds);
}

double at_most_one(double value) { return std::clamp(value, 0.0, 1.0); }

bool is_all_null(const ResultTable& table) {
  return !table.rows.empty() &&
         std::all_of(table.rows.begin(), table.rows.end(), [](const Row& row) {
           return std::all_of(row.begin(), row.end(),
                              [](const Value& cell) { return std::holds_alternative<Null>(cell); });
         });
}

class FeatureWriter {
 public:
  explicit FeatureWriter(const Evidence& evidence) : evidence_(evidence) {}

  confidence::Features write() && {
    write_choice();
    write_words();
    write_outcome();
    write_shape();
    return features_;
  }

 private:
  using Feature = confidence::Feature;
  void set(Feature feature, double value) { features_[static_cast<std::size_t>(feature)] = value; }
  [[nodiscard]] const SqlCandidate& chosen() const {
    return evidence_.proposals.candidates[evidence_.chosen];
  }

  /// The sum of the probabilities behind an answer.
  [[nodiscard]] double behind(std::size_t cluster) const {
    const Choice& choice = evidence_.proposals.choice;
    double sum = 0;
    for (std::size_t i = 0; i < choice.clusters.size(); ++i) {
      if (choice.clusters[i] == cluster) sum += choice.probabilities[i];
    }
    return sum;
  }

  void write_choice() {
    const Choice& choice = evidence_.proposals.choice;
    const std::size_t own = choice.clusters[evidence_.chosen];
    const bool is_first = own == choice.clusters[choice.order.front()];
    const double share = is_first ? choice.share : behind(own);
    double next = 0, ran = 0, same = 0;
    for (std::size_t i = 0; i < choice.clusters.size(); ++i) {
      if (choice.clusters[i] != own) next = std::max(next, behind(choice.clusters[i]));
      if (evidence_.proposals.trials[i].state == TrialState::failed) continue;
      ++ran;
      if (choice.clusters[i] == own) ++same;
    }
    set(Feature::share, share);
    set(Feature::share_log_odds, log_odds(share));
    set(Feature::lead, at_most_one(share - next));
    set(Feature::votes, ran > 0 ? same / ran : 0);
    set(Feature::step_probability, step_probability(evidence_.proposals, evidence_.chosen));
    const SqlCandidate* witness = parsers_witness(evidence_.proposals, evidence_.chosen);
    set(Feature::items, witness ? std::exp(witness->item_log_probability) : 0);
    set(Feature::engines_agree, choice.agreement == Agreement::agree);
    set(Feature::engines_differ, choice.agreement == Agreement::differ);
    set(Feature::only_model, choice.agreement == Agreement::only_model);
  }

  void write_words() {
    const auto& support = evidence_.support;
    const double all = support.strong + support.related + support.partial +
                       static_cast<double>(support.unknown.size());
    set(Feature::words_known, support.share());
    set(Feature::words_unknown, all > 0 ? static_cast<double>(support.unknown.size()) / all : 0);
    set(Feature::words_unused,
        1 - words_used(chosen(), evidence_.question, evidence_.schema, support));
    set(Feature::values_unresolved, at_most_one(chosen().unresolved_values / 2.0));
  }

  void write_outcome() {
    const TrialState state = evidence_.proposals.trials[evidence_.chosen].state;
    set(Feature::empty_result, evidence_.result.rows.empty());
    set(Feature::null_result, is_all_null(evidence_.result));
    set(Feature::not_tried, state == TrialState::not_tried || state == TrialState::too_slow);
    double doubt = 0;
    bool repaired = false;
    for (const auto& finding : evidence_.findings) {
      doubt = std::max(doubt, finding.doubt);
      repaired = repaired || finding.repaired;
    }
    set(Feature::doubt, doubt);
    set(Feature::repaired, repaired);
  }

  void write_shape() {
    using parser::SelectionFeature;
    const auto& counted = evidence_.proposals.choice.features[evidence_.chosen];
    const auto third = [&](SelectionFeature feature) {
      return at_most_one(counted[static_cast<std::size_t>(feature)] / 3);
    };
    set(Feature::joins, third(SelectionFeature::joins));
    set(Feature::conditions, third(SelectionFeature::conditions));
    set(Feature::subqueries, third(SelectionFeature::subqueries));
    set(Feature::set_operation,
        counted[static_cast<std::size_t>(SelectionFeature::set_operations)] > 0);
    set(Feature::follow_up, evidence_.follow_up);
  }

  const Evidence& evidence_;
  confidence::Features features_{};
};

}  // namespace

confidence::Features features_of(const Evidence& evidence) {
  return FeatureWriter(evidence).write();
}

double words_used(const SqlCandidate& chosen, const link::LinkedQuestion& question,
                  const Schema& schema, const answerability::WordSupport& support) {
  if (!chosen.query) return 1;
  const auto used = explanation::used_words(*chosen.query, schema, question);
  const auto unused = std::count(used.begin(), used.end(), false);
  const double all = support.strong + support.related + support.partial +
                     static_cast<double>(support.unknown.size());
  return all > 0 ? at_most_one(1 - static_cast<double>(unused) / all) : 1;
}

double step_probability(const Proposals& proposals, std::size_t chosen) {
  const SqlCandidate* witness = parsers_witness(proposals, chosen);
  if (!witness || witness->steps == 0) return 1;
  return std::exp(witness->log_probability / witness->steps);
}

}  // namespace idi::engine
