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
  std::string_view joint;
  if (clause && about && about->has_clause()) {
    joint = "and ";
    // "which customers have 3 orders" goes on with "and live", not "and that live".
    constexpr std::string_view that = "that ";
    if (about->is_predicate && restriction.starts_with(that))
      restriction.remove_prefix(that.size());
  }
  const int tail = tail_begin(question);
  return question.replaced(tail, tail, std::string(joint) + std::string(restriction));
}

}  // namespace idi::dialogue
