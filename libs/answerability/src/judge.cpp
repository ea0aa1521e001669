#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "evidence.hpp"
#include "idi/answerability/answerability.hpp"
#include "idi/core/text.hpp"

namespace idi::answerability {
namespace {

constexpr std::size_t max_near = 3;

Missing missing_of(const Concept& what, const std::string& phrase, const SchemaNames& names,
                   const link::WordNet& wordnet) {
  Missing missing{phrase, {}, names.holding(what.near, max_near), true};
  if (missing.near.empty()) missing.near = names.nearest(phrase, wordnet, max_near);
  missing.why = what.lacking.empty() ? std::string("is not recorded") : std::string(what.lacking);
  if (what.says_what_is_there && !missing.near.empty())
    missing.why += fmt::format("; there {} only {}", missing.near.size() == 1 ? "is" : "are",
                               text::join(missing.near, ", "));
  return missing;
}

Missing unknown_of(const std::string& word, const SchemaNames& names,
                   const link::WordNet& wordnet) {
  return {word, "is not the name of a table, a column or a value",
          names.nearest(text::fold_case(word), wordnet, max_near)};
}

/// Log-odds that the question cannot be answered: a logistic regression on questions over databases
/// that the network had not seen, in Spider's words and in Spider-Syn's, each asked of its own and
/// of another database. Training databases all.
double log_odds(const Evidence& evidence, const std::optional<ParserOpinion>& opinion) {
  const double things = evidence.count(Knowledge::thing);
  const double modifiers = evidence.count(Knowledge::modifier);
  const double akin = evidence.count(Knowledge::akin);
  const double known = evidence.count(Knowledge::name) + evidence.count(Knowledge::cell);
  const double all = std::max(1.0, known + things + modifiers + akin);
  double sum = -3.3 + (2.75 * things + 1.85 * modifiers + 3.3 * akin) / all;
  sum += 3.2 * std::min(things, 3.0) / 3;
  if (opinion) {
    sum += 3.2 * (1 - std::clamp(opinion->step_probability, 0.0, 1.0));
    sum += 3.7 * (1 - std::clamp(opinion->words_used, 0.0, 1.0));
  }
  return sum;
}

/// On the same questions: four of five that no table can answer are refused, and of those that can
/// be answered 0.7 % in Spider's words and 3.5 % in Spider-Syn's.
constexpr double refusing_doubt = 0.8;

}  // namespace

Judge::Judge(std::shared_ptr<const link::Linker> linker)
    : linker_(std::move(linker)), names_(std::make_shared<SchemaNames>(linker_->schema())) {}

Verdict Judge::verdict_on(const link::LinkedQuestion& question,
                          const std::optional<ParserOpinion>& opinion) const {
  const SchemaNames& names = *names_;
  const link::WordNet& wordnet = linker_->wordnet();
  const Evidence evidence = evidence_of(question, *linker_, names);
  Verdict verdict;
  for (const auto& [what, phrase] : evidence.lacking)
    verdict.missing.push_back(missing_of(*what, phrase, names, wordnet));

  const WordSupport support = support_of(question);
  // Slips of names, and words that mean something near to one, are for the parser to decide on.
  const bool has_slips = evidence.count(Knowledge::akin) > support.related + support.partial;
  if (support.is_nothing() && !has_slips && !evidence.has_near_thing &&
      evidence.count(Knowledge::name) == 0) {
    verdict.answerable = false;
    verdict.doubt = 1;
    // What is lacking says more than a list of unknown words.
    if (verdict.missing.empty())
      for (const std::string& word : support.unknown)
        verdict.missing.push_back(
            {word, {}, names.nearest(text::fold_case(word), wordnet, max_near)});
    return verdict;
  }

  verdict.doubt = 1 / (1 + std::exp(-log_odds(evidence, opinion)));
  const bool asks_for_foreign_thing =
      evidence.asked_is_foreign && evidence.count(Knowledge::name) == 0;
  const bool is_certain = !evidence.lacking.empty() || asks_for_foreign_thing;
  if (is_certain) verdict.doubt = std::max(verdict.doubt, 0.9);
  verdict.answerable = !is_certain && !(opinion && verdict.doubt > refusing_doubt);
  const auto add_unknown = [&](const std::string& word) {
    const bool is_there = std::any_of(
        verdict.missing.begin(), verdict.missing.end(),
        [&](const Missing& other) { return other.phrase.find(word) != std::string::npos; });
    if (!is_there) verdict.missing.push_back(unknown_of(word, names, wordnet));
  };
  if (!evidence.asked_thing.empty()) add_unknown(evidence.asked_thing);
  if (!verdict.answerable)
    for (const std::string& word : evidence.unknown_things) add_unknown(word);
  return verdict;
}

}  // namespace idi::answerability
