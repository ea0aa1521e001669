#include "cue_words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "idi/answerability/word_lists.hpp"

namespace idi::explanation {
namespace {

using Words = std::initializer_list<std::string_view>;
struct Entry {
  std::initializer_list<Cue> cues;
  Words words;
};

using enum Cue;

// Superlatives name an end of an order; which end depends on what is ordered: the oldest person
// has the earliest birthday. So they stand for both ends.
const std::initializer_list<Cue> an_end{minimum, maximum, descending, ascending, limit, one};
const std::initializer_list<Cue> a_side{above, below, between};

const Entry entries[] = {
    {{count},
     {"how", "many", "number", "numbers", "count", "counts", "counted", "counting", "often",
      "times", "frequency", "frequencies", "amount", "total", "quantity"}},
    {{sum, add},
     {"total", "totals", "sum", "summed", "sums", "overall", "altogether", "combined", "much",
      "amount", "together", "entire", "whole", "all", "how", "add"}},
    {{average}, {"average", "averages", "averaged", "mean", "avg", "typical", "typically"}},
    {an_end, {"most",      "least",      "top",      "bottom",  "best",     "worst",   "first",
              "last",      "max",        "maximum",  "maximal", "maximums", "min",     "minimum",
              "minimal",   "minimums",   "fewest",   "leading", "peak",     "popular", "common",
              "frequent",  "frequently", "commonly", "highly",  "favorite", "recent",  "recently",
              "prevalent", "extreme",    "main"}},
    {{descending},
     {"descending", "decreasing", "decending", "desc", "reverse", "reversed", "down"}},
    {{ascending},
     {"ascending", "increasing", "asc", "alphabetic", "alphabetical", "alphabetically",
      "chronological", "chronologically", "lexicographic", "lexicographical", "lexicographically"}},
    {{ascending, descending},
     {"order", "ordered",      "ordering",       "orders",  "sort",    "sorted",   "sorting",
      "sorts", "rank",         "ranked",         "ranking", "arrange", "arranged", "by",
      "high",  "low",          "large",          "small",   "old",     "young",    "long",
      "short", "alphabetical", "alphabetically", "big",     "new"}},
    {a_side,
     {"more",      "less",      "fewer",    "above",    "below",    "over",    "under",   "beyond",
      "after",     "before",    "since",    "until",    "till",     "least",   "most",    "exceed",
      "exceeds",   "exceeding", "exceeded", "up",       "maximum",  "minimum", "max",     "min",
      "between",   "within",    "past",     "prior",    "during",   "range",   "ranging", "ranges",
      "inclusive", "exclusive", "strictly", "multiple", "several",  "once",    "twice",   "further",
      "at",        "single",    "only",     "positive", "negative", "nonzero", "same",    "equal",
      "least",     "some"}},
    {{equal},
     {"exactly", "equal", "equals", "same", "only", "precisely", "identical", "match", "matches",
      "matching", "once", "single", "either", "zero"}},
    {{between}, {"between", "from", "to", "range", "ranging", "within", "and", "through"}},
    {{like},
     {"contain",    "contains",  "containing", "contained", "include", "includes", "including",
      "included",   "start",     "starts",     "starting",  "started", "begin",    "begins",
      "beginning",  "end",       "ends",       "ending",    "prefix",  "suffix",   "letter",
      "letters",    "substring", "word",       "words",     "string",  "like",     "character",
      "characters", "phrase",    "has",        "initial",   "part",    "full",     "any",
      "beginning",  "anywhere"}},
    {{missing}, {"missing", "unknown", "no",       "not",       "without", "null",   "empty",
                 "known",   "blank",   "recorded", "available", "lack",    "lacks",  "specified",
                 "still",   "yet",     "never",    "any",       "exist",   "exists", "non"}},
    {{negation},
     {"not",       "no",      "without", "never",   "except",  "excluding",   "exclude", "excluded",
      "other",     "neither", "nor",     "none",    "don't",   "doesn't",     "didn't",  "isn't",
      "aren't",    "wasn't",  "weren't", "hasn't",  "haven't", "hadn't",      "cannot",  "can't",
      "outside",   "lack",    "lacks",   "lacking", "non",     "yet",         "n't",     "but",
      "different", "nobody",  "nothing", "nowhere", "only",    "exclusively", "solely",  "besides",
      "unless",    "instead", "fail",    "failed",  "any",     "ever",        "zero",    "0",
      "absent",    "missing", "t",       "opposed", "rather",  "apart",       "aside",   "always",
      "all"}},
    {{either, both}, {"or",
                      "either",
                      "and",
                      "both",
                      "also",
                      "well",
                      "together",
                      "along",
                      "union",
                      "plus",
                      "as",
                      "additionally",
                      "simultaneously",
                      "common",
                      "shared",
                      "share",
                      "same",
                      "combined",
                      "overlap",
                      "but"}},
    {{distinct, group},
     {"different", "distinct", "unique", "various", "each", "every", "distinctive", "all",
      "duplicate", "duplicates", "individual"}},
    {{group}, {"each",      "per",        "every",      "by",           "group",         "grouped",
               "groups",    "for",        "respective", "respectively", "corresponding", "across",
               "within",    "individual", "given",      "particular",   "broken",        "split",
               "breakdown", "according",  "among"}},
    {{share},
     {"percent", "percentage", "percentages", "share", "proportion", "ratio", "fraction", "portion",
      "rate", "part", "shares"}},
    {{running}, {"running", "cumulative", "cumulatively", "accumulated", "far", "date"}},
    {{change}, {"change",   "changes",     "changed",    "growth",   "grow",      "grew",
                "grown",    "increase",    "increased",  "decrease", "decreased", "compared",
                "previous", "development", "difference", "before",   "over",      "drop",
                "dropped",  "fell",        "rose",       "decline"}},
    {{subtract},
     {"minus", "difference", "differ", "between", "less", "gap", "margin", "days", "profit", "long",
      "after", "deducted", "subtract", "net", "change", "more"}},
    {{add}, {"plus", "sum", "combined", "total", "together"}},
    {{multiply}, {"times", "product", "multiplied", "revenue", "total", "worth", "turnover"}},
    {{divide},
     {"per", "ratio", "divided", "average", "rate", "percent", "percentage", "share",
      "proportion"}},
    {{year}, {"year", "years", "yearly", "annual", "annually"}},
    {{month}, {"month", "months", "monthly"}},
    {{day}, {"day", "days", "daily", "date", "dates"}},
    {{quarter}, {"quarter", "quarters", "quarterly"}},
    {{week}, {"week", "weeks", "weekly"}},
    {{weekday}, {"weekday", "weekdays", "day", "days", "week"}},
    {{limit, one}, {"single", "one", "just", "only", "any", "example"}},
};

const std::map<std::string_view, Cues>& table() {
  static const std::map<std::string_view, Cues> words = [] {
    std::map<std::string_view, Cues> all;
    for (const Entry& entry : entries) {
      for (const auto word : entry.words) {
        for (const Cue cue : entry.cues) all[word].set(static_cast<std::size_t>(cue));
      }
    }
    return all;
  }();
  return words;
}

/// "largest", "cheapest"; not "west", "guest", "interest".
bool is_superlative(std::string_view word) {
  static constexpr std::string_view others[] = {
      "west",   "guest",     "interest",  "forest", "request",  "harvest",  "contest", "protest",
      "invest", "northwest", "southwest", "test",   "manifest", "conquest", "arrest"};
  return word.size() >= 6 && word.ends_with("est") &&
         std::find(std::begin(others), std::end(others), word) == std::end(others);
}

/// A closed list: most words in "-er" are no comparatives.
bool is_comparative(std::string_view word) {
  static constexpr std::string_view all[] = {
      "bigger", "smaller", "larger",   "greater", "higher",  "lower",   "older",   "younger",
      "longer", "shorter", "later",    "earlier", "newer",   "heavier", "lighter", "taller",
      "faster", "slower",  "cheaper",  "better",  "worse",   "deeper",  "richer",  "poorer",
      "wider",  "closer",  "nearer",   "farther", "further", "busier",  "hotter",  "colder",
      "warmer", "cooler",  "stronger", "weaker",  "thicker", "pricier"};
  return std::find(std::begin(all), std::end(all), word) != std::end(all);
}

constexpr auto plain_words = std::to_array<std::string_view>(
    {"information", "info",      "detail",   "details",       "data",      "database", "table",
     "record",      "records",   "row",      "rows",          "entry",     "entries",  "column",
     "field",       "item",      "items",    "currently",     "certain",   "specific", "available",
     "existing",    "following", "retrieve", "fetch",         "identify",  "describe", "compute",
     "calculate",   "determine", "state",    "produce",       "obtain",    "people",   "person",
     "persons",     "one",       "ones",     "instance",      "instances", "case",     "cases",
     "somehow",     "actual",    "actually", "corresponding", "cound",     "counted"});

constexpr auto attribute_nouns = std::to_array<std::string_view>(
    {"name",  "names",  "number",   "numbers", "amount",  "amounts", "id",       "ids",
     "code",  "codes",  "type",     "types",   "kind",    "kinds",   "size",     "sizes",
     "score", "scores", "value",    "values",  "level",   "levels",  "date",     "dates",
     "time",  "times",  "title",    "titles",  "rate",    "rates",   "count",    "total",
     "line",  "member", "members",  "group",   "term",    "terms",   "quantity", "unit",
     "units", "label",  "category", "point",   "points",  "year",    "years",    "day",
     "days",  "hour",   "hours",    "minute",  "minutes", "class",   "full",     "side",
     "part",  "place",  "sort",     "word",    "length",  "degree",  "percent",  "percentage"});

constexpr auto irregular_verbs = std::to_array<std::string_view>(
    {"live",        "lives",        "lived",     "play",     "plays",    "teach",    "teaches",
     "taught",      "take",         "takes",     "took",     "taken",    "hold",     "holds",
     "held",        "offer",        "offers",    "provide",  "provides", "work",     "works",
     "spend",       "spends",       "spent",     "study",    "studies",  "write",    "writes",
     "wrote",       "written",      "sell",      "sells",    "sold",     "buy",      "buys",
     "bought",      "win",          "wins",      "won",      "lead",     "leads",    "led",
     "pay",         "pays",         "paid",      "grow",     "grows",    "fly",      "flies",
     "flew",        "flown",        "run",       "runs",     "ran",      "build",    "builds",
     "built",       "know",         "knows",     "meet",     "meets",    "met",      "stay",
     "stays",       "serve",        "serves",    "join",     "joins",    "attend",   "attends",
     "participate", "participates", "operate",   "operates", "perform",  "performs", "receive",
     "receives",    "register",     "registers", "order",    "visit",    "visits",   "drive",
     "drives",      "driven",       "drove",     "wear",     "wears",    "worn",     "cover",
     "covers",      "happen",       "happens",   "occur",    "occurs",   "stand",    "stands",
     "begin",       "began",        "begun",     "come",     "comes",    "came",     "go",
     "goes",        "gone",         "went",      "leave",    "leaves",   "left",     "bring",
     "brought",     "send",         "sends",     "sent",     "sing",     "sings",    "sang",
     "sung",        "speak",        "speaks",    "spoken",   "bear",     "born",     "die",
     "dies",        "get",          "gets",      "got",      "give",     "given",    "belong",
     "belongs",     "reside",       "resides",   "enter",    "enters",   "train",    "trains",
     "make",        "makes",        "made",      "own",      "owns",     "use",      "uses",
     "located",     "release",      "act",       "acts",     "manage",   "manages",  "choose",
     "chose",       "chosen",       "carry",     "carries",  "appear",   "appears",  "contribute",
     "contributes", "treat",        "treats",    "supply",   "supplies", "produce",  "produces",
     "publish",     "publishes",    "employ",    "employs",  "host",     "hosts",    "handle",
     "handles",     "depart",       "departs",   "arrive",   "arrives",  "land",     "lands",
     "enroll",      "enrolls",      "require",   "requires", "allow",    "allows",   "support",
     "supports",    "show",         "drawn",     "thought",  "say",      "says",     "lie",
     "lies",        "lay",          "fall",      "falls",    "fell",     "fought",   "lost",
     "lose",        "share",        "shares",    "shared",   "become",   "becomes",  "rent",
     "rents",       "borrow",       "eat",       "see",      "seen",     "saw",      "set",
     "hit",         "put",          "cost",      "costs"});

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

Cues cues_of(std::string_view word) {
  Cues cues;
  const auto found = table().find(word);
  if (found != table().end()) cues = found->second;
  if (is_superlative(word)) {
    for (const Cue cue : an_end) cues.set(static_cast<std::size_t>(cue));
  }
  if (is_comparative(word)) {
    for (const Cue cue : a_side) cues.set(static_cast<std::size_t>(cue));
    // "whose price is higher than that of …": also what a highest value is compared with.
    for (const Cue cue : {maximum, minimum, descending, ascending}) {
      cues.set(static_cast<std::size_t>(cue));
    }
  }
  return cues;
}

Cues likelier_cues_of(std::string_view word) {
  static constexpr auto high = std::to_array<std::string_view>(
      {"highest", "largest", "greatest", "biggest", "most", "maximum", "max", "maximal", "top",
       "best", "longest", "tallest", "heaviest", "latest", "newest", "last", "recent"});
  static constexpr auto low = std::to_array<std::string_view>(
      {"lowest", "smallest", "least", "fewest", "minimum", "min", "minimal", "cheapest", "bottom",
       "worst", "shortest", "lightest", "earliest", "first"});
  Cues cues;
  if (is_in(high, word)) {
    for (const Cue cue : {maximum, descending}) cues.set(static_cast<std::size_t>(cue));
  }
  if (is_in(low, word)) {
    for (const Cue cue : {minimum, ascending}) cues.set(static_cast<std::size_t>(cue));
  }
  return cues;
}

bool is_plain_word(std::string_view word) {
  return answerability::is_function_word(word) || is_in(plain_words, word);
}

bool is_attribute_noun(std::string_view word) { return is_in(attribute_nouns, word); }

bool is_verb(std::string_view word) {
  const bool inflected = word.size() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
  return inflected || is_in(irregular_verbs, word);
}

}  // namespace idi::explanation
