#include "context.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"

namespace idi::engine {

Result<Context> find_context(const std::string& question, const std::vector<std::string>& keywords,
                             std::span<const clarification::Resolution> resolutions,
                             const Source& source, const Bounds& bounds) {
  std::string text = question;
  for (const auto& keyword : keywords) text += ' ' + keyword;
  Context context;
  context.linked = source.linker().link(text);
  IDI_CHECK(bounds.check());
  context.resolutions = clarification::apply(context.linked, source.schema(), resolutions);
  context.support = answerability::support_of(context.linked);
  const auto verdict = source.judge().verdict_on(context.linked, std::nullopt);
  if (!verdict.answerable) return answerability::as_error(verdict, source.schema());
  if (context.linked.question_cut) {
    context.warnings.push_back(fmt::format(
        "The question is long: only its first {} words were read.", context.linked.tokens.size()));
  }
  if (!context.support.unknown.empty()) {
    context.warnings.push_back(
        "No table, column or value is called: " + text::join(context.support.unknown, ", ") + ".");
  }
  return context;
}

}  // namespace idi::engine
