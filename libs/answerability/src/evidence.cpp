#include "evidence.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "idi/answerability/word_lists.hpp"
#include "word_match.hpp"

namespace idi::answerability {
namespace {

/// Nouns that name nothing of a subject: "the people that …", "all information about …".
constexpr std::array light_nouns = std::to_array<std::string_view>(
    {"answer",    "anyone",       "case",         "detail",      "details",  "entity",
     "entry",     "entries",      "example",      "fact",        "facts",    "figure",
     "group",     "groups",       "individual",   "individuals", "info",     "information",
     "instance",  "item",         "items",        "kind",        "kinds",    "level",
     "line",      "list",         "member",       "members",     "object",   "objects",
     "one",       "ones",         "part",         "parts",       "people",   "person",
     "persons",   "result",       "results",      "set",         "someone",  "sort",
     "sorts",     "statistic",    "statistics",   "table",       "thing",    "things",
     "type",      "types",        "use",          "value",       "values",   "way",
     "word",      "words",        "id",           "ids",         "order",    "descending",
     "ascending", "alphabetical", "respectively", "time",        "times",    "lot",
     "lots",      "end",          "database",     "question",    "overview", "report",
     "top",       "rest",         "side",         "pair",        "pairs",    "combination",
     "place",     "range",        "difference",   "degree",      "form",     "piece",
     "pieces",    "record",       "records"});

bool is_light(std::string_view word) {
  return std::find(light_nouns.begin(), light_nouns.end(), word) != light_nouns.end();
}

/// Nouns are lexicographer files 3–28, verbs and the rest others; unknown words are names of things
/// more often than not.
bool is_noun(std::string_view word, const link::WordNet& wordnet) {
  const int file = wordnet.word_class(word) - 1;
  return file == -1 || (file >= 3 && file <= 28);
}

class Reader {
 public:
  Reader(const link::LinkedQuestion& question, const link::Linker& linker, const SchemaNames& names)
      : question_(question), linker_(linker), names_(names), matches_(word_matches(question)) {}

  Evidence read() {
    for (std::size_t t = 0; t < question_.tokens.size(); ++t)
      evidence_.words.push_back(knowledge_of(t));
    find_lacking();
    find_asked();
    for (std::size_t t = 0; t < question_.tokens.size(); ++t) {
      const std::string& word = question_.tokens[t].text;
      auto& things = evidence_.unknown_things;
      if (evidence_.words[t] != Knowledge::thing ||
          std::find(things.begin(), things.end(), word) != things.end())
        continue;
      things.push_back(word);
      evidence_.has_near_thing =
          evidence_.has_near_thing || names_.is_akin(question_.tokens[t].lower, linker_.wordnet());
    }
    return std::move(evidence_);
  }

 private:
  Knowledge knowledge_of(std::size_t t) const {
    const std::string& word = question_.tokens[t].lower;
    const WordMatch& match = matches_[t];
    if (is_function_word(word) && !match.is_value) return Knowledge::idle;
    if (match.is_value || match.cell == link::CellMatch::exact) return Knowledge::cell;
    if (match.name >= link::NameMatch::synonym) return Knowledge::name;
    if (match.is_number || is_operation_word(word) || is_light(word)) return Knowledge::idle;
    if (match.name == link::NameMatch::related || match.cell == link::CellMatch::partial)
      return Knowledge::akin;
    if (!names_.meant_by(word).empty()) return Knowledge::akin;
    return is_noun(word, linker_.wordnet()) ? Knowledge::thing : Knowledge::modifier;
  }

  /// Concepts by their first stem; made once.
  struct Trigger {
    std::vector<std::string> stems;
    const Concept* what;
  };
  static const std::unordered_map<std::string, std::vector<Trigger>>& triggers() {
    static const auto all = [] {
      std::unordered_map<std::string, std::vector<Trigger>> made;
      for (const Concept& concept_asked : all_concepts()) {
        for (const std::string_view phrase : phrases_of(concept_asked.asked)) {
          Trigger trigger{{}, &concept_asked};
          for (const auto& token : link::tokenize(phrase)) trigger.stems.push_back(token.stem);
          made[trigger.stems.front()].push_back(std::move(trigger));
        }
      }
      return made;
    }();
    return all;
  }

  bool stands_at(std::size_t t, const Trigger& trigger) const {
    if (t + trigger.stems.size() > question_.tokens.size()) return false;
    for (std::size_t i = 0; i < trigger.stems.size(); ++i)
      if (question_.tokens[t + i].stem != trigger.stems[i]) return false;
    return true;
  }

  bool is_met(const Concept& what) const {
    if (names_.has_any(what.needs)) return true;
    return !what.together.empty() && names_.has_any(what.together) && names_.has_any(what.with);
  }

  void find_lacking() {
    for (std::size_t t = 0; t < question_.tokens.size(); ++t) {
      const auto found = triggers().find(question_.tokens[t].stem);
      if (found == triggers().end()) continue;
      for (const Trigger& trigger : found->second)
        if (stands_at(t, trigger)) consider(t, trigger);
    }
  }

  void consider(std::size_t t, const Trigger& trigger) {
    for (std::size_t i = t; i < t + trigger.stems.size(); ++i) {
      // A name or a cell: the database has it. What WordNet thinks near is no column yet: to it,
      // "profitable" is "paying".
      const WordMatch& match = matches_[i];
      if (match.name >= link::NameMatch::partial || match.is_value ||
          match.cell != link::CellMatch::none)
        return;
    }
    if (is_met(*trigger.what)) {
      // The database has what it takes, under whatever name: "revenue" is known where amounts are.
      for (std::size_t i = t; i < t + trigger.stems.size(); ++i)
        evidence_.words[i] = Knowledge::name;
      return;
    }
    const std::size_t begin = question_.tokens[t].begin;
    const std::size_t end = question_.tokens[t + trigger.stems.size() - 1].end;
    std::string phrase = question_.question.substr(begin, end - begin);
    auto& lacking = evidence_.lacking;
    const auto same = std::find_if(lacking.begin(), lacking.end(),
                                   [&](const auto& other) { return other.first == trigger.what; });
    if (same == lacking.end()) {
      lacking.emplace_back(trigger.what, std::move(phrase));
    } else if (same->second.size() < phrase.size()) {
      same->second = std::move(phrase);  // "profit margin" rather than "profit".
    }
  }

  /// "What is the weather in Berlin?": the words behind those of asking, up to the next that has no
  /// meaning of its own.
  void find_asked() {
    const auto& tokens = question_.tokens;
    if (tokens.empty()) return;
    constexpr std::array asks_otherwise = std::to_array<std::string_view>(
        {"who", "whom", "whose", "where", "when", "why", "is", "are", "was", "were", "do", "does",
         "did", "can", "has", "have"});
    const std::string& first = tokens.front().lower;
    if (std::find(asks_otherwise.begin(), asks_otherwise.end(), first) != asks_otherwise.end())
      return;
    if (first == "how" &&
        (tokens.size() < 2 || (tokens[1].lower != "many" && tokens[1].lower != "much")))
      return;
    std::size_t begin = 0;
    while (begin < tokens.size() && evidence_.words[begin] == Knowledge::idle) ++begin;
    std::size_t end = begin;
    for (; end < tokens.size() && evidence_.words[end] != Knowledge::idle; ++end)
      if (evidence_.words[end] == Knowledge::name || evidence_.words[end] == Knowledge::cell ||
          evidence_.words[end] == Knowledge::akin)
        return;
    for (std::size_t t = end; t-- > begin;) {
      if (evidence_.words[t] != Knowledge::thing) continue;
      evidence_.asked_thing = tokens[t].text;
      evidence_.asked_is_foreign = !names_.is_akin(tokens[t].lower, linker_.wordnet());
      return;
    }
  }

  const link::LinkedQuestion& question_;
  const link::Linker& linker_;
  const SchemaNames& names_;
  const std::vector<WordMatch> matches_;
  Evidence evidence_;
};

}  // namespace

int Evidence::count(Knowledge knowledge) const {
  return static_cast<int>(std::count(words.begin(), words.end(), knowledge));
}

Evidence evidence_of(const link::LinkedQuestion& question, const link::Linker& linker,
                     const SchemaNames& names) {
  return Reader(question, linker, names).read();
}

}  // namespace idi::answerability
