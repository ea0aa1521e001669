#include "phrase.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "idi/core/text.hpp"

namespace idi::clarification {
namespace {

using link::LinkedQuestion;
using link::NameMatch;

constexpr auto superlatives = std::to_array<std::string_view>(
    {"best",     "worst",     "top",       "bottom",    "most",      "least",    "fewest",
     "highest",  "lowest",    "largest",   "smallest",  "biggest",   "greatest", "leading",
     "popular",  "main",      "major",     "important", "strongest", "weakest",  "successful",
     "favorite", "favourite", "famous",    "busiest",   "valuable",  "loyal",    "frequent",
     "active",   "good",      "bad",       "better",    "worse",     "big",      "small",
     "great",    "key",       "prominent", "heaviest",  "richest",   "poorest"});
constexpr auto times = std::to_array<std::string_view>(
    {"date",   "dates",  "day",      "days",     "daily",    "week",     "weeks",
     "weekly", "month",  "months",   "monthly",  "quarter",  "quarters", "quarterly",
     "year",   "years",  "yearly",   "annual",   "annually", "when",     "latest",
     "newest", "recent", "recently", "earliest", "oldest",   "time",     "times"});
/// Words without a meaning of their own that no name is likely to have.
constexpr auto plain_words = std::to_array<std::string_view>(
    {"a",    "about", "all",  "also",    "an",    "and",   "any",  "are",   "as",     "at",
     "be",   "been",  "by",   "can",     "did",   "do",    "does", "each",  "every",  "find",
     "for",  "from",  "get",  "give",    "had",   "has",   "have", "how",   "i",      "in",
     "is",   "it",    "its",  "list",    "made",  "make",  "many", "me",    "more",   "much",
     "my",   "no",    "not",  "of",      "on",    "or",    "our",  "per",   "please", "show",
     "so",   "tell",  "than", "that",    "the",   "their", "them", "there", "these",  "they",
     "this", "those", "to",   "under",   "us",    "was",   "we",   "were",  "what",   "which",
     "who",  "whose", "with", "without", "would", "you",   "your", "yet"});

template <std::size_t count>
bool contains(const std::array<std::string_view, count>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

const link::QuestionToken& token_at(const LinkedQuestion& question, int token) {
  return question.tokens[static_cast<std::size_t>(token)];
}

bool is_in_value(const LinkedQuestion& question, int token) {
  return std::any_of(question.values.begin(), question.values.end(), [&](const auto& value) {
    return token >= value.token_begin && token < value.token_end;
  });
}

bool is_in_time_range(const LinkedQuestion& question, int token) {
  return std::any_of(question.values.begin(), question.values.end(), [&](const auto& value) {
    return value.kind == link::ValueKind::date && token >= value.token_begin &&
           token < value.token_end;
  });
}

bool matches_nothing(const LinkedQuestion& question, int token) {
  for (const int table : question.tables) {
    if (match_of(question, token, table) != NameMatch::none) return false;
  }
  return std::all_of(question.columns.begin(), question.columns.end(), [&](ColumnRef column) {
    return match_of(question, token, column) == NameMatch::none;
  });
}

/// "ordered" of "ordered at".
bool has_verb(const Schema& schema, ColumnRef column, const std::string& word) {
  if (!word.ends_with("ed")) return false;
  const auto words = text::split(schema.column(column).natural_name, ' ');
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The first run of tokens with the best of these matches.
template <typename Match>
std::optional<Phrase> best_run(const LinkedQuestion& question, const Match& match) {
  NameMatch best = NameMatch::none;
  Phrase run;
  for (int token = 0; token < token_count(question); ++token) {
    const NameMatch here = match(token);
    if (here == NameMatch::none) continue;
    if (here > best) {
      best = here;
      run = {token, token + 1};
    } else if (here == best && run.end == token) {
      ++run.end;
    }
  }
  if (best == NameMatch::none) return std::nullopt;
  return run;
}

std::optional<Phrase> unknown_word(const LinkedQuestion& question) {
  std::optional<Phrase> found;
  for (int token = 0; token < token_count(question); ++token) {
    const auto& word = token_at(question, token);
    if (contains(plain_words, word.lower) || contains(superlatives, word.lower) ||
        contains(times, word.lower) || is_in_value(question, token)) {
      continue;
    }
    if (!matches_nothing(question, token)) continue;
    if (found) return std::nullopt;
    found = Phrase{token, token + 1};
  }
  return found;
}

}  // namespace

int token_count(const LinkedQuestion& question) { return static_cast<int>(question.tokens.size()); }

std::optional<std::size_t> column_place(const LinkedQuestion& question, ColumnRef column) {
  const auto at = std::find(question.columns.begin(), question.columns.end(), column);
  if (at == question.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(at - question.columns.begin());
}

std::optional<std::size_t> table_place(const LinkedQuestion& question, int table) {
  const auto at = std::find(question.tables.begin(), question.tables.end(), table);
  if (at == question.tables.end()) return std::nullopt;
  return static_cast<std::size_t>(at - question.tables.begin());
}

NameMatch match_of(const LinkedQuestion& question, int token, ColumnRef column) {
  const auto place = column_place(question, column);
  if (!place) return NameMatch::none;
  const std::size_t cell = static_cast<std::size_t>(token) * question.columns.size() + *place;
  return cell < question.token_column.size() ? question.token_column[cell] : NameMatch::none;
}

NameMatch match_of(const LinkedQuestion& question, int token, int table) {
  const auto place = table_place(question, table);
  if (!place) return NameMatch::none;
  const std::size_t cell = static_cast<std::size_t>(token) * question.tables.size() + *place;
  return cell < question.token_table.size() ? question.token_table[cell] : NameMatch::none;
}

std::string stems_of(const LinkedQuestion& question, Phrase phrase) {
  std::string text;
  for (int token = phrase.begin; token < phrase.end; ++token) {
    if (!text.empty()) text += ' ';
    text += token_at(question, token).stem;
  }
  return text;
}

std::string words_of(const LinkedQuestion& question, Phrase phrase) {
  std::string text;
  for (int token = phrase.begin; token < phrase.end; ++token) {
    if (!text.empty()) text += ' ';
    text += token_at(question, token).lower;
  }
  return text;
}

std::string text_of(const LinkedQuestion& question, Phrase phrase) {
  if (phrase.empty()) return {};
  const std::size_t begin = token_at(question, phrase.begin).begin;
  const std::size_t end = token_at(question, phrase.end - 1).end;
  if (begin >= end || end > question.question.size()) return {};
  return question.question.substr(begin, end - begin);
}

std::vector<Phrase> places_of(const LinkedQuestion& question, const std::string& stems) {
  std::vector<Phrase> places;
  if (stems.empty()) return places;
  const int length = 1 + static_cast<int>(std::count(stems.begin(), stems.end(), ' '));
  for (int begin = 0; begin + length <= token_count(question); ++begin) {
    const Phrase phrase{begin, begin + length};
    if (stems_of(question, phrase) == stems) places.push_back(phrase);
  }
  return places;
}

std::optional<Phrase> shared_words(const LinkedQuestion& question, ColumnRef a, ColumnRef b) {
  const auto shared = best_run(question, [&](int token) {
    return std::min(match_of(question, token, a), match_of(question, token, b));
  });
  if (shared) return shared;
  const auto either = best_run(question, [&](int token) {
    return std::max(match_of(question, token, a), match_of(question, token, b));
  });
  return either ? std::nullopt : unknown_word(question);
}

std::optional<Phrase> shared_words(const LinkedQuestion& question, int table_a, int table_b) {
  return best_run(question, [&](int token) {
    return std::min(match_of(question, token, table_a), match_of(question, token, table_b));
  });
}

std::optional<Superlative> superlative(const LinkedQuestion& question) {
  const int count = token_count(question);
  for (int token = 0; token < count; ++token) {
    if (!contains(superlatives, token_at(question, token).lower)) continue;
    Superlative found{{token, token + 1}, token_at(question, token).stem};
    int next = token + 1;
    while (next < count && is_in_value(question, next)) ++next;
    if (next < count && !contains(plain_words, token_at(question, next).lower)) {
      found.phrase.end = next + 1;
      found.stems += ' ' + token_at(question, next).stem;
    }
    return found;
  }
  return std::nullopt;
}

std::optional<Phrase> time_words(const LinkedQuestion& question) {
  for (const auto& value : question.values) {
    const bool is_there = value.token_begin >= 0 && value.token_begin < value.token_end &&
                          value.token_end <= token_count(question);
    if (value.kind == link::ValueKind::date && is_there) {
      return Phrase{value.token_begin, value.token_end};
    }
  }
  for (int token = 0; token < token_count(question); ++token) {
    if (contains(times, token_at(question, token).lower)) return Phrase{token, token + 1};
  }
  return std::nullopt;
}

bool is_named(const LinkedQuestion& question, const Schema& schema, ColumnRef column,
              const std::vector<ColumnRef>& others) {
  for (int token = 0; token < token_count(question); ++token) {
    if (is_in_time_range(question, token)) continue;
    const auto speaks_of = [&](ColumnRef one) {
      return has_verb(schema, one, token_at(question, token).lower) ||
             match_of(question, token, one) >= NameMatch::synonym;
    };
    // "ordered" speaks of the day of the order, "orders" of the table.
    const bool is_table = match_of(question, token, column.table) == NameMatch::exact &&
                          !has_verb(schema, column, token_at(question, token).lower);
    if (is_table || !speaks_of(column)) continue;
    if (!std::all_of(others.begin(), others.end(), speaks_of)) return true;
  }
  return false;
}

}  // namespace idi::clarification
