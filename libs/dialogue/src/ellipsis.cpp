#include "ellipsis.hpp"

#include <algorithm>

#include "words.hpp"

namespace idi::dialogue {
namespace {

/// Longer phrases say themselves what they are about.
constexpr int max_phrase_words = 6;

bool has_own_value(const Sentence& u) {
  return std::any_of(u.values().begin(), u.values().end(), [](const link::ValueCandidate& value) {
    return value.kind == link::ValueKind::cell || value.kind == link::ValueKind::quoted;
  });
}

bool names_column_of(const Sentence& u, int from, int table) {
  for (int i = from; i < u.size(); ++i) {
    for (const ColumnRef column : u.columns_at(i, link::NameMatch::partial)) {
      if (column.table == table) return true;
    }
  }
  return false;
}

/// "the students": said again, they are those that were spoken of.
std::optional<std::string> repeated(const Sentence& u, int from, const Subject& about) {
  if (about.table < 0 || (about.restriction.empty() && about.begin == about.head) ||
      has_own_value(u)) {
    return std::nullopt;
  }
  int at = -1;
  for (int i = from; i < u.size(); ++i) {
    const int table = u.table_at(i);
    if (table < 0 || !u.columns_at(i, link::NameMatch::exact).empty()) continue;
    if (table != about.table || at >= 0) return std::nullopt;
    at = i;
  }
  if (at < 0) return std::nullopt;
  const std::string_view before = u.word(at - 1);
  if (before != "the") return std::nullopt;
  const bool last = at + 1 >= u.size() || u.mark_before(at + 1) || tail_begin(u) == at + 1;
  if (!last) return std::nullopt;
  return u.slice(from, at) + " " + about.phrase +
         (at + 1 < u.size() ? " " + u.slice(at + 1, u.size()) : "");
}

}  // namespace

bool names_table(const Sentence& sentence, int from) {
  for (int i = from; i < sentence.size(); ++i) {
    if (sentence.table_at(i) >= 0 && sentence.columns_at(i, link::NameMatch::exact).empty()) {
      return true;
    }
  }
  return false;
}

std::optional<std::string> with_noun(const Sentence& u, int from,
                                     const std::optional<Subject>& about) {
  if (!about) return std::nullopt;
  if (names_table(u, from)) return repeated(u, from, *about);
  const auto rest = [&](int begin) { return u.slice(begin, u.size()); };
  const std::string_view word = u.word(from);
  const int next = from + 1;
  const bool verb = next < u.size() && !u.names_column(next) && !u.value_at(next);
  if ((word == "which" || word == "who") && (verb || is_auxiliary(u.word(next)))) {
    return "Which of the " + about->phrase + " " + rest(next);
  }
  if (has_own_value(u) || (word != "what" && !is_asking_verb(word)) ||
      !names_column_of(u, from, about->table)) {
    return std::nullopt;
  }
  const int tail = tail_begin(u);
  return u.slice(from, tail) + " of the " + about->phrase +
         (tail < u.size() ? " " + rest(tail) : "");
}

std::optional<std::string> phrase_with_noun(const Sentence& u, int from,
                                            const std::optional<Subject>& about) {
  const int begin = is_determiner(u.word(from)) ? from + 1 : from;
  const bool about_column = is_aggregating(u.word(begin)) || u.names_column(begin);
  if (!about || !about_column || u.size() - begin > max_phrase_words || names_table(u, from) ||
      has_own_value(u) || !names_column_of(u, from, about->table)) {
    return std::nullopt;
  }
  return "Show the " + u.slice(begin, u.size()) + " of the " + about->phrase;
}

}  // namespace idi::dialogue
