#include "choice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "idi/core/assert.hpp"
#include "idi/engine/engines.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/sql/translate.hpp"

namespace idi::engine {
namespace {

using Indices = std::vector<std::size_t>;

/// Orders candidates of one answer without reordering answers.
constexpr double least_difference = 1e-6;
/// Puts what contradicts the user's own choice behind the rest; among such, the order stays.
constexpr double discord = 20;
/// Of what has no say.
constexpr double least_score = -50;

parser::CandidateOutcome outcome_of(const Trial& trial) {
  switch (trial.state) {
    case TrialState::rows:
    case TrialState::empty:
      return parser::outcome_of(trial.table);
    case TrialState::failed:
      return parser::outcome_of(*trial.error);
    case TrialState::too_slow:
    case TrialState::not_tried:
      break;
  }
  return parser::outcome_of(make_error(ErrorCode::timeout, "not run to its end"));
}

/// As the selector reads it. REQUIRES: its tree is known.
parser::Candidate as_parsed(const SqlCandidate& candidate) {
  return {candidate.tokens,
          *candidate.query,
          candidate.sql,
          candidate.log_probability,
          candidate.steps,
          candidate.unresolved_values,
          candidate.item_log_probability};
}

class Chooser {
 public:
  Chooser(const std::vector<SqlCandidate>& candidates, const std::vector<Trial>& trials,
          const Scales& scales)
      : candidates_(candidates), trials_(trials), scales_(scales) {
    for (std::size_t i = 0; i < trials.size(); ++i) {
      outcomes_.push_back(outcome_of(trials[i]));
      if (candidates[i].query) outcomes_[i].words_unused = words_unused(*candidates[i].query);
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      (candidates[i].writer == Writer::parser ? parsed_ : modelled_).push_back(i);
    }
    choice_.scores.resize(candidates.size());
    choice_.features.resize(candidates.size());
    choice_.probabilities.resize(candidates.size());
    for (const SqlCandidate& candidate : candidates) {
      in_accord_.push_back(!candidate.query ||
                           clarification::in_accord(*candidate.query, scales.question,
                                                    scales.schema, scales.resolutions));
    }
  }

  Choice run() && {
    make_clusters();
    if (!parsed_.empty()) select(parsed_);
    if (!modelled_.empty()) weigh_modelled();
    if (modelled_.empty()) {
      decide_alone(parsed_);
    } else if (parsed_.empty()) {
      decide_by_model();
    } else {
      decide_together();
    }
    return std::move(choice_);
  }

 private:
  [[nodiscard]] double words_unused(const ir::Query& query) const {
    const auto used = explanation::used_words(query, scales_.schema, scales_.question);
    if (used.empty()) return 0;
    return static_cast<double>(std::count(used.begin(), used.end(), false)) /
           static_cast<double>(used.size());
  }

  [[nodiscard]] bool has_run(std::size_t i) const { return outcomes_[i].ran; }

  [[nodiscard]] bool same_answer(std::size_t a, std::size_t b) const {
    if (a == b || candidates_[a].sql == candidates_[b].sql) return true;
    if (!has_run(a) || !has_run(b) || outcomes_[a].result_hash != outcomes_[b].result_hash)
      return false;
    if (!outcomes_[a].truncated && !outcomes_[b].truncated) return true;
    // Of long results only the beginning was seen: then the queries must say the same.
    return candidates_[a].writer != candidates_[b].writer && same_tree(a, b);
  }

  [[nodiscard]] bool same_tree(std::size_t a, std::size_t b) const {
    if (!candidates_[a].query || !candidates_[b].query) return false;
    const auto text = [&](std::size_t i) {
      return sql::to_sql(*candidates_[i].query, scales_.schema, scales_.schema.dialect);
    };
    const auto one = text(a);
    const auto other = text(b);
    return one && other && *one == *other;
  }

  /// The selector's scores, fitted as a softmax over one engine's candidates.
  void select(const Indices& indices) {
    IDI_ASSERT(scales_.selector != nullptr);
    std::vector<parser::Candidate> candidates;
    std::vector<parser::CandidateOutcome> outcomes;
    for (const std::size_t i : indices) {
      IDI_ASSERT(candidates_[i].query.has_value());
      candidates.push_back(as_parsed(candidates_[i]));
      outcomes.push_back(outcomes_[i]);
    }
    const auto rows =
        parser::selection_features(scales_.question, scales_.schema, candidates, outcomes);
    for (std::size_t place = 0; place < rows.size(); ++place) {
      choice_.features[indices[place]] = rows[place];
      choice_.scores[indices[place]] = scales_.execution_choice
                                           ? scales_.selector->score(rows[place])
                                           : candidates_[indices[place]].log_probability;
      if (!in_accord_[indices[place]]) choice_.scores[indices[place]] -= discord;
    }
  }

  /// What failed has no say. Where the selector can read all the others, it weighs them too: what
  /// it knows of questions, queries and results is true whoever wrote the query.
  void weigh_modelled() {
    Indices running;
    for (const std::size_t i : modelled_) {
      choice_.scores[i] = least_score;
      if (trials_[i].state != TrialState::failed) running.push_back(i);
    }
    model_share_.resize(candidates_.size());
    if (running.empty()) return;
    const bool readable =
        scales_.selector && std::all_of(running.begin(), running.end(), [&](std::size_t i) {
          return candidates_[i].query && !candidates_[i].tokens.empty();
        });
    if (readable) {
      select(running);
    } else {
      for (const std::size_t i : running) {
        choice_.scores[i] = candidates_[i].log_probability - (in_accord_[i] ? 0 : discord);
      }
    }
    const double best = choice_.scores[best_of(running)];
    double all = 0;
    for (const std::size_t i : running) all += std::exp(choice_.scores[i] - best);
    for (const std::size_t i : running) model_share_[i] = std::exp(choice_.scores[i] - best) / all;
  }

  [[nodiscard]] std::size_t best_of(const Indices& indices) const {
    return *std::max_element(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
      return choice_.scores[a] < choice_.scores[b];
    });
  }

  void sort_by_score() {
    choice_.order.resize(candidates_.size());
    std::iota(choice_.order.begin(), choice_.order.end(), std::size_t{0});
    std::stable_sort(choice_.order.begin(), choice_.order.end(), [&](std::size_t a, std::size_t b) {
      return choice_.scores[a] > choice_.scores[b];
    });
  }

  /// The share of the scores' softmax behind the best one's answer.
  [[nodiscard]] double share_behind(std::size_t best, const Indices& indices) const {
    double all = 0, behind = 0;
    for (const std::size_t i : indices) {
      const double share = std::exp(choice_.scores[i] - choice_.scores[best]);
      all += share;
      if (same_answer(i, best)) behind += share;
    }
    return behind / all;
  }

  void decide_alone(const Indices& indices) {
    sort_by_score();
    const std::size_t best = best_of(indices);
    choice_.share = share_behind(best, indices);
    double all = 0;
    for (const std::size_t i : indices) all += std::exp(choice_.scores[i] - choice_.scores[best]);
    for (const std::size_t i : indices) {
      choice_.probabilities[i] = std::exp(choice_.scores[i] - choice_.scores[best]) / all;
    }
    choice_.agreement = Agreement::only_parser;
  }

  /// Gives each candidate its part of what its answer is believed.
  void divide(const std::vector<double>& by_cluster) {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const auto& cluster = clusters_[choice_.clusters[i]];
      choice_.probabilities[i] =
          by_cluster[choice_.clusters[i]] / static_cast<double>(cluster.size());
    }
  }

  /// Candidates by their answer; Choice::clusters says which is whose.
  void make_clusters() {
    auto& cluster_of = choice_.clusters;
    cluster_of.resize(candidates_.size());
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      std::size_t cluster = 0;
      while (cluster < clusters_.size() && !same_answer(clusters_[cluster].front(), i)) ++cluster;
      if (cluster == clusters_.size()) clusters_.emplace_back();
      clusters_[cluster].push_back(i);
      cluster_of[i] = cluster;
    }
  }

  [[nodiscard]] double model_mass(std::size_t cluster) const {
    double mass = 0;
    for (const std::size_t i : clusters_[cluster]) mass += model_share_[i];
    return mass;
  }

  /// What the model's word makes of an answer of this share.
  [[nodiscard]] double believed(double share) const {
    const double reliability = scales_.model_reliability;
    return reliability * share + (1 - reliability) / static_cast<double>(clusters_.size() + 1);
  }

  /// Votes: the answer that most of the probability stands behind; within it the likeliest text.
  void decide_by_model() {
    std::vector<double> mass(clusters_.size());
    for (std::size_t c = 0; c < clusters_.size(); ++c) mass[c] = model_mass(c);
    for (const std::size_t i : modelled_) {
      choice_.scores[i] = std::max(std::log(mass[choice_.clusters[i]]), least_score) +
                          model_share_[i] * least_difference;
    }
    sort_by_score();
    choice_.share = believed(mass[choice_.clusters[choice_.order.front()]]);
    for (double& each : mass) each = believed(each);
    divide(mass);
    choice_.agreement = Agreement::only_model;
  }

  void decide_together() {
    const std::size_t parsers_best = best_of(parsed_);
    const std::size_t models_best = models_favourite();
    const double alone = share_behind(parsers_best, parsed_);
    const auto posterior = posteriors();
    const std::vector<double> selected = choice_.scores;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      // The parser's own text first among equals: it can be explained.
      const bool is_parsed = candidates_[i].writer == Writer::parser;
      const double within = is_parsed ? 1 / (1 + std::exp(selected[parsers_best] - selected[i]))
                                      : model_share_[i] / 4;
      choice_.scores[i] = std::log(posterior[choice_.clusters[i]]) + within * least_difference;
    }
    sort_by_score();
    const std::size_t first = choice_.order.front();
    choice_.share = posterior[choice_.clusters[first]];
    divide(posterior);
    if (same_answer(parsers_best, models_best)) {
      choice_.agreement = Agreement::agree;
      // A second witness who says the same is no reason to believe the first one less.
      if (same_answer(first, parsers_best)) choice_.share = std::max(choice_.share, alone);
      return;
    }
    choice_.agreement = Agreement::differ;
    choice_.other = candidates_[first].writer == Writer::parser ? models_best : parsers_best;
  }

  [[nodiscard]] std::size_t models_favourite() {
    return *std::max_element(modelled_.begin(), modelled_.end(), [&](std::size_t a, std::size_t b) {
      const double mass_a = model_mass(choice_.clusters[a]);
      const double mass_b = model_mass(choice_.clusters[b]);
      return mass_a < mass_b || (mass_a == mass_b && model_share_[a] < model_share_[b]);
    });
  }

  /// By cluster; with "none of these" they sum to 1.
  [[nodiscard]] std::vector<double> posteriors() const {
    const double answers = static_cast<double>(clusters_.size() + 1);
    const double top = choice_.scores[best_of(parsed_)];
    std::vector<double> shares(clusters_.size());
    double all = 0;
    for (const std::size_t i : parsed_) {
      const double share = std::exp(choice_.scores[i] - top);
      shares[choice_.clusters[i]] += share;
      all += share;
    }
    double total = parser_misses / answers * believed(0);
    for (std::size_t c = 0; c < clusters_.size(); ++c) {
      // A statement that does not run is no answer.
      const bool runs = std::any_of(clusters_[c].begin(), clusters_[c].end(), [&](std::size_t i) {
        return trials_[i].state != TrialState::failed;
      });
      const double parsers = (1 - parser_misses) * shares[c] / all + parser_misses / answers;
      shares[c] = runs ? parsers * believed(model_mass(c)) : 1e-12;
      total += shares[c];
    }
    for (double& share : shares) share /= total;
    return shares;
  }

  const std::vector<SqlCandidate>& candidates_;
  const std::vector<Trial>& trials_;
  const Scales& scales_;
  std::vector<parser::CandidateOutcome> outcomes_;
  Indices parsed_, modelled_;
  std::vector<double> model_share_;  ///< By candidate index; sums to 1 over the model's.
  std::vector<Indices> clusters_;
  std::vector<bool> in_accord_;
  Choice choice_;
};

}  // namespace

Choice choose(const std::vector<SqlCandidate>& candidates, const std::vector<Trial>& trials,
              const Scales& scales) {
  IDI_ASSERT(!candidates.empty() && candidates.size() == trials.size());
  return Chooser(candidates, trials, scales).run();
}

}  // namespace idi::engine
