#include "opening.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "idi/core/text.hpp"
#include "words.hpp"

namespace idi::dialogue {
namespace {

/// "limit it to", "filter by".
bool is_limiting(std::string_view word) {
  return word == "filter" || word == "limit" || word == "narrow" || word == "restrict";
}

/// "exclude", "without".
bool is_excluding(std::string_view word) {
  return word == "exclude" || word == "excluding" || word == "except" || word == "ignore" ||
         word == "omit" || word == "remove" || word == "skip" || word == "without";
}

/// Past "can you", "I would like to know"; `i` if nothing of the kind is there.
int past_politeness(const Sentence& u, int i) {
  static const std::vector<std::string> phrases = {
      "can you",         "could you",        "would you",           "will you",
      "do you know",     "i want to see",    "i want to know",      "i want",
      "i need to know",  "i need",           "i would like to see", "i would like to know",
      "i'd like to see", "i'd like to know", "let me see",          "let me know",
      "let's see"};
  int longest = i;
  for (const std::string& phrase : phrases) {
    int k = i;
    for (const std::string& word : text::split(phrase, ' ')) {
      k = k >= 0 && u.word(k) == word ? k + 1 : -1;
    }
    longest = std::max(longest, k);
  }
  return longest;
}

/// Past words that only say that the same is meant; `i` if there are none.
int past_sameness(const Sentence& u, int i) {
  int k = i;
  if (u.word(k) == "do" || is_asking_verb(u.word(k))) ++k;
  if (u.word(k) == "me" || u.word(k) == "us") ++k;
  if (u.word(k) == "the") ++k;
  if (u.word(k) != "same") return i;
  ++k;
  if (u.word(k) == "thing" || u.word(k) == "again" || u.word(k) == "question") ++k;
  if (u.word(k) == "but") ++k;
  return k;
}

}  // namespace

bool opens_sentence(std::string_view word) {
  return is_question_word(word) || is_asking_verb(word) || word == "is" || word == "are" ||
         word == "do" || word == "does" || word == "did" || word == "was" || word == "were";
}

bool is_splitting(std::string_view word) {
  return word == "group" || word == "grouped" || word == "break" || word == "broken" ||
         word == "split" || word == "divide" || word == "divided" || word == "down";
}

bool is_answer_word(std::string_view word) {
  return is_personal_pronoun(word) || is_demonstrative(word) || word == "result" ||
         word == "results" || word == "list" || word == "the" || word == "me" || word == "us";
}

int content_begin(const Sentence& u) {
  int i = 0;
  for (bool moved = true; moved;) {
    moved = false;
    while (is_opening_filler(u.word(i)) || (is_interjection(u.word(i)) && u.mark_before(i + 1))) {
      ++i;
      moved = true;
    }
    if (const int behind = past_politeness(u, i); behind > i) {
      i = behind;
      moved = true;
    }
  }
  return i;
}

Opening opening_of(const Sentence& u) {
  Opening opening;
  int i = content_begin(u);
  for (int k = 0; k < i; ++k) {
    if (u.word(k) == "and" || u.word(k) == "but" || u.word(k) == "or") opening.continues = true;
    if (u.word(k) == "also") opening.adds = true;
  }
  if ((u.word(i) == "what" || u.word(i) == "how") && u.word(i + 1) == "about") {
    opening.continues = true;
    i += 2;
  }
  if (const int same = past_sameness(u, i); same > i) {
    opening.continues = true;
    i = same;
  }
  int k = i;
  if (is_limiting(u.word(k))) {
    ++k;
    while (is_answer_word(u.word(k)) || u.word(k) == "down") ++k;
    if (u.word(k) == "to" || u.word(k) == "by" || u.word(k) == "for" || u.word(k) == "on") {
      opening.only = true;
      opening.begin = k + 1;
      return opening;
    }
  }
  if (is_excluding(u.word(i)) && u.size() > i + 1) {
    opening.excludes = true;
    opening.begin = i + 1;
    return opening;
  }
  k = i;
  if (is_asking_verb(u.word(k))) {
    ++k;
    if (u.word(k) == "me" || u.word(k) == "us") ++k;
  }
  if (u.word(k) == "only" || u.word(k) == "just" || u.word(k) == "also") {
    (u.word(k) == "also" ? opening.adds : opening.only) = true;
    i = k + 1;
  } else if (opening.adds && k > i) {
    i = k;
  } else if (u.word(i) == "add" || u.word(i) == "include") {
    opening.adds = true;
    i += u.word(i + 1) == "also" ? 2 : 1;
  }
  opening.begin = i;
  return opening;
}

}  // namespace idi::dialogue
