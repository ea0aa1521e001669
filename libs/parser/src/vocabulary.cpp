#include <utility>

#include "idi/core/text.hpp"
#include "idi/parser/featurizer.hpp"

namespace idi::parser {

Vocabulary::Vocabulary(std::string_view lines) {
  if (lines.ends_with('\n')) lines.remove_suffix(1);
  *this = Vocabulary(text::split(lines, '\n'));
}

Vocabulary::Vocabulary(std::vector<std::string> words) : words_(std::move(words)) {
  ids_.reserve(words_.size());
  // Line 0 is the unknown word: its spelling must never be found in a question.
  for (std::size_t i = 1; i < words_.size(); ++i) ids_.emplace(words_[i], static_cast<int>(i));
}

int Vocabulary::id(std::string_view stem) const {
  const auto found = ids_.find(std::string(stem));
  return found == ids_.end() ? 0 : found->second;
}

int Vocabulary::size() const { return static_cast<int>(words_.size()); }

std::string Vocabulary::to_lines() const {
  std::string lines;
  for (const std::string& word : words_) {
    lines += word;
    lines += '\n';
  }
  return lines;
}

}  // namespace idi::parser
