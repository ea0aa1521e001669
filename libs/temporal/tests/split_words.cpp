#include "split_words.hpp"

#include "idi/core/text.hpp"

namespace idi::temporal::testing {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

Sentence::Sentence(std::string_view text) {
  std::string spaced(text);
  for (std::size_t i = 1; i + 1 < spaced.size(); ++i) {
    if (spaced[i] == '-' && is_letter(spaced[i - 1])) spaced[i] = ' ';
  }
  for (std::string& word : text::split(spaced, ' ')) {
    std::string_view rest = word;
    const bool taken = rest.starts_with('[');
    while (!rest.empty() && std::string_view("[('\"").find(rest.front()) != rest.npos) {
      rest.remove_prefix(1);
    }
    while (!rest.empty() && std::string_view("])'\",.?!:;").find(rest.back()) != rest.npos) {
      rest.remove_suffix(1);
    }
    if (rest.ends_with("'s")) rest.remove_suffix(2);
    if (rest.empty()) continue;
    texts_.emplace_back(rest);
    lowers_.push_back(text::fold_case(rest));
    taken_.push_back(taken);
  }
}

std::vector<Word> Sentence::words() const {
  std::vector<Word> words;
  for (std::size_t i = 0; i < texts_.size(); ++i)
    words.push_back({texts_[i], lowers_[i], taken_[i]});
  return words;
}

std::string Sentence::said(const Phrase& phrase) const {
  std::string text;
  for (std::size_t i = phrase.begin; i < phrase.end; ++i) {
    if (!text.empty()) text += ' ';
    text += texts_[i];
  }
  return text;
}

}  // namespace idi::temporal::testing
