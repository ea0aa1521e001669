#include "words.hpp"

#include <algorithm>
#include <array>

namespace idi::dialogue {
namespace {

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto opening_fillers =
    std::to_array<std::string_view>({"actually", "also", "alright", "and", "but", "now", "ok",
                                     "okay", "or", "please", "so", "then"});
constexpr auto interjections = std::to_array<std::string_view>(
    {"fine", "good", "great",   "hello", "hey",    "hi", "hm",   "hmm",  "next", "nice",
     "no",   "oh",   "perfect", "sorry", "thanks", "uh", "well", "yeah", "yes",  "you"});
constexpr auto personal_pronouns =
    std::to_array<std::string_view>({"he", "her", "him", "it", "she", "them", "they"});
constexpr auto possessive_pronouns =
    std::to_array<std::string_view>({"her", "hers", "his", "its", "their", "theirs"});
constexpr auto demonstratives = std::to_array<std::string_view>({"that", "these", "this", "those"});
constexpr auto determiners =
    std::to_array<std::string_view>({"a", "all", "an", "any", "different", "distinct", "each",
                                     "every", "our", "some", "such", "the", "these", "those"});
constexpr auto prepositions = std::to_array<std::string_view>(
    {"about", "after", "among",   "at",    "before", "between", "by",     "during", "except",
     "for",   "from",  "in",      "of",    "on",     "outside", "over",   "per",    "since",
     "to",    "under", "through", "until", "with",   "within",  "without"});
constexpr auto relatives =
    std::to_array<std::string_view>({"that", "where", "which", "who", "whom", "whose"});
constexpr auto auxiliaries = std::to_array<std::string_view>(
    {"are",      "be",   "been",  "belong", "belongs", "can",   "come", "comes", "contain",
     "contains", "cost", "did",   "do",     "does",    "exist", "had",  "has",   "have",
     "is",       "live", "lives", "was",    "were",    "will",  "work", "works"});
constexpr auto asking_verbs = std::to_array<std::string_view>(
    {"compute", "count", "display", "find", "get", "give", "list", "name", "print", "provide",
     "report", "return", "see", "select", "show", "tell", "want"});
constexpr auto question_words = std::to_array<std::string_view>(
    {"how", "what", "what's", "when", "where", "which", "who", "whose", "why"});
constexpr auto irregular_superlatives =
    std::to_array<std::string_view>({"best", "least", "most", "worst"});
/// End in -est and are none.
constexpr auto no_superlatives = std::to_array<std::string_view>(
    {"contest", "east", "forest", "guest", "harvest", "interest", "invest", "midwest", "northwest",
     "protest", "quest", "request", "rest", "southwest", "suggest", "test", "west"});
constexpr auto comparing = std::to_array<std::string_view>(
    {"above",   "after",   "at",      "before",  "below",   "between", "bigger",
     "cheaper", "earlier", "exactly", "fewer",   "greater", "heavier", "higher",
     "larger",  "later",   "less",    "longer",  "lower",   "more",    "newer",
     "older",   "over",    "shorter", "smaller", "taller",  "under",   "younger"});
constexpr auto aggregating = std::to_array<std::string_view>(
    {"average", "count", "many", "maximum", "mean", "minimum", "much", "number", "sum", "total"});
constexpr auto sorting = std::to_array<std::string_view>(
    {"arrange", "arranged", "order", "ordered", "rank", "ranked", "sort", "sorted"});

}  // namespace

bool is_opening_filler(std::string_view word) { return contains(opening_fillers, word); }
bool is_interjection(std::string_view word) { return contains(interjections, word); }
bool is_personal_pronoun(std::string_view word) { return contains(personal_pronouns, word); }
bool is_possessive_pronoun(std::string_view word) { return contains(possessive_pronouns, word); }
bool is_demonstrative(std::string_view word) { return contains(demonstratives, word); }
bool is_determiner(std::string_view word) { return contains(determiners, word); }
bool is_preposition(std::string_view word) { return contains(prepositions, word); }
bool is_relative(std::string_view word) { return contains(relatives, word); }
bool is_auxiliary(std::string_view word) { return contains(auxiliaries, word); }
bool is_asking_verb(std::string_view word) { return contains(asking_verbs, word); }
bool is_question_word(std::string_view word) { return contains(question_words, word); }
bool is_superlative(std::string_view word) {
  if (contains(irregular_superlatives, word)) return true;
  return word.size() > 4 && word.ends_with("est") && !contains(no_superlatives, word);
}
bool is_comparing(std::string_view word) { return contains(comparing, word); }
bool is_aggregating(std::string_view word) { return contains(aggregating, word); }
bool is_sorting(std::string_view word) { return contains(sorting, word); }

}  // namespace idi::dialogue
