#include "reference.hpp"

#include <algorithm>
#include <array>

#include "narrowing.hpp"
#include "subject.hpp"
#include "words.hpp"

namespace idi::dialogue {
namespace {

enum class Pointing { possessive, personal, demonstrative, one, each };

struct Pointer {
  Pointing kind = Pointing::personal;
  int at = 0;
};

bool is_generic_noun(std::string_view word) {
  constexpr auto nouns =
      std::to_array<std::string_view>({"entries", "items", "list", "ones", "one", "people",
                                       "records", "result", "results", "rows", "things"});
  return std::find(nouns.begin(), nouns.end(), word) != nouns.end();
}

bool is_time_noun(std::string_view word) {
  return word == "year" || word == "month" || word == "week" || word == "quarter" ||
         word == "day" || word == "days" || word == "time";
}

bool is_noun_like(const Sentence& u, int i) {
  const std::string_view word = u.word(i);
  return !word.empty() && !is_auxiliary(word) && !is_preposition(word) && !is_relative(word) &&
         !is_determiner(word) && !is_sorting(word) && !is_question_word(word) && word != "and" &&
         word != "or" && !is_comparing(word);
}

/// "that" points only where no clause can begin.
bool is_pointing_demonstrative(const Sentence& u, int i) {
  const std::string_view word = u.word(i);
  const std::string_view next = u.word(i + 1);
  if (is_time_noun(next)) return false;
  if (word == "these" || word == "those" || word == "this") return true;
  const std::string_view before = u.word(i - 1);
  const bool free = i == 0 || is_preposition(before) || is_asking_verb(before) ||
                    is_auxiliary(before) || before == "only" || before == "about";
  return free && !is_auxiliary(next) &&
         (next.empty() || u.mark_before(i + 1) || u.table_at(i + 1) >= 0 || is_generic_noun(next) ||
          u.names_column(i + 1));
}

bool is_pointing_one(const Sentence& u, int i) {
  const std::string_view word = u.word(i);
  if (word == "ones") return true;
  if (word != "one") return false;
  const std::string_view before = u.word(i - 1);
  return before == "which" || before == "that" || before == "this" || is_superlative(before) ||
         (before == "the" && u.size() > i + 1);
}

/// "which products do they sell": the noun before is what is asked for, not who.
bool is_do(std::string_view word) { return word == "do" || word == "does" || word == "did"; }

bool is_each_of(const Sentence& u, int i) {
  return u.word(i - 1) == "of" && (u.word(i - 2) == "each" || u.word(i - 2) == "all");
}

std::optional<Pointer> pointer_of(const Sentence& u) {
  bool named = false;  // what pronouns may mean stands in the utterance itself
  for (int i = 0; i < u.size(); ++i) {
    const std::string_view word = u.word(i);
    if (is_pointing_one(u, i)) return Pointer{Pointing::one, i};
    if (is_demonstrative(word) && is_pointing_demonstrative(u, i)) {
      if (!is_generic_noun(u.word(i + 1)) || u.word(i + 1) != "one") {
        return Pointer{Pointing::demonstrative, i};
      }
    }
    if (is_personal_pronoun(word) && (is_do(u.word(i - 1)) || is_each_of(u, i))) {
      return Pointer{Pointing::personal, i};
    }
    if (word == "each" && i > 0 &&
        (i + 1 == u.size() || is_do(u.word(i - 1)) ||
         (u.word(i + 1) == "one" && i + 2 == u.size()))) {
      return Pointer{Pointing::each, i};
    }
    if (named) continue;
    if (is_possessive_pronoun(word) && is_noun_like(u, i + 1)) {
      return Pointer{Pointing::possessive, i};
    }
    if (is_personal_pronoun(word)) return Pointer{Pointing::personal, i};
    named = u.table_at(i) >= 0 && u.columns_at(i, link::NameMatch::exact).empty();
  }
  return std::nullopt;
}

bool opens_clause(const Sentence& u, int i) {
  return is_question_word(u.word(i)) || is_asking_verb(u.word(i));
}

class Resolver {
 public:
  Resolver(const Sentence& utterance, const Sentence& previous, const link::Linker& linker)
      : u_(utterance), previous_(previous), linker_(linker) {}

  std::optional<std::string> resolve(const Pointer& pointer) const {
    if (auto fewer = choosing(pointer)) return fewer;
    switch (pointer.kind) {
      case Pointing::possessive:
        return possessive(pointer.at);
      case Pointing::personal:
        return personal(pointer.at);
      case Pointing::demonstrative:
        return demonstrative(pointer.at);
      case Pointing::one:
        return one(pointer.at);
      case Pointing::each:
        return each(pointer.at);
    }
    return std::nullopt;
  }

 private:
  std::optional<Subject> subject() const { return subject_of(previous_, linker_); }

  /// "which of those are in Berlin?", "of them, who is the oldest?", "show the ones in Berlin": the
  /// same of fewer rows.
  std::optional<std::string> choosing(const Pointer& pointer) const {
    if (pointer.kind == Pointing::possessive) return std::nullopt;
    const auto about = subject();
    if (!about || !shows_rows(previous_, *about)) return std::nullopt;
    int i = 0;
    while (is_opening_filler(u_.word(i))) ++i;
    int end = pointer.at + 1;  // of the pointer
    if (is_generic_noun(u_.word(end)) || (pointer.kind == Pointing::demonstrative &&
                                          about->table >= 0 && u_.table_at(end) == about->table)) {
      ++end;
    }
    if (end >= u_.size()) return std::nullopt;
    const bool leading = is_preposition(u_.word(i)) && pointer.at == i + 1;
    if (leading && chooses(end)) {
      ++end;
      if (u_.word(end) == "ones" || u_.word(end) == "one") ++end;
    } else if (!(chooses(i) && pointer.at <= i + 2)) {
      return listing(i, pointer, end, *about);
    }
    if (!is_verbal(end)) return std::nullopt;
    return narrowed(previous_, about, clause_from(end));
  }

  /// The verb follows the rows now, which are many: "has the most orders" → "with the most orders".
  std::string clause_from(int verb) const {
    const std::string_view word = u_.word(verb);
    const std::string rest = u_.slice(verb + 1, u_.size());
    if (word == "has" && u_.word(verb + 1) == "the") return "with " + rest;
    if (word == "has") return "that have " + rest;
    if (word == "is") return "that are " + rest;
    if (word == "was") return "that were " + rest;
    return "that " + u_.slice(verb, u_.size());
  }

  bool chooses(int i) const { return u_.word(i) == "which" || u_.word(i) == "who"; }

  bool is_verbal(int i) const {
    return is_auxiliary(u_.word(i)) ||
           (i < u_.size() && !u_.names_column(i) && u_.table_at(i) < 0 && !u_.value_at(i) &&
            !is_preposition(u_.word(i)) && !is_relative(u_.word(i)));
  }

  /// "show only those who live in Berlin".
  std::optional<std::string> listing(int i, const Pointer& pointer, int end,
                                     const Subject& about) const {
    if (!is_asking_verb(u_.word(i))) return std::nullopt;
    ++i;
    while (u_.word(i) == "me" || u_.word(i) == "only" || u_.word(i) == "just" ||
           u_.word(i) == "the") {
      ++i;
    }
    const std::string_view next = u_.word(end);
    if (i != pointer.at || !(is_relative(next) || (is_preposition(next) && next != "by"))) {
      return std::nullopt;
    }
    return narrowed(previous_, about, u_.slice(end, u_.size()));
  }

  /// "their names and prices, sorted by price" → "the names and prices of the products …, sorted".
  std::optional<std::string> possessive(int at) const {
    const auto about = subject();
    if (!about) return std::nullopt;
    int end = at + 1;
    while (end < u_.size() && is_noun_like(u_, end)) end = next_noun(end);
    const std::string phrase = "the " + u_.slice(at + 1, end) + " of the " + about->phrase;
    return u_.replaced(at, end, phrase);
  }

  /// Over "and", "or" and commas between nouns.
  int next_noun(int end) const {
    ++end;
    int after = end;
    while (u_.word(after) == "and" || u_.word(after) == "or" || is_determiner(u_.word(after)) ||
           is_possessive_pronoun(u_.word(after))) {
      ++after;
    }
    return after > end && is_noun_like(u_, after) ? after : end;
  }

  std::optional<std::string> personal(int at) const {
    const auto about = subject();
    if (!about) return std::nullopt;
    return placed(at, at + 1, *about);
  }

  std::optional<std::string> demonstrative(int at) const {
    int noun = at + 1;
    while (noun < u_.size() && u_.value_at(noun) &&
           u_.value_at(noun)->kind == link::ValueKind::number) {
      ++noun;
    }
    const std::string_view word = u_.word(noun);
    const bool alone = noun >= u_.size() || !is_noun_like(u_, noun) || u_.mark_before(noun) ||
                       opens_clause(u_, noun);
    if (alone || is_generic_noun(word)) {
      const auto about = subject();
      if (!about) return std::nullopt;
      return placed(at, alone ? at + 1 : noun + 1, *about);
    }
    int end = noun + 1;
    const int table = u_.table_at(noun);
    while (table >= 0 && u_.table_at(end) == table) ++end;
    if (const auto about = subject(); about && table >= 0 && about->table == table) {
      return placed(at, end, *about);
    }
    if (const auto about = subject_with(previous_, u_.stem(noun), linker_)) {
      return placed(at, end, *about);
    }
    const auto about = subject();
    if (!about) return std::nullopt;
    if (table >= 0) return placed_beside(at, end, *about);
    return u_.replaced(at, end, "the " + u_.slice(noun, end) + " of the " + about->phrase);
  }

  /// Another table's noun: "those orders" after "customers in Germany".
  std::optional<std::string> placed_beside(int at, int end, const Subject& about) const {
    return u_.replaced(at, end, "the " + u_.slice(at + 1, end) + " of the " + about.phrase);
  }

  /// "which one", "the cheapest one", "the ones in France".
  std::optional<std::string> one(int at) const {
    const auto about = subject();
    if (!about) return std::nullopt;
    const bool starts = u_.word(at - 1) == "the" || is_demonstrative(u_.word(at - 1));
    const int begin = starts ? at - 1 : at;
    std::string phrase = about->phrase;
    if (starts) phrase = "the " + phrase;
    if (u_.word(at - 1) == "which" && u_.word(at) == "one") phrase = "of the " + phrase;
    return joined_clause(begin, at + 1, phrase, *about);
  }

  /// "how many orders does each have?", "the number of orders for each".
  std::optional<std::string> each(int at) const {
    const auto about = subject();
    if (!about) return std::nullopt;
    const int end = u_.word(at + 1) == "one" ? at + 2 : at + 1;
    const int named = end < u_.size() ? u_.table_at(end) : -1;
    if (named >= 0 && named != about->table) return std::nullopt;  // each of something else
    const bool noun = named >= 0;
    return u_.replaced(at, noun ? end + 1 : end, "each of the " + about->phrase);
  }

  /// The words in the pointer's place; "of those," before the question is moved into it.
  std::optional<std::string> placed(int begin, int end, const Subject& about) const {
    const bool leading = begin > 0 && begin <= 2 && is_preposition(u_.word(begin - 1)) &&
                         end < u_.size() && opens_clause(u_, end);
    if (leading) {
      if (const auto inside = into_rest(end, about)) return inside;
    }
    // "how many of them": the words that ask for a number stand before the noun itself.
    if (begin >= 3 && u_.word(begin - 1) == "of" && u_.word(begin - 2) == "many") {
      return joined_clause(begin - 1, end, about.phrase, about);
    }
    return joined_clause(begin, end, "the " + about.phrase, about);
  }

  /// A relative clause behind the pointer becomes the second one of the noun.
  std::string joined_clause(int begin, int end, const std::string& phrase,
                            const Subject& about) const {
    const bool second = is_relative(u_.word(end)) && about.has_clause();
    return u_.replaced(begin, end, second ? phrase + " and" : phrase);
  }

  /// "which are in France", "how many are older", "list the names": with the noun put in.
  std::optional<std::string> into_rest(int from, const Subject& about) const {
    const auto behind = [&](int begin) { return u_.slice(begin, u_.size()); };
    const std::string_view word = u_.word(from);
    const std::string_view next = u_.word(from + 1);
    if (word == "how" && next == "many") {
      const bool counted = !is_auxiliary(u_.word(from + 2));
      if (from + 2 >= u_.size()) return "How many " + about.phrase + " are there";
      if (!counted) return "How many " + about.phrase + " " + behind(from + 2);
    }
    if (word == "which" || word == "who" || word == "what") {
      int rest = from + 1;
      if (u_.word(rest) == "ones" || u_.word(rest) == "one") ++rest;
      if (word != "what" && is_auxiliary(u_.word(rest))) {
        return "Which of the " + about.phrase + " " + behind(rest);
      }
    }
    for (int i = from; i < u_.size(); ++i) {
      if (about.table >= 0 && u_.table_at(i) == about.table &&
          u_.columns_at(i, link::NameMatch::exact).empty()) {
        return u_.slice(from, i) + " " + about.phrase +
               (i + 1 < u_.size() ? " " + behind(i + 1) : "");
      }
      if (i > from && (u_.word(i) == "ones" || u_.word(i) == "one") && is_pointing_one(u_, i)) {
        return u_.slice(from, i) + " " + about.phrase +
               (i + 1 < u_.size() ? " " + behind(i + 1) : "");
      }
      if (i > from && (is_demonstrative(u_.word(i)) || u_.word(i) == "them") &&
          is_pointing_demonstrative(u_, i)) {
        const int end = is_generic_noun(u_.word(i + 1)) ? i + 2 : i + 1;
        return u_.slice(from, i) + " the " + about.phrase +
               (end < u_.size() ? " " + behind(end) : "");
      }
    }
    return behind(from) + " of the " + about.phrase;
  }

  const Sentence& u_;
  const Sentence& previous_;
  const link::Linker& linker_;
};

}  // namespace

bool points_back(const Sentence& utterance) { return pointer_of(utterance).has_value(); }

std::optional<std::string> with_references_resolved(const Sentence& utterance,
                                                    const Sentence& previous,
                                                    const link::Linker& linker) {
  const auto pointer = pointer_of(utterance);
  if (!pointer) return std::nullopt;
  return Resolver(utterance, previous, linker).resolve(*pointer);
}

}  // namespace idi::dialogue
