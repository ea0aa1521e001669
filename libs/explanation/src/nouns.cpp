#include "idi/explanation/nouns.hpp"

#include <array>
#include <utility>

namespace idi::explanation {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> irregular{{
    {"person", "people"},
    {"child", "children"},
    {"man", "men"},
    {"woman", "women"},
    {"mouse", "mice"},
    {"foot", "feet"},
    {"tooth", "teeth"},
    {"staff", "staff"},
    {"series", "series"},
}};

constexpr std::array<std::string_view, 10> uncountable{
    "data", "information", "equipment", "species", "media",
    "news", "aircraft",    "sales",     "details", "statistics"};

bool ends_in(std::string_view word, std::string_view ending) {
  return word.size() > ending.size() && word.ends_with(ending);
}

std::pair<std::string_view, std::string_view> last_word(std::string_view noun) {
  const auto blank = noun.rfind(' ');
  if (blank == std::string_view::npos) return {{}, noun};
  return {noun.substr(0, blank + 1), noun.substr(blank + 1)};
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

std::string singular_word(std::string_view word) {
  for (const auto& [one, many] : irregular) {
    if (word == many || word == one) return std::string(one);
  }
  for (const auto same : uncountable) {
    if (word == same) return std::string(word);
  }
  if (ends_in(word, "ies") && word.size() > 4) {
    return std::string(word.substr(0, word.size() - 3)) + "y";
  }
  for (const std::string_view ending : {"sses", "xes", "ches", "shes", "zzes"}) {
    if (ends_in(word, ending)) return std::string(word.substr(0, word.size() - 2));
  }
  // "campuses", "statuses"; but "houses", "causes"
  if (ends_in(word, "uses") && word.size() > 5 && !ends_in(word, "auses") &&
      !ends_in(word, "ouses")) {
    return std::string(word.substr(0, word.size() - 2));
  }
  for (const std::string_view ending : {"ss", "us", "is"}) {
    if (ends_in(word, ending)) return std::string(word);
  }
  if (ends_in(word, "s")) return std::string(word.substr(0, word.size() - 1));
  return std::string(word);
}

std::string plural_word(std::string_view word) {
  for (const auto& [one, many] : irregular) {
    if (word == one || word == many) return std::string(many);
  }
  for (const auto same : uncountable) {
    if (word == same) return std::string(word);
  }
  if (singular_word(word) != word) return std::string(word);
  if (word.size() > 1 && word.back() == 'y' && !is_vowel(word[word.size() - 2])) {
    return std::string(word.substr(0, word.size() - 1)) + "ies";
  }
  for (const std::string_view ending : {"s", "x", "z", "ch", "sh"}) {
    if (ends_in(word, ending)) return std::string(word) + "es";
  }
  return std::string(word) + "s";
}

}  // namespace

std::string plural_of(std::string_view noun) {
  const auto [head, word] = last_word(noun);
  return std::string(head) + plural_word(word);
}

std::string singular_of(std::string_view noun) {
  const auto [head, word] = last_word(noun);
  return std::string(head) + singular_word(word);
}

}  // namespace idi::explanation
