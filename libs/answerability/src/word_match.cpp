#include "word_match.hpp"

#include <algorithm>

namespace idi::answerability {

std::vector<WordMatch> word_matches(const link::LinkedQuestion& question) {
  std::vector<WordMatch> matches(question.tokens.size());
  const std::size_t tables = question.tables.size();
  const std::size_t columns = question.columns.size();
  for (std::size_t t = 0; t < matches.size(); ++t) {
    WordMatch& match = matches[t];
    for (std::size_t i = 0; i < tables; ++i)
      match.name = std::max(match.name, question.token_table[t * tables + i]);
    for (std::size_t i = 0; i < columns; ++i) {
      match.name = std::max(match.name, question.token_column[t * columns + i]);
      match.cell = std::max(match.cell, question.token_cell[t * columns + i]);
    }
  }
  for (const auto& value : question.values) {
    if (value.kind == link::ValueKind::span) continue;
    for (int t = value.token_begin; t < value.token_end; ++t) {
      WordMatch& match = matches[static_cast<std::size_t>(t)];
      (value.kind == link::ValueKind::number ? match.is_number : match.is_value) = true;
    }
  }
  return matches;
}

}  // namespace idi::answerability
