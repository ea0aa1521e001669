#include "narrowing.hpp"

#include "words.hpp"

namespace idi::dialogue {

bool shows_rows(const Sentence& question, const Subject& about) {
  for (int i = 0; i < about.begin; ++i) {
    if (is_aggregating(question.word(i))) return false;
  }
  return true;
}

std::string narrowed(const Sentence& question, const std::optional<Subject>& about,
                     std::string_view restriction) {
  const bool clause = is_relative(restriction.substr(0, restriction.find(' ')));
  const std::string joint = clause && about && about->has_clause() ? "and " : "";
  const int tail = tail_begin(question);
  return question.replaced(tail, tail, joint + std::string(restriction));
}

}  // namespace idi::dialogue
