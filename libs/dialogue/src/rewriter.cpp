#include "idi/dialogue/rewriter.hpp"

#include <optional>

#include "fragment.hpp"
#include "idi/core/text.hpp"
#include "reference.hpp"
#include "sentence.hpp"

namespace idi::dialogue {
namespace {

/// What was asked last, if it can be followed up.
const Exchange* latest(const std::vector<Exchange>& history) {
  if (history.empty() || text::trim(history.back().question).empty()) return nullptr;
  return &history.back();
}

/// A sentence for people: a capital first, a question mark or a full stop last.
std::string as_sentence(std::string text, char mark) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  while (!text.empty() && (text.back() == ',' || text.back() == ' ')) text.pop_back();
  return text + mark;
}

bool asks(const std::string& text) {
  const std::size_t first = text.find(' ');
  const std::string word = text::to_lower_ascii(text.substr(0, first));
  for (const std::string_view opener : {"what", "which", "who", "whose", "how", "when", "where",
                                        "is", "are", "do", "does", "did", "was", "were"}) {
    if (word == opener) return true;
  }
  return false;
}

}  // namespace

Rewriting rewrite(std::string_view question, const std::vector<Exchange>& history,
                  const link::Linker& linker) {
  Rewriting itself{text::to_valid_utf8(question), false};
  const Exchange* last = latest(history);
  if (!last || itself.question.size() > max_question_bytes ||
      last->question.size() > max_question_bytes) {
    return itself;
  }
  const Sentence utterance(itself.question, linker);
  const Sentence previous(text::to_valid_utf8(last->question), linker);
  if (!utterance.usable() || !previous.usable()) return itself;
  std::optional<std::string> rewritten = completed(utterance, previous, linker);
  if (!rewritten) rewritten = with_references_resolved(utterance, previous, linker);
  if (!rewritten) return itself;
  std::string text = as_sentence(*rewritten, asks(*rewritten) ? '?' : '.');
  if (text.size() > max_question_bytes) return itself;
  return {std::move(text), true};
}

}  // namespace idi::dialogue
