// Value candidates that are no cells: names, places, quoted fragments, by where they stand.
#pragma once

#include "candidate_list.hpp"
#include "value_candidates.hpp"

namespace idi::link {

/// Words that stand where a value stands: with capitals, after "the letter", after a preposition,
/// or naming a person or place that WordNet knows. What the list covers already is left alone.
void add_spans(CandidateList& list, const std::vector<ItemMatches>& names,
               const ValueSources& sources);

/// Columns where some cells hold all words of the candidate ("Gatwick" in "London Gatwick"); the
/// cell itself where there is one only.
void add_columns_with_words(ValueCandidate& candidate, const std::vector<QuestionToken>& tokens,
                            const ValueIndex& index);

}  // namespace idi::link
