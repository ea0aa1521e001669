#include "fragment.hpp"

#include <algorithm>
#include <optional>

#include "ellipsis.hpp"
#include "narrowing.hpp"
#include "reference.hpp"
#include "subject.hpp"
#include "words.hpp"

namespace idi::dialogue {
namespace {

bool opens_sentence(std::string_view word) {
  return is_question_word(word) || is_asking_verb(word) || word == "is" || word == "are" ||
         word == "do" || word == "does" || word == "did" || word == "was" || word == "were";
}

/// "broken down by country".
bool is_splitting(std::string_view word) {
  return word == "grouped" || word == "broken" || word == "split" || word == "divided" ||
         word == "down";
}

/// What the opening words say about the rest.
struct Opening {
  int begin = 0;           ///< Of the rest.
  bool continues = false;  ///< "and", "what about": goes on from what was said.
  bool only = false;       ///< "only", "just": less than before.
  bool adds = false;       ///< "also", "add": more than before.
};

Opening opening_of(const Sentence& u) {
  Opening opening;
  int i = 0;
  while (is_opening_filler(u.word(i))) {
    if (u.word(i) == "and" || u.word(i) == "but" || u.word(i) == "or") opening.continues = true;
    if (u.word(i) == "also") opening.adds = true;
    ++i;
  }
  if ((u.word(i) == "what" || u.word(i) == "how") && u.word(i + 1) == "about") {
    opening.continues = true;
    i += 2;
  }
  int k = i;
  if (is_asking_verb(u.word(k))) {
    ++k;
    if (u.word(k) == "me" || u.word(k) == "us") ++k;
  }
  if (u.word(k) == "only" || u.word(k) == "just" || u.word(k) == "also") {
    (u.word(k) == "also" ? opening.adds : opening.only) = true;
    i = k + 1;
  } else if (opening.adds && k > i) {
    i = k;
  } else if (u.word(i) == "add" || u.word(i) == "include") {
    opening.adds = true;
    i += u.word(i + 1) == "also" ? 2 : 1;
  }
  opening.begin = i;
  return opening;
}

class Completion {
 public:
  Completion(const Sentence& utterance, const Sentence& previous, const link::Linker& linker)
      : u_(utterance), previous_(previous), opening_(opening_of(utterance)) {
    about_ = subject_of(previous, linker);
  }

  std::optional<std::string> complete() const {
    if (opening_.begin >= u_.size()) return std::nullopt;
    if (auto sorted = sorting()) return sorted;
    const bool pointing = points_back(u_);
    const bool changes = opening_.only || opening_.adds;
    if (!pointing) {
      if (auto counted = counting()) return counted;
    }
    if (opens_sentence(u_.word(opening_.begin))) {
      return changes || pointing ? std::nullopt : with_noun(u_, opening_.begin, about_);
    }
    if (asks_later() || (pointing && !changes && !opening_.continues)) return std::nullopt;
    if (!changes && !opening_.continues && !is_continuation()) return std::nullopt;
    return fragment();
  }

 private:
  std::string rest(int begin) const { return u_.slice(begin, u_.size()); }

  /// "in which city …", "of those, show …": a sentence all the same.
  bool asks_later() const {
    for (int i = opening_.begin + 1; i < u_.size(); ++i) {
      const std::string_view before = u_.word(i - 1);
      const bool starts = u_.mark_before(i) || (i == opening_.begin + 1 && is_preposition(before));
      if (starts && opens_sentence(u_.word(i))) return true;
    }
    return false;
  }

  /// "sort them by age", "in alphabetical order", "from highest to lowest".
  std::optional<std::string> sorting() const {
    int i = opening_.begin;
    const bool verb = is_sorting(u_.word(i));
    if (!verb && !(u_.word(i) == "in" && u_.has_word("order"))) return std::nullopt;
    if (verb) {
      ++i;
      while (i < u_.size() && u_.word(i) != "by" && u_.word(i) != "in" && u_.word(i) != "from" &&
             u_.word(i) != "alphabetically") {
        ++i;
      }
    }
    if (i >= u_.size()) return std::nullopt;
    const int end = u_.word(u_.size() - 1) == "instead" ? u_.size() - 1 : u_.size();
    const std::string tail = (verb ? "sorted " : "") + u_.slice(i, end);
    return untailed() + " " + tail;
  }

  /// The previous question without its order; its grouping stays.
  std::string untailed() const {
    const int tail = tail_begin(previous_);
    const auto grouping = grouping_of(previous_);
    if (grouping && grouping->begin <= tail) return previous_.slice(0, grouping->end);
    return previous_.slice(0, tail);
  }

  /// "how many are there?", "count them", "how many have a dog?"
  std::optional<std::string> counting() const {
    const int i = opening_.begin;
    if (!about_) return std::nullopt;
    const bool many = u_.word(i) == "how" && u_.word(i + 1) == "many";
    const bool count = u_.word(i) == "count" && u_.size() - i <= 2;
    if (count) return "How many " + about_->phrase + " are there";
    if (!many) return std::nullopt;
    int k = i + 2;
    if (k >= u_.size() || u_.word(k) == "in") {
      return "How many " + about_->phrase + " are there" + (k < u_.size() ? " " + rest(k) : "");
    }
    if (!is_auxiliary(u_.word(k)) || u_.word(k).starts_with("d")) return std::nullopt;
    if (u_.word(k + 1) == "there" && k + 2 >= u_.size()) {
      return "How many " + about_->phrase + " are there";
    }
    if (names_table(u_, k)) return std::nullopt;
    return "How many " + about_->phrase + " " + rest(k);
  }

  /// Without an opening word, only what can't begin a question of its own.
  bool is_continuation() const {
    const int i = opening_.begin;
    const std::string_view word = u_.word(i);
    if (is_preposition(word) || is_relative(word) || is_comparing(word) || word == "not" ||
        is_splitting(word) || word == "top" || word == "first") {
      return !names_table(u_, i) || is_preposition(word);
    }
    const auto* value = u_.value_at(i);
    return value && value->token_begin == i && value->token_end == u_.size();
  }

  std::optional<std::string> fragment() const {
    if (auto grouped = grouping()) return grouped;
    int begin = opening_.begin;
    while (is_determiner(u_.word(begin))) ++begin;
    if (u_.word(begin) == "ones" || u_.word(begin) == "one") ++begin;
    if (begin >= u_.size()) return std::nullopt;
    if (auto replaced = other_value(begin)) return replaced;
    if (auto named = other_name(begin)) return named;
    if (auto superlative = other_superlative(begin)) return superlative;
    if (auto first = first_few(begin)) return first;
    return narrowed(begin);
  }

  /// "by region", "for each month", "per store".
  std::optional<std::string> grouping() const {
    int i = opening_.begin;
    while (is_splitting(u_.word(i)) || (i > opening_.begin && u_.word(i) == "it")) ++i;
    const bool each =
        u_.word(i) == "per" ||
        (u_.word(i) == "for" && (u_.word(i + 1) == "each" || u_.word(i + 1) == "every"));
    if (!each && u_.word(i) != "by") return std::nullopt;
    const std::string how = rest(i);
    if (const auto old = grouping_of(previous_)) {
      return previous_.replaced(old->begin, old->end, how);
    }
    const int tail = tail_begin(previous_);
    return previous_.replaced(tail, tail, how);
  }

  /// "what about Germany?" where the previous question spoke of France.
  std::optional<std::string> other_value(int begin) const {
    if (u_.has_word("not") || u_.has_word("without") || u_.has_word("except")) return std::nullopt;
    const link::ValueCandidate* best_new = nullptr;
    const link::ValueCandidate* best_old = nullptr;
    for (const auto& fresh : u_.values()) {
      if (fresh.token_begin < begin) continue;
      for (const auto& old : previous_.values()) {
        if (!is_same_kind(fresh, old)) continue;
        if (best_new && fresh.score + old.score <= best_new->score + best_old->score) continue;
        best_new = &fresh;
        best_old = &old;
      }
    }
    if (!best_new) return std::nullopt;
    return previous_.replaced(best_old->token_begin, best_old->token_end,
                              u_.slice(best_new->token_begin, best_new->token_end));
  }

  static bool is_year(const link::ValueCandidate& value) {
    const bool digits = value.text.size() == 4 && (value.text[0] == '1' || value.text[0] == '2') &&
                        value.text.find_first_not_of("0123456789") == std::string::npos;
    return digits && value.token_end == value.token_begin + 1;
  }

  bool is_same_kind(const link::ValueCandidate& fresh, const link::ValueCandidate& old) const {
    using link::ValueKind;
    if (is_year(fresh) && is_year(old)) return true;
    if (fresh.kind == ValueKind::date || old.kind == ValueKind::date) {
      return fresh.kind == old.kind;
    }
    if (fresh.kind == ValueKind::number || old.kind == ValueKind::number) {
      return fresh.kind == old.kind && !is_comparing(u_.word(opening_.begin));
    }
    return std::any_of(fresh.columns.begin(), fresh.columns.end(), [&](ColumnRef column) {
      return std::find(old.columns.begin(), old.columns.end(), column) != old.columns.end();
    });
  }

  /// "and the suppliers?", "what about the weight?", "just the names".
  std::optional<std::string> other_name(int begin) const {
    if (!about_) return std::nullopt;
    int end = begin;
    bool tables = true;
    bool columns = true;
    for (; end < u_.size(); ++end) {
      const std::string_view word = u_.word(end);
      if (word == "and" || is_determiner(word) || is_possessive_pronoun(word)) continue;
      tables = tables && u_.table_at(end) >= 0;
      columns = columns && u_.names_column(end);
      if (!tables && !columns) return std::nullopt;
    }
    if (is_possessive_pronoun(u_.word(begin))) ++begin;
    const std::string name = rest(begin);
    if (tables && !opening_.only && !opening_.adds) {
      return previous_.replaced(about_->begin, about_->head_end, name);
    }
    const int column = projected_column();
    if (opening_.adds && column >= 0) {
      const bool article = is_determiner(u_.word(begin));
      return previous_.replaced(column + 1, column + 1, (article ? "and " : "and the ") + name);
    }
    return "Show the " + name + " of the " + about_->phrase;
  }

  /// The last word of the previous question's projection that names a column; -1 if none.
  int projected_column() const {
    for (int i = about_->begin - 1; i > 0; --i) {
      if (previous_.names_column(i)) return i;
    }
    return -1;
  }

  /// "and the cheapest?" where the previous question asked for the most expensive.
  std::optional<std::string> other_superlative(int begin) const {
    if (!is_superlative(u_.word(begin))) return std::nullopt;
    for (int i = 0; i < previous_.size(); ++i) {
      if (!is_superlative(previous_.word(i))) continue;
      const int end = previous_.word(i) == "most" || previous_.word(i) == "least" ? i + 2 : i + 1;
      int last = u_.size();
      if (u_.word(last - 1) == "one" || u_.word(last - 1) == "ones") --last;
      return previous_.replaced(i, std::min(end, previous_.size()), u_.slice(begin, last));
    }
    return std::nullopt;
  }

  /// "top 5", "the first three".
  std::optional<std::string> first_few(int begin) const {
    const std::string_view word = u_.word(begin);
    const auto* number = u_.value_at(begin + 1);
    if (!about_ || (word != "top" && word != "first" && word != "last" && word != "bottom") ||
        !number || number->kind != link::ValueKind::number || u_.size() > begin + 2) {
      return std::nullopt;
    }
    const bool determined = about_->begin > 0 && is_determiner(previous_.word(about_->begin - 1));
    return previous_.replaced(about_->begin - (determined ? 1 : 0), about_->begin,
                              "the " + rest(begin));
  }

  /// One restriction more.
  std::optional<std::string> narrowed(int begin) const {
    const std::string_view word = u_.word(begin);
    std::string restriction = rest(begin);
    const auto* value = u_.value_at(begin);
    const bool bare = value && value->token_begin == begin && value->token_end == u_.size();
    if (bare) restriction = (opening_.only ? "that are " : "for ") + restriction;
    const bool adjective = is_comparing(word) && word.ends_with("er") && word != "after" &&
                           word != "over" && word != "under";
    if (adjective) restriction = "that are " + restriction;
    if (word == "more" || word == "less" || word == "fewer") restriction = "with " + restriction;
    return dialogue::narrowed(previous_, about_, restriction);
  }

  const Sentence& u_;
  const Sentence& previous_;
  const Opening opening_;
  std::optional<Subject> about_;
};

}  // namespace

std::optional<std::string> completed(const Sentence& utterance, const Sentence& previous,
                                     const link::Linker& linker) {
  return Completion(utterance, previous, linker).complete();
}

}  // namespace idi::dialogue
