#include "asked_words.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"

namespace idi::verification {
namespace {

using link::LinkedQuestion;
using link::NameMatch;

AskedSpan span_of_tokens(const LinkedQuestion& question, std::size_t begin, std::size_t end) {
  return {question.tokens[begin].begin, question.tokens[end - 1].end};
}

std::vector<std::string> lower_words(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : link::tokenize(text)) words.push_back(std::move(token.lower));
  return words;
}

std::optional<AskedSpan> written_alike(const LinkedQuestion& question, std::string_view text) {
  const auto words = lower_words(text);
  if (words.empty() || words.size() > question.tokens.size()) return std::nullopt;
  const std::string wanted = text::join(words, " ");
  const std::size_t most = wanted.size() < 5 ? 1 : wanted.size() < 9 ? 2 : 3;
  std::optional<AskedSpan> nearest;
  std::size_t nearest_distance = most + 1;
  for (std::size_t i = 0; i + words.size() <= question.tokens.size(); ++i) {
    std::vector<std::string> here;
    for (std::size_t j = 0; j < words.size(); ++j) here.push_back(question.tokens[i + j].lower);
    const std::size_t distance = edit_distance(text::join(here, " "), wanted, most);
    if (distance >= nearest_distance) continue;
    nearest_distance = distance;
    nearest = span_of_tokens(question, i, i + words.size());
  }
  return nearest;
}

NameMatch match_of(const LinkedQuestion& question, std::size_t token, int table) {
  const auto found = std::find(question.tables.begin(), question.tables.end(), table);
  if (found == question.tables.end()) return NameMatch::none;
  const auto place = static_cast<std::size_t>(found - question.tables.begin());
  const std::size_t at = token * question.tables.size() + place;
  return at < question.token_table.size() ? question.token_table[at] : NameMatch::none;
}

/// Whether the noun ends before this word: "movie | have", but "movie reviews". A word that could
/// be either counts as part of the noun, so that nothing is said rather than something wrong.
bool ends_a_noun(const LinkedQuestion& question, std::size_t token) {
  static constexpr std::array function_words = {
      "are",   "is",    "was",   "were",  "have", "has",  "had",     "do",     "does",   "did",
      "with",  "who",   "that",  "which", "in",   "from", "of",      "for",    "by",     "to",
      "there", "whose", "where", "per",   "on",   "at",   "or",      "and",    "not",    "each",
      "can",   "when",  "since", "after", "as",   "we",   "between", "before", "without"};
  if (token >= question.tokens.size()) return true;
  const std::string& word = question.tokens[token].lower;
  return std::find(function_words.begin(), function_words.end(), word) != function_words.end() ||
         word.ends_with("ed") || word.ends_with("ing");
}

/// The first word after "how many" and the like; nullopt: the question has none of these.
std::optional<std::size_t> counted_word(const LinkedQuestion& question) {
  const auto& tokens = question.tokens;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    const std::string& first = tokens[i].lower;
    const std::string& second = tokens[i + 1].lower;
    const bool counts =
        (first == "how" && second == "many") ||
        ((first == "number" || first == "count" || first == "numbers") && second == "of");
    if (counts) return i + 2;
  }
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].lower == "count") return i + 1;
  }
  return std::nullopt;
}

}  // namespace

std::optional<AskedSpan> span_of(const link::ValueCandidate& candidate,
                                 const LinkedQuestion& question) {
  const auto count = static_cast<int>(question.tokens.size());
  if (candidate.token_begin < 0 || candidate.token_begin >= candidate.token_end ||
      candidate.token_end > count) {
    return std::nullopt;
  }
  return span_of_tokens(question, static_cast<std::size_t>(candidate.token_begin),
                        static_cast<std::size_t>(candidate.token_end));
}

std::optional<AskedSpan> span_of(const ir::Literal& literal, const LinkedQuestion& question) {
  if (literal.candidate >= 0 && literal.candidate < static_cast<int>(question.values.size())) {
    const auto& candidate = question.values[static_cast<std::size_t>(literal.candidate)];
    if (auto span = span_of(candidate, question)) return span;
  }
  for (const auto& value : question.values) {
    const bool is_it =
        value.text == literal.text ||
        std::find(value.cells.begin(), value.cells.end(), literal.text) != value.cells.end();
    if (!is_it) continue;
    if (auto span = span_of(value, question)) return span;
  }
  return written_alike(question, literal.text);
}

const link::ValueCandidate* only_date(const LinkedQuestion& question) {
  const link::ValueCandidate* found = nullptr;
  for (const auto& value : question.values) {
    if (value.kind != link::ValueKind::date) continue;
    if (found != nullptr) return nullptr;
    found = &value;
  }
  return found;
}

std::string words_of(AskedSpan span, const LinkedQuestion& question) {
  return question.question.substr(span.begin, span.end - span.begin);
}

std::string asked_with(const LinkedQuestion& question, AskedSpan span,
                       std::string_view replacement) {
  std::string asked = question.question.substr(0, span.begin);
  asked += replacement;
  return asked + question.question.substr(span.end);
}

std::string asked_with_addition(const LinkedQuestion& question, std::string_view addition) {
  const std::string& asked = question.question;
  const auto last = asked.find_last_not_of(" \t\r\n.?!");
  const std::size_t end = last == std::string::npos ? asked.size() : last + 1;
  return asked.substr(0, end) + " " + std::string(addition) +
         std::string(text::trim(asked.substr(end)));
}

Counted counted_in(const LinkedQuestion& question, int table) {
  const auto first = counted_word(question);
  if (!first) return Counted::unknown;
  // "how many different young singers": the noun may have a few words before it.
  constexpr std::size_t max_words_before = 4;
  const std::size_t end = std::min(question.tokens.size(), *first + max_words_before);
  for (std::size_t i = *first; i < end; ++i) {
    NameMatch best = NameMatch::none;
    for (const int other : question.tables) best = std::max(best, match_of(question, i, other));
    if (best < NameMatch::synonym) continue;
    // "allergies" are no "student allergies", nor "student allergies" students.
    const bool two_words = i + 1 < end && match_of(question, i + 1, table) == best;
    const bool whole =
        best != NameMatch::partial && ends_a_noun(question, two_words ? i + 2 : i + 1);
    return whole && match_of(question, i, table) == best ? Counted::this_table : Counted::another;
  }
  return Counted::another;
}

bool is_named(const LinkedQuestion& question, int table) {
  for (std::size_t i = 0; i < question.tokens.size(); ++i) {
    if (match_of(question, i, table) == NameMatch::exact) return true;
  }
  return false;
}

bool asks_for_each(const LinkedQuestion& question) {
  static constexpr std::array words = {"each", "every", "all", "per"};
  return std::any_of(question.tokens.begin(), question.tokens.end(), [](const auto& token) {
    return std::find(words.begin(), words.end(), token.lower) != words.end();
  });
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most) return most + 1;
  // Optimal string alignment, three rows.
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], most + 1);
}

}  // namespace idi::verification
