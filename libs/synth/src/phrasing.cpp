#include "phrasing.hpp"

#include <cctype>
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
