#include "fragment.hpp"

#include <algorithm>
#include <optional>

#include "subject.hpp"
#include "words.hpp"

namespace idi::dialogue {
namespace {

bool opens_sentence(std::string_view word) {
  return is_question_word(word) || is_asking_verb(word) || word == "is" || word == "are" ||
         word == "do" || word == "does" || word == "did" || word == "was" || word == "were";
}

/// What the opening words say about the rest.
struct Opening {
  int begin = 0;           ///< Of the rest.
  bool continues = false;  ///< "and", "what about": goes on from what was said.
  bool only = false;       ///< "only", "just": less than before.
  bool adds = false;       ///< "also", "add": more than before.
  bool shows = false;      ///< "show", "list", before "only" or "also".
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
    opening.shows = k > i;
    (u.word(k) == "also" ? opening.adds : opening.only) = true;
    i = k + 1;
  } else if (u.word(i) == "add" || u.word(i) == "include") {
    opening.adds = true;
    opening.shows = true;
    ++i;
    if (u.word(i) == "also") ++i;
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
    if (auto counted = counting()) return counted;
    const bool sentence = !opening_.only && !opening_.adds && !opening_.continues;
    if (opens_sentence(u_.word(opening_.begin))) {
      return opening_.only || opening_.adds ? std::nullopt : elliptic_sentence();
    }
    if (sentence && !is_continuation()) return std::nullopt;
    return fragment();
  }

 private:
  std::string rest(int begin) const { return u_.slice(begin, u_.size()); }

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
    std::string tail = verb ? "sorted " + rest(i) : rest(i);
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
    if (names_table(k)) return std::nullopt;
    return "How many " + about_->phrase + " " + rest(k);
  }

  bool names_table(int from) const {
    for (int i = from; i < u_.size(); ++i) {
      if (u_.table_at(i) >= 0 && u_.columns_at(i, link::NameMatch::exact).empty()) return true;
    }
    return false;
  }

  /// Without an opening word, only what can't begin a question of its own.
  bool is_continuation() const {
    const int i = opening_.begin;
    const std::string_view word = u_.word(i);
    if (is_preposition(word) || is_relative(word) || is_comparing(word) || word == "not" ||
        word == "grouped" || word == "top") {
      return !names_table(i) || is_preposition(word);
    }
    const auto* value = u_.value_at(i);
    return value && value->token_begin == i && value->token_end == u_.size();
  }

  std::optional<std::string> fragment() const {
    if (auto grouped = grouping()) return grouped;
    int begin = opening_.begin;
    if (is_demonstrative(u_.word(begin))) ++begin;
    while (is_determiner(u_.word(begin))) ++begin;
    if (u_.word(begin) == "ones" || u_.word(begin) == "one") ++begin;
    if (begin >= u_.size()) return std::nullopt;
    if (auto replaced = other_value(begin)) return replaced;
    if (auto named = other_name(begin)) return named;
    if (auto superlative = other_superlative(begin)) return superlative;
    return narrowed(begin);
  }

  /// "by region", "for each month", "per store".
  std::optional<std::string> grouping() const {
    int i = opening_.begin;
    while (i < u_.size() && (u_.word(i) == "grouped" || u_.word(i) == "broken" ||
                             u_.word(i) == "split" || u_.word(i) == "down" || u_.word(i) == "it")) {
      ++i;
    }
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

  bool is_same_kind(const link::ValueCandidate& fresh, const link::ValueCandidate& old) const {
    using link::ValueKind;
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
      return previous_.replaced(about_->head, about_->head, name);
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

  /// One restriction more.
  std::optional<std::string> narrowed(int begin) const {
    const std::string_view word = u_.word(begin);
    std::string restriction = rest(begin);
    const auto* value = u_.value_at(begin);
    const bool bare = value && value->token_begin == begin && value->token_end == u_.size();
    if (bare) restriction = "for " + restriction;
    const bool clause = is_relative(word) || is_comparing(word);
    if (is_comparing(word)) restriction = "that are " + restriction;
    if (clause && about_ && !about_->restriction.empty()) restriction = "and " + restriction;
    const int tail = tail_begin(previous_);
    return previous_.replaced(tail, tail, restriction);
  }

  /// "what is the average age?", "which has the most orders?": a sentence that lacks its noun.
  std::optional<std::string> elliptic_sentence() const {
    const int i = opening_.begin;
    if (!about_ || names_table(i)) return std::nullopt;
    for (const auto& value : u_.values()) {
      if (value.kind == link::ValueKind::cell || value.kind == link::ValueKind::quoted) {
        return std::nullopt;
      }
    }
    const std::string_view word = u_.word(i);
    if ((word == "which" || word == "who") && is_auxiliary(u_.word(i + 1))) {
      return "Which " + about_->phrase + " " + rest(i + 1);
    }
    if (word != "what" && !is_asking_verb(word)) return std::nullopt;
    if (!names_its_columns(i)) return std::nullopt;
    const int tail = tail_begin(u_);
    return u_.slice(i, tail) + " of the " + about_->phrase +
           (tail < u_.size() ? " " + rest(tail) : "");
  }

  bool names_its_columns(int from) const {
    for (int i = from; i < u_.size(); ++i) {
      for (const ColumnRef column : u_.columns_at(i, link::NameMatch::partial)) {
        if (column.table == about_->table) return true;
      }
    }
    return false;
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
