#include "idi/dialogue/rewriter.hpp"

#include <optional>

#include "fragment.hpp"
#include "idi/core/text.hpp"
#include "opening.hpp"
#include "reference.hpp"
#include "sentence.hpp"

namespace idi::dialogue {
namespace {

/// Words that point back may mean what was spoken of a little earlier.
constexpr std::size_t max_exchanges_back = 3;

/// The exchange so many back can be followed up.
std::optional<Sentence> exchange(const std::vector<Exchange>& history, std::size_t back,
                                 const link::Linker& linker) {
  if (back >= history.size()) return std::nullopt;
  const std::string& question = history[history.size() - 1 - back].question;
  if (question.size() > max_question_bytes) return std::nullopt;
  Sentence sentence(text::to_valid_utf8(question), linker);
  if (!sentence.usable()) return std::nullopt;
  return sentence;
}

std::optional<std::string> resolved(const Sentence& utterance, const Sentence& latest,
                                    const std::vector<Exchange>& history,
                                    const link::Linker& linker) {
  if (!points_back(utterance)) return std::nullopt;
  const int begin = content_begin(utterance);
  const Sentence content(utterance.slice(begin, utterance.size()), linker);
  if (auto found = with_references_resolved(content, latest, linker)) return found;
  for (std::size_t back = 1; back < max_exchanges_back; ++back) {
    const auto earlier = exchange(history, back, linker);
    if (!earlier) continue;
    if (auto found = with_references_resolved(content, *earlier, linker)) return found;
  }
  return std::nullopt;
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
  if (history.empty() || itself.question.size() > max_question_bytes) return itself;
  const Sentence utterance(itself.question, linker);
  const auto previous = exchange(history, 0, linker);
  if (!utterance.usable() || !previous) return itself;
  std::optional<std::string> rewritten = completed(utterance, *previous, linker);
  if (!rewritten) rewritten = resolved(utterance, *previous, history, linker);
  if (!rewritten) return itself;
  std::string text = as_sentence(*rewritten, asks(*rewritten) ? '?' : '.');
  if (text.size() > max_question_bytes) return itself;
  return {std::move(text), true};
}

}  // namespace idi::dialogue
