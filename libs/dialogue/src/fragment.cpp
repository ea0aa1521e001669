#include "fragment.hpp"

#include <algorithm>
#include <optional>

#include "ellipsis.hpp"
#include "narrowing.hpp"
#include "opening.hpp"
#include "reference.hpp"
#include "subject.hpp"
#include "words.hpp"

namespace idi::dialogue {
namespace {

/// "for each store in Berlin": more words are a question of their own.
constexpr int max_group_words = 5;

/// "only cancelled" says what rows are; "only Germany" is a name, of whatever they have.
bool is_name(std::string_view value) { return value[0] < 'a' || value[0] > 'z'; }

class Completion {
 public:
  Completion(const Sentence& utterance, const Sentence& previous, const link::Linker& linker)
      : u_(utterance), previous_(previous), linker_(linker), opening_(opening_of(utterance)) {
    about_ = subject_of(previous, linker);
  }

  std::optional<std::string> complete() const {
    if (opening_.begin >= u_.size()) return std::nullopt;
    if (auto sorted = sorting()) return sorted;
    if (auto grouped = grouping()) return grouped;
    if (opening_.excludes) return excluding();
    const bool pointing = points_back(u_);
    const bool changes = opening_.only || opening_.adds;
    if (!pointing) {
      if (auto counted = counting()) return counted;
    }
    if (auto listed = listing()) return listed;
    if (opens_sentence(u_.word(opening_.begin))) {
      return changes || pointing ? std::nullopt : with_noun(u_, opening_.begin, about_);
    }
    if (asks_later() || (pointing && !changes && !opening_.continues)) return std::nullopt;
    if (!changes && !opening_.continues && !is_continuation()) {
      return phrase_with_noun(u_, opening_.begin, about_);
    }
    return fragment();
  }

 private:
  std::string rest(int begin) const { return u_.slice(begin, u_.size()); }

  /// "give me the top 5"; "which ones?", "who?" after a number.
  std::optional<std::string> listing() const {
    int i = opening_.begin;
    const bool chooses = u_.word(i) == "which" || u_.word(i) == "who";
    const bool ones = u_.word(i + 1) == "ones" || u_.word(i + 1) == "they" ||
                      (u_.word(i + 1) == "are" && u_.word(i + 2) == "they");
    if (about_ && chooses && u_.size() <= i + 1 + (ones ? (u_.word(i + 1) == "are" ? 2 : 1) : 0)) {
      return "Show the " + about_->phrase;
    }
    if (!is_asking_verb(u_.word(i))) return std::nullopt;
    ++i;
    while (u_.word(i) == "me" || u_.word(i) == "us" || is_determiner(u_.word(i))) ++i;
    return first_few(i);
  }

  /// "in which city …", "of those, show …": a sentence all the same.
  bool asks_later() const {
    for (int i = opening_.begin + 1; i < u_.size(); ++i) {
      const std::string_view before = u_.word(i - 1);
      const bool starts = u_.mark_before(i) || (i == opening_.begin + 1 && is_preposition(before));
      if (starts && opens_sentence(u_.word(i))) return true;
    }
    if (!is_preposition(u_.word(opening_.begin))) return false;
    for (int i = opening_.begin + 1; i < u_.size(); ++i) {
      const std::string_view word = u_.word(i);
      if (word == "how" || word == "what" || word == "show" || word == "list" || word == "find" ||
          word == "give") {
        return true;
      }
    }
    return false;
  }

  /// "sort them by age", "in alphabetical order", "from oldest to youngest", "cheapest first".
  std::optional<std::string> sorting() const {
    int i = opening_.begin;
    const bool verb = is_sorting(u_.word(i));
    const bool ends =
        is_superlative(u_.word(i)) && u_.word(u_.size() - 1) == "first" && u_.size() - i <= 3;
    const bool range = u_.word(i) == "from" && is_superlative(u_.word(i + 1)) && u_.has_word("to");
    if (ends || range) return untailed() + (ends ? ", " : " sorted ") + rest(i);
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
    const int k = i + 2;
    const bool bare = k >= u_.size() || (u_.word(k + 1) == "there" && k + 2 >= u_.size());
    if (bare) return "How many " + about_->phrase + " are there";
    const bool verb = is_auxiliary(u_.word(k)) && !u_.word(k).starts_with("d");
    if ((!verb && !is_preposition(u_.word(k))) || names_table(u_, k)) return std::nullopt;
    // "how many from Austria?" after Germany: of the others, not of these.
    if (const auto changed = other_value(k)) {
      const auto others = subject_of(Sentence(*changed, linker_), linker_);
      if (others) return "How many " + others->phrase + " are there";
    }
    return "How many " + about_->phrase + (verb ? " " : " are there ") + rest(k);
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

  /// "by region", "for each month", "break it down per store".
  std::optional<std::string> grouping() const {
    int i = opening_.begin;
    while (is_splitting(u_.word(i)) || is_asking_verb(u_.word(i)) || is_answer_word(u_.word(i)))
      ++i;
    const bool each =
        u_.word(i) == "per" ||
        (u_.word(i) == "for" && (u_.word(i + 1) == "each" || u_.word(i + 1) == "every"));
    const bool by = u_.word(i) == "by" && i + 1 < u_.size();
    if ((!each && !by) || asks_later() || (each && u_.size() > i + max_group_words)) {
      return std::nullopt;
    }
    if (is_answer_word(u_.word(u_.size() - 1))) return std::nullopt;
    const std::string how = rest(i);
    if (const auto old = grouping_of(previous_)) {
      return previous_.replaced(old->begin, old->end, how);
    }
    const int tail = tail_begin(previous_);
    return previous_.replaced(tail, tail, how);
  }

  /// "without the cancelled ones", "exclude Germany".
  std::optional<std::string> excluding() const {
    int begin = opening_.begin;
    while (is_determiner(u_.word(begin)) || is_demonstrative(u_.word(begin))) ++begin;
    int end = u_.size();
    if (u_.word(end - 1) == "ones" || u_.word(end - 1) == "one") --end;
    const auto* value = begin < end ? u_.value_at(begin) : nullptr;
    if (!value || value->token_end != end || value->token_begin != begin) return std::nullopt;
    const std::string what = u_.slice(begin, end);
    return dialogue::narrowed(previous_, about_,
                              (is_name(what) ? "that are not from " : "that are not ") + what);
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

  /// "more than 3" compares by itself; "what about 3?" as the question before did.
  bool has_comparison(int number) const {
    const std::string_view before = u_.word(number - 1);
    return before == "than" || is_comparing(before) || is_superlative(before);
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
      return fresh.kind == old.kind && !has_comparison(fresh.token_begin);
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
    if (bare) {
      restriction = (opening_.only && !is_name(restriction) ? "that are " : "for ") + restriction;
    }
    const bool adjective = is_comparing(word) && word.ends_with("er") && word != "after" &&
                           word != "over" && word != "under";
    if (adjective) restriction = "that are " + restriction;
    if (word == "more" || word == "less" || word == "fewer") restriction = "with " + restriction;
    return dialogue::narrowed(previous_, about_, restriction);
  }

  const Sentence& u_;
  const Sentence& previous_;
  const link::Linker& linker_;
  const Opening opening_;
  std::optional<Subject> about_;
};

}  // namespace

std::optional<std::string> completed(const Sentence& utterance, const Sentence& previous,
                                     const link::Linker& linker) {
  return Completion(utterance, previous, linker).complete();
}

}  // namespace idi::dialogue
