#include "subject.hpp"

#include <algorithm>

#include "words.hpp"

namespace idi::dialogue {
namespace {

bool is_each(const Sentence& q, int i) {
  return q.word(i) == "per" ||
         (q.word(i) == "for" && (q.word(i + 1) == "each" || q.word(i + 1) == "every"));
}

/// "by country", "grouped by year": not "by Rowling", which is a value, nor "made by suppliers".
bool is_by_group(const Sentence& q, int i) {
  if (q.word(i) != "by" || i == 0) return false;
  if (is_sorting(q.word(i - 1)) || q.word(i - 1) == "order") return false;
  if (q.value_at(i + 1) && q.value_at(i + 1)->kind != link::ValueKind::span) return false;
  const std::string_view before = q.word(i - 1);
  const bool passive = before.ends_with("ed") || before == "made" || before == "sold";
  if (passive && before != "grouped") return false;
  const std::string_view next = q.word(i + 1);
  const bool period = next == "year" || next == "month" || next == "day" || next == "week";
  return period || q.names_column(i + 1) || q.table_at(i + 1) >= 0;
}

bool opens_sorting(const Sentence& q, int i) {
  if (is_sorting(q.word(i)) && i > 0 &&
      (q.word(i + 1) == "by" || q.word(i + 1) == "from" || q.word(i + 1) == "in" ||
       q.word(i + 1) == "alphabetically")) {
    return true;
  }
  if (q.word(i) == "alphabetically" && i > 0) return true;
  const bool direction = q.word(i).ends_with("ending") || q.word(i).ends_with("easing") ||
                         q.word(i) == "alphabetical" || q.word(i) == "reverse";
  if (direction && q.word(i + 1) == "order" && i > 1) return true;
  if (q.word(i) == "in" && i > 0) {
    for (int k = i + 1; k < std::min(i + 4, q.size()); ++k) {
      if (q.word(k) == "order" && k > i + 1) return true;
    }
  }
  return false;
}

/// "… are there", "… do we have", "… exist" at the end of a question of number.
int without_existence(const Sentence& q, int begin, int end) {
  const auto ends_with = [&](std::initializer_list<std::string_view> words) {
    int i = end - static_cast<int>(words.size());
    if (i <= begin) return false;
    return std::all_of(words.begin(), words.end(),
                       [&](std::string_view word) { return q.word(i++) == word; });
  };
  bool changed = true;
  while (changed) {
    changed = true;
    if (ends_with({"do", "we", "have"}) || ends_with({"in", "the", "database"})) {
      end -= 3;
    } else if (ends_with({"are", "there"}) || ends_with({"is", "there"}) ||
               ends_with({"in", "total"})) {
      end -= 2;
    } else if (ends_with({"exist"}) || ends_with({"exists"})) {
      end -= 1;
    } else {
      changed = false;
    }
  }
  // "how many are there in France": the middle goes away in wording, not here.
  return end;
}

bool is_verb(std::string_view word, const link::WordNet& wordnet) {
  if (is_auxiliary(word)) return true;
  if (word.ends_with("ing") || word.ends_with("ed")) return false;
  constexpr int first_verb_class = 30;  // lexnames(5WN) 29 + 1
  constexpr int last_verb_class = 44;
  const int kind = wordnet.word_class(word);
  return kind >= first_verb_class && kind <= last_verb_class;
}

/// Words before the noun that belong to it: "the three oldest".
int premodifiers_begin(const Sentence& q, int head) {
  int begin = head;
  while (begin > 0) {
    const std::string_view word = q.word(begin - 1);
    if (is_determiner(word) || is_preposition(word) || is_question_word(word) ||
        is_asking_verb(word) || is_auxiliary(word) || is_relative(word) || word == "many" ||
        word == "and" || word == "or" || word == "me" || word == "us" || word == "number" ||
        q.mark_before(begin)) {
      break;
    }
    --begin;
  }
  return begin;
}

Subject made(const Sentence& q, int head, int table, const link::Linker& linker) {
  Subject subject;
  subject.table = table;
  subject.head = head;
  subject.head_end = head + 1;
  while (table >= 0 && q.table_at(subject.head_end) == table) ++subject.head_end;
  subject.begin = premodifiers_begin(q, head);
  subject.end = without_existence(q, subject.head_end, std::max(tail_begin(q), subject.head_end));
  std::string noun = q.slice(subject.begin, subject.head_end);
  int rest = subject.head_end;
  std::string_view joint;
  const std::string_view next = q.word(rest);
  const bool asked = subject.begin > 0 &&
                     (q.word(subject.begin - 1) == "many" || q.word(subject.begin - 1) == "which" ||
                      q.word(subject.begin - 1) == "what");
  if (rest < subject.end && asked && is_verb(next, linker.wordnet())) {
    joint = "that ";
    if (next == "do" || next == "does" || next == "did") ++rest;
    if (q.word(rest) == "there") ++rest;
    // "customers are from Germany" → "customers from Germany"
    const std::string_view after = q.word(rest + 1);
    const bool needless = after == "there" || is_preposition(after) || after.ends_with("ed") ||
                          after.ends_with("ing");
    if ((next == "are" || next == "is" || next == "were" || next == "was") && needless) {
      rest += after == "there" ? 2 : 1;
      joint = "";
    }
  }
  if (rest < subject.end) subject.restriction = std::string(joint) + q.slice(rest, subject.end);
  subject.is_predicate = joint == "that ";
  subject.phrase = std::move(noun);
  if (!subject.restriction.empty()) {
    const bool aside = q.mark_before(rest);
    subject.phrase += (aside ? ", " : " ") + subject.restriction;
  }
  return subject;
}

/// "airline" in "the airline and abbreviation of airlines" is a column of what comes behind "of".
bool is_projection_of(const Sentence& q, int first, int next) {
  if (q.columns_at(first, link::NameMatch::exact).empty()) return false;
  bool of = false;
  for (int i = first + 1; i < next; ++i) {
    const std::string_view word = q.word(i);
    if (word == "of" || word == "for") {
      of = true;
      continue;
    }
    if (word == "and" || word == "or" || is_determiner(word) || q.names_column(i)) continue;
    return false;
  }
  return of;
}

}  // namespace

bool Subject::has_clause() const {
  return is_relative(std::string_view(restriction).substr(0, restriction.find(' ')));
}

int tail_begin(const Sentence& question) {
  for (int i = 1; i < question.size(); ++i) {
    if (opens_sorting(question, i) || is_each(question, i) || is_by_group(question, i)) return i;
  }
  return question.size();
}

std::optional<Grouping> grouping_of(const Sentence& question) {
  for (int i = 1; i < question.size(); ++i) {
    if (!is_each(question, i) && !is_by_group(question, i)) continue;
    int begin = i;
    if (question.word(i - 1) == "grouped") --begin;
    int end = i + 2;
    while (end < question.size() && !opens_sorting(question, end) && !question.mark_before(end) &&
           !is_preposition(question.word(end))) {
      ++end;
    }
    return Grouping{begin, std::min(end, question.size())};
  }
  return std::nullopt;
}

std::optional<Subject> subject_of(const Sentence& question, const link::Linker& linker) {
  const int tail = tail_begin(question);
  int head = -1;
  for (int i = 0; i < tail; ++i) {
    const int table = question.table_at(i);
    if (table < 0) continue;
    if (head < 0 || is_projection_of(question, head, i)) head = i;
  }
  if (head >= 0) return made(question, head, question.table_at(head), linker);
  // No table by its own name: by a synonym, else the noun that is asked for.
  for (int i = 0; i < tail; ++i) {
    const int table = question.table_at(i, link::NameMatch::synonym);
    const bool value = question.value_at(i) && question.value_at(i)->kind == link::ValueKind::cell;
    if (table >= 0 && !value && question.columns_at(i, link::NameMatch::synonym).empty()) {
      return made(question, i, table, linker);
    }
  }
  for (int i = 0; i + 1 < tail; ++i) {
    const std::string_view word = question.word(i);
    const std::string_view next = question.word(i + 1);
    const bool asks = word == "which" || word == "many";
    if (asks && !is_auxiliary(next) && !is_preposition(next) && !is_determiner(next)) {
      return made(question, i + 1, -1, linker);
    }
  }
  return std::nullopt;
}

std::optional<Subject> subject_with(const Sentence& question, std::string_view stem,
                                    const link::Linker& linker) {
  const int tail = tail_begin(question);
  for (int i = 0; i < tail; ++i) {
    if (question.stem(i) == stem) return made(question, i, question.table_at(i), linker);
  }
  return std::nullopt;
}

}  // namespace idi::dialogue
