#include "phrasing.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::synth {
namespace {

bool is_vowel(char c) { return std::string_view{"aeiou"}.find(c) != std::string_view::npos; }

/// End of the group that opens at `open`; npos if it never closes.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split_alternatives(std::string_view inner) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '{') ++depth;
    if (inner[i] == '}') --depth;
    if (inner[i] == '|' && depth == 0) {
      parts.push_back(inner.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(inner.substr(begin));
  return parts;
}

bool is_letters(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](unsigned char c) { return c < 0x80 && std::isalpha(c) != 0; });
}

/// Left out, swapped or doubled: one letter, never the first.
std::string mistyped(std::string word, Random& random) {
  const std::size_t at = 1 + pick(random, word.size() - 2);
  switch (pick(random, 3)) {
    case 0:
      word.erase(at, 1);
      break;
    case 1:
      std::swap(word[at], word[at + 1]);
      break;
    default:
      word.insert(at, 1, word[at]);
  }
  return word;
}

/// What people leave out of a search box, where nothing but keywords is left.
constexpr std::array fillers{"show", "me",     "give",  "what", "is",    "are",
                             "the",  "list",   "find",  "all",  "our",   "was",
                             "were", "please", "there", "a",    "return"};

}  // namespace

std::size_t pick(Random& random, std::size_t bound) {
  IDI_ASSERT(bound > 0);
  return random() % bound;
}

bool chance(Random& random, double probability) {
  return static_cast<double>(random() >> 11) * 0x1.0p-53 < probability;
}

std::string plural_of(std::string_view phrase) {
  std::string plural{phrase};
  if (plural.empty() || plural.back() == 's') return plural;
  const char last = plural.back();
  const char before = plural.size() > 1 ? plural[plural.size() - 2] : 'a';
  if (last == 'y' && !is_vowel(before)) {
    plural.pop_back();
    return plural + "ies";
  }
  const bool hisses =
      last == 'x' || last == 'z' || plural.ends_with("ch") || plural.ends_with("sh");
  return plural + (hisses ? "es" : "s");
}

std::string singular_of(std::string_view phrase) {
  std::string singular{phrase};
  if (singular.ends_with("ies") && singular.size() > 4) {
    return singular.substr(0, singular.size() - 3) + "y";
  }
  const bool regular = singular.ends_with('s') && !singular.ends_with("ss") &&
                       !singular.ends_with("us") && !singular.ends_with("is");
  if (regular && singular.size() > 3) singular.pop_back();
  return singular;
}

std::string choose_alternatives(std::string_view pattern, Random& random) {
  std::string chosen;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::size_t close =
        pattern[i] == '{' ? closing_brace(pattern, i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      chosen += pattern[i];
      continue;
    }
    const auto parts = split_alternatives(pattern.substr(i + 1, close - i - 1));
    chosen += choose_alternatives(parts[pick(random, parts.size())], random);
    i = close;
  }
  return chosen;
}

std::string Rewording::apply(const std::string& name, Random& random) const {
  std::vector<std::string> words = text::split(name, ' ');
  for (std::string& word : words) {
    if (word.size() > 2 && chance(random, share_)) word = synonym_of(word, random);
  }
  return text::join(words, " ");
}

std::string Rewording::synonym_of(const std::string& word, Random& random) const {
  std::vector<std::string> frequent;
  for (const std::string& synonym : wordnet_->neighbours(word)->synonyms) {
    const bool one_word = synonym.find(' ') == std::string::npos;
    if (one_word && synonym.size() > 2 && wordnet_->knows(synonym, true)) {
      frequent.push_back(synonym);
    }
  }
  return frequent.empty() ? word : frequent[pick(random, frequent.size())];
}

std::string roughened(std::string_view question, std::string_view sql, Random& random) {
  std::string typed{question};
  const bool keywords = chance(random, 0.2);
  const bool slip = chance(random, 0.3);
  if (keywords || chance(random, 0.6)) typed = text::to_lower_ascii(typed);
  if (typed.ends_with('?') && (keywords || chance(random, 0.7))) typed.pop_back();
  const std::string literals = text::to_lower_ascii(sql);
  std::vector<std::string> words = text::split(typed, ' ');
  if (keywords) {
    std::erase_if(words, [&](const std::string& word) {
      return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
    });
    if (words.size() < 2) words = text::split(typed, ' ');
  }
  if (slip) {
    std::string& word = words[pick(random, words.size())];
    const bool in_text = literals.find("'" + text::to_lower_ascii(word)) != std::string::npos ||
                         literals.find(text::to_lower_ascii(word) + "'") != std::string::npos;
    if (word.size() > 4 && is_letters(word) && !in_text) word = mistyped(word, random);
  }
  return text::join(words, " ");
}

std::string tidy_sentence(std::string_view text) {
  std::string tidy;
  for (const char c : text) {
    const bool closes = c == '?' || c == '.' || c == ',' || c == '\'';
    if (c == ' ' && (tidy.empty() || tidy.back() == ' ')) continue;
    if (closes && c != '\'' && !tidy.empty() && tidy.back() == ' ') tidy.pop_back();
    tidy += c;
  }
  while (!tidy.empty() && tidy.back() == ' ') tidy.pop_back();
  if (!tidy.empty()) tidy[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(tidy[0])));
  return tidy;
}

}  // namespace idi::synth
