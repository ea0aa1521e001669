#include <algorithm>

#include "idi/answerability/answerability.hpp"
#include "idi/answerability/word_lists.hpp"
#include "word_match.hpp"

namespace idi::answerability {

bool WordSupport::is_nothing() const { return strong == 0 && (!unknown.empty() || related == 0); }

double WordSupport::share() const {
  const double all = strong + related + partial + static_cast<double>(unknown.size());
  return all > 0 ? (strong + 0.3 * related + 0.3 * partial) / all : 0;
}

WordSupport support_of(const link::LinkedQuestion& question) {
  WordSupport support;
  const auto matches = word_matches(question);
  for (std::size_t t = 0; t < question.tokens.size(); ++t) {
    const auto& token = question.tokens[t];
    const WordMatch& match = matches[t];
    if (is_function_word(token.lower) && !match.is_value) continue;
    if (match.is_value || match.name >= link::NameMatch::synonym ||
        match.cell == link::CellMatch::exact) {
      ++support.strong;
      continue;
    }
    // "most", "total" and numbers are understood as such, and name nothing.
    if (is_operation_word(token.lower) || match.is_number) continue;
    if (match.name == link::NameMatch::related) {
      ++support.related;
    } else if (match.cell == link::CellMatch::partial) {
      ++support.partial;
    } else if (std::find(support.unknown.begin(), support.unknown.end(), token.text) ==
               support.unknown.end()) {
      support.unknown.push_back(token.text);
    }
  }
  return support;
}

}  // namespace idi::answerability
