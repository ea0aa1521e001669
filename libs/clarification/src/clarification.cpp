// The most doubtful point. Two sources: what the likely alternatives do differently, weighed by
// their probability, and what the words alone leave open (doubts.hpp).
#include "idi/clarification/clarification.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "difference.hpp"
#include "doubts.hpp"
#include "fitting.hpp"
#include "wording.hpp"

namespace idi::clarification {
namespace {

constexpr std::size_t max_options = 5;
/// A cluster with less of the probability than this, or than this part of the likeliest one's, is
/// no reading that anybody should be asked about.
constexpr double least_probability = 0.04;
constexpr double least_part = 0.08;
/// A card about one word is easier to answer than one with whole readings: it wins unless the
/// other is much more doubtful.
constexpr double reading_weight = 0.7;
constexpr std::size_t max_reading_bytes = 300;

/// Alternatives with the same result.
struct Cluster {
  std::vector<const Alternative*> members;  ///< Likeliest first.
  double probability = 0;
};

struct Card {
  Doubt doubt;
  std::vector<double> weights;  ///< By option.
  double doubtful = 0;          ///< The probability that the first option is not meant.
};

std::vector<Cluster> clusters_of(std::span<const Alternative> alternatives) {
  std::map<int, Cluster> by_number;
  std::vector<int> order;
  for (const auto& alternative : alternatives) {
    if (!alternative.query || !alternative.usable || !(alternative.probability > 0)) continue;
    auto& cluster = by_number[alternative.cluster];
    if (cluster.members.empty()) order.push_back(alternative.cluster);
    cluster.members.push_back(&alternative);
    cluster.probability += alternative.probability;
  }
  std::vector<Cluster> clusters;
  for (const int number : order) clusters.push_back(std::move(by_number[number]));
  for (auto& cluster : clusters) {
    std::stable_sort(cluster.members.begin(), cluster.members.end(),
                     [](const auto* a, const auto* b) { return a->probability > b->probability; });
  }
  std::stable_sort(clusters.begin(), clusters.end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  return clusters;
}

class Search {
 public:
  Search(const link::LinkedQuestion& question, const Schema& schema,
         std::span<const Resolution> resolutions, const QueryWords& words)
      : question_(question), schema_(schema), resolutions_(resolutions), words_(words) {}

  std::optional<Clarification> run(std::vector<Cluster> clusters) {
    keep_likely(clusters);
    if (clusters.empty()) return std::nullopt;
    const ir::Query& first = *clusters.front().members.front()->query;
    for (std::size_t i = 1; i < clusters.size(); ++i) add_difference(first, clusters[i]);
    weigh(clusters.front().probability);
    for (auto& [doubt, weight] : doubts_of_words(first, question_, schema_)) {
      add_words(std::move(doubt), weight);
    }
    add_readings(clusters);
    return best();
  }

 private:
  void keep_likely(std::vector<Cluster>& clusters) const {
    // Where every alternative is against a choice, the choice cannot be followed, and says nothing.
    const auto against = [&](const Cluster& cluster) {
      return !in_accord(*cluster.members.front()->query, question_, schema_, resolutions_);
    };
    if (!std::all_of(clusters.begin(), clusters.end(), against)) std::erase_if(clusters, against);
    if (clusters.empty()) return;
    const double least = std::max(least_probability, least_part * clusters.front().probability);
    const auto first_unlikely =
        std::find_if(clusters.begin() + 1, clusters.end(),
                     [&](const Cluster& cluster) { return cluster.probability < least; });
    clusters.erase(first_unlikely, clusters.end());
  }

  /// What sets the cluster apart from the first reading, by the member that differs least.
  void add_difference(const ir::Query& first, const Cluster& cluster) {
    for (const auto* member : cluster.members) {
      Doubt doubt = doubt_between(first, *member->query, question_, schema_);
      if (doubt.ambiguity == Ambiguity::reading) continue;
      Option other = doubt.options.back();
      doubt.options.pop_back();
      auto& card = card_of(std::move(doubt));
      add_option(card, std::move(other), cluster.probability);
      return;
    }
    unexplained_ += cluster.probability;
  }

  Card& card_of(Doubt doubt) {
    const std::string id = doubt.id;
    const auto [place, is_new] = cards_.try_emplace(id);
    if (is_new) {
      place->second.doubt = std::move(doubt);
      place->second.weights.assign(place->second.doubt.options.size(), 0.0);
    }
    return place->second;
  }

  static void add_option(Card& card, Option option, double weight) {
    auto& options = card.doubt.options;
    const auto at = std::find_if(options.begin(), options.end(),
                                 [&](const Option& one) { return one.id == option.id; });
    if (at == options.end()) {
      options.push_back(std::move(option));
      card.weights.push_back(weight);
    } else {
      card.weights[static_cast<std::size_t>(at - options.begin())] += weight;
    }
  }

  void weigh(double first) {
    for (auto& [id, card] : cards_) {
      double others = 0;
      for (const double weight : card.weights) others += weight;
      card.doubtful = others / (first + others);
    }
  }

  void add_words(Doubt doubt, double weight) {
    std::vector<Option> options = doubt.options;
    doubt.options.resize(1);
    auto& card = card_of(std::move(doubt));
    for (auto& option : options) add_option(card, std::move(option), 0);
    card.doubtful = std::max(card.doubtful, weight);
  }

  void add_readings(const std::vector<Cluster>& clusters) {
    if (!words_ || unexplained_ <= 0) return;
    Card card;
    card.doubt.ambiguity = Ambiguity::reading;
    card.doubt.id = id_of(Ambiguity::reading, question_id(question_));
    for (const auto& cluster : clusters) {
      const ir::Query& query = *cluster.members.front()->query;
      add_option(card, {reading_id(query, schema_), shown(words_(query), max_reading_bytes), {}},
                 cluster.probability);
    }
    card.doubtful = unexplained_ / (clusters.front().probability + unexplained_);
    cards_.emplace(card.doubt.id, std::move(card));
  }

  /// The first option stays; the others by weight, of equal ones in their order.
  static std::vector<Option> ordered(const Card& card) {
    std::vector<std::size_t> places;
    for (std::size_t i = 1; i < card.doubt.options.size(); ++i) places.push_back(i);
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return card.weights[a] > card.weights[b];
    });
    std::vector<Option> options{card.doubt.options.front()};
    std::set<std::string> labels{options.front().label};
    for (const auto place : places) {
      const Option& option = card.doubt.options[place];
      // What a person cannot tell apart is no choice.
      if (option.label.empty() || !labels.insert(option.label).second) continue;
      if (options.size() < max_options) options.push_back(option);
    }
    return options;
  }

  [[nodiscard]] bool is_settled(const std::string& id) const {
    return std::any_of(resolutions_.begin(), resolutions_.end(), [&](const auto& resolution) {
      return resolution.clarification == id && fit(resolution, question_, schema_);
    });
  }

  [[nodiscard]] std::optional<Clarification> best() const {
    const Card* found = nullptr;
    double most = 0;
    for (const auto& [id, card] : cards_) {
      const double weight = card.doubt.ambiguity == Ambiguity::reading ? reading_weight : 1;
      const bool is_choice = card.doubtful >= least_doubt && !is_settled(id) &&
                             !card.doubt.options.front().label.empty() && ordered(card).size() >= 2;
      if (!is_choice || card.doubtful * weight <= most) continue;
      most = card.doubtful * weight;
      found = &card;
    }
    if (!found) return std::nullopt;
    return worded(*found);
  }

  [[nodiscard]] Clarification worded(const Card& card) const {
    Clarification clarification;
    clarification.ambiguity = card.doubt.ambiguity;
    clarification.id = card.doubt.id;
    if (!card.doubt.phrase.empty()) {
      clarification.begin =
          question_.tokens[static_cast<std::size_t>(card.doubt.phrase.begin)].begin;
      clarification.end = question_.tokens[static_cast<std::size_t>(card.doubt.phrase.end) - 1].end;
    }
    clarification.text = card_text(card.doubt, question_, schema_);
    clarification.options = ordered(card);
    clarification.doubt = card.doubtful;
    return clarification;
  }

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  const std::span<const Resolution> resolutions_;
  const QueryWords& words_;
  std::map<std::string, Card> cards_;  // by id: ties are settled by it
  double unexplained_ = 0;
};

}  // namespace

std::string_view ambiguity_name(Ambiguity ambiguity) noexcept {
  switch (ambiguity) {
    case Ambiguity::column:
      return "column";
    case Ambiguity::date:
      return "date";
    case Ambiguity::table:
      return "table";
    case Ambiguity::value:
      return "value";
    case Ambiguity::join:
      return "join";
    case Ambiguity::measure:
      return "measure";
    case Ambiguity::reading:
      break;
  }
  return "reading";
}

std::optional<Clarification> find_ambiguity(const link::LinkedQuestion& question,
                                            const Schema& schema,
                                            std::span<const Alternative> alternatives,
                                            std::span<const Resolution> resolutions,
                                            const QueryWords& words) {
  return Search(question, schema, resolutions, words).run(clusters_of(alternatives));
}

}  // namespace idi::clarification
