#include "tokens.hpp"

#include <algorithm>
#include <array>

#include "unicode.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_quoted_bytes = 200;

struct QuotePair {
  std::string_view open, close;
};

constexpr std::array<QuotePair, 8> quote_pairs{{
    {"\u201C", "\u201D"},
    {"\u2018", "\u2019"},
    {"\u00AB", "\u00BB"},
    {"``", "''"},
    {"''", "''"},
    {"\"", "\""},
    {"'", "'"},
    {"`", "`"},
}};

bool is_word_at(std::string_view text, std::size_t i) {
  if (i >= text.size()) return false;
  const CharClass kind = char_class(decode_at(text, i).code);
  return kind == CharClass::letter || kind == CharClass::digit;
}

/// An opening quote stands before a word and not inside one; a closing one not before a letter.
std::size_t closing_of(std::string_view text, std::size_t begin, const QuotePair& pair) {
  std::size_t at = begin;
  while (true) {
    at = text.find(pair.close, at);
    if (at == std::string_view::npos || at - begin > max_quoted_bytes) {
      return std::string_view::npos;
    }
    const std::size_t after = at + pair.close.size();
    const bool apostrophe = pair.close == "'" && is_word_at(text, after);
    if (!apostrophe) return at;
    at = after;
  }
}

constexpr auto stopwords = std::to_array<std::string_view>({
    "a",     "about",   "above",  "after",  "against", "all",    "am",    "among",  "an",
    "and",   "any",     "are",    "as",     "at",      "be",     "been",  "before", "being",
    "below", "between", "both",   "but",    "by",      "can",    "could", "did",    "do",
    "does",  "doing",   "done",   "during", "each",    "either", "every", "for",    "from",
    "had",   "has",     "have",   "having", "he",      "her",    "hers",  "him",    "his",
    "how",   "i",       "if",     "in",     "into",    "is",     "it",    "its",    "itself",
    "me",    "more",    "most",   "my",     "neither", "no",     "nor",   "not",    "of",
    "on",    "only",    "or",     "other",  "our",     "out",    "over",  "own",    "s",
    "same",  "she",     "should", "so",     "some",    "such",   "than",  "that",   "the",
    "their", "them",    "then",   "there",  "these",   "they",   "this",  "those",  "through",
    "to",    "too",     "under",  "until",  "up",      "us",     "very",  "was",    "we",
    "were",  "what",    "when",   "where",  "which",   "while",  "who",   "whom",   "whose",
    "why",   "will",    "with",   "you",
});

constexpr auto asking_words = std::to_array<std::string_view>({
    "show",   "list",   "find",     "give",  "tell",   "display", "return", "get",  "please",
    "select", "count",  "many",     "much",  "least",  "less",    "also",   "ones", "whether",
    "using",  "within", "together", "along", "sorted", "ordered", "order",  "per",  "without",
});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::vector<QuotedRange> quoted_ranges(std::string_view text) {
  std::vector<QuotedRange> ranges;
  std::size_t i = 0;
  while (i < text.size()) {
    const QuotePair* found = nullptr;
    for (const QuotePair& pair : quote_pairs) {
      if (text.substr(i, pair.open.size()) == pair.open) {
        found = &pair;
        break;
      }
    }
    const bool opens = found != nullptr && (i == 0 || !is_word_at(text, i - 1));
    if (!opens) {
      ++i;
      continue;
    }
    const std::size_t begin = i + found->open.size();
    const std::size_t end = closing_of(text, begin, *found);
    if (end == std::string_view::npos || end == begin) {
      i = begin;
      continue;
    }
    ranges.push_back({begin, end});
    i = end + found->close.size();
  }
  return ranges;
}

std::string phrase_key(const std::vector<QuestionToken>& tokens, std::size_t begin,
                       std::size_t end) {
  std::string key;
  for (std::size_t i = begin; i < end; ++i) {
    if (!key.empty()) key += ' ';
    for (const char c : fold_plain(tokens[i].lower)) {
      const bool point_in_acronym = c == '.' && !is_number_text(tokens[i].lower);
      const bool thousands = c == ',';
      if (!point_in_acronym && !thousands) key += c;
    }
  }
  return key;
}

std::string stem_key(const std::vector<QuestionToken>& tokens, std::size_t begin, std::size_t end) {
  std::string key;
  for (std::size_t i = begin; i < end; ++i) {
    if (!key.empty()) key += ' ';
    key += tokens[i].stem;
  }
  return key;
}

bool is_stopword(std::string_view lower) { return contains(stopwords, lower); }
bool is_asking_word(std::string_view lower) { return contains(asking_words, lower); }

}  // namespace idi::link
