#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "evidence.hpp"
#include "idi/answerability/answerability.hpp"
#include "idi/core/text.hpp"

namespace idi::answerability {
namespace {

constexpr std::size_t max_near = 3;

Missing missing_of(const Concept& what, const std::string& phrase, const SchemaNames& names,
                   const link::WordNet& wordnet) {
  Missing missing{phrase, {}, names.holding(what.near, max_near)};
  if (missing.near.empty()) missing.near = names.nearest(phrase, wordnet, max_near);
  missing.why = what.lacking.empty() ? std::string("is not recorded") : std::string(what.lacking);
  if (!what.lacking.empty() && !missing.near.empty())
    missing.why += fmt::format("; there {} only {}", missing.near.size() == 1 ? "is" : "are",
                               text::join(missing.near, ", "));
  return missing;
}

Missing unknown_of(const std::string& word, const SchemaNames& names,
                   const link::WordNet& wordnet) {
  return {word, "is not the name of a table, a column or a value",
          names.nearest(text::fold_case(word), wordnet, max_near)};
}

/// Log-odds that the question cannot be answered; the weights are a logistic regression on
/// questions over databases of Spider's training set, asked of their own and of other databases.
double log_odds(const Evidence& evidence, const std::optional<ParserOpinion>& opinion) {
  const double known = evidence.count(Knowledge::name) + evidence.count(Knowledge::cell);
  const double things = evidence.count(Knowledge::thing);
  const double all =
      known + things + evidence.count(Knowledge::akin) + evidence.count(Knowledge::modifier);
  double sum = -3.5;
  if (all > 0) sum += 4 * things / all;
  if (evidence.count(Knowledge::name) == 0) sum += 1.5;
  if (!evidence.asked_thing.empty()) sum += 1;
  if (evidence.asked_is_foreign) sum += 0.7;
  if (!evidence.lacking.empty()) sum += 2;
  if (opinion) {
    sum += 2 * (1 - std::clamp(opinion->best_relevance, 0.0, 1.0));
    sum += 2 * (1 - std::clamp(opinion->step_probability, 0.0, 1.0));
    sum += 1.5 * (1 - std::clamp(opinion->words_used, 0.0, 1.0));
  }
  return sum;
}

}  // namespace

Verdict judge(const link::LinkedQuestion& question, const link::Linker& linker,
              const std::optional<ParserOpinion>& opinion) {
  const SchemaNames names(linker.schema());
  const Evidence evidence = evidence_of(question, linker, names);
  Verdict verdict;
  for (const auto& [what, phrase] : evidence.lacking)
    verdict.missing.push_back(missing_of(*what, phrase, names, linker.wordnet()));

  const WordSupport support = support_of(question);
  const bool has_slips = evidence.count(Knowledge::akin) > support.related + support.partial;
  if (support.is_nothing() && !has_slips) {
    verdict.answerable = false;
    verdict.doubt = 1;
    // What is lacking says more than a list of unknown words.
    if (verdict.missing.empty())
      for (const std::string& word : support.unknown)
        verdict.missing.push_back(
            {word, {}, names.nearest(text::fold_case(word), linker.wordnet(), max_near)});
    return verdict;
  }

  verdict.doubt = 1 / (1 + std::exp(-log_odds(evidence, opinion)));
  const bool asks_for_foreign_thing =
      evidence.asked_is_foreign && evidence.count(Knowledge::name) == 0;
  const bool is_certain = evidence.lacking_is_certain || asks_for_foreign_thing;
  if (is_certain) verdict.doubt = std::max(verdict.doubt, 0.9);
  verdict.answerable = !is_certain && !(opinion && verdict.doubt > 0.5);
  const auto add_unknown = [&](const std::string& word) {
    const bool is_there = std::any_of(
        verdict.missing.begin(), verdict.missing.end(),
        [&](const Missing& other) { return other.phrase.find(word) != std::string::npos; });
    if (!is_there) verdict.missing.push_back(unknown_of(word, names, linker.wordnet()));
  };
  if (!evidence.asked_thing.empty()) add_unknown(evidence.asked_thing);
  if (!verdict.answerable)
    for (const std::string& word : evidence.unknown_things) add_unknown(word);
  return verdict;
}

}  // namespace idi::answerability
