#include "context.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "idi/engine/word_support.hpp"

namespace idi::engine {
namespace {

Error not_understood(const WordSupport& support, const Schema& schema) {
  std::vector<std::string> quoted;
  for (const auto& word : support.unknown) quoted.push_back("\"" + word + "\"");
  std::string message = "the question does not seem to be about this database";
  if (!quoted.empty()) message += "; not understood: " + text::join(quoted, ", ");
  return make_error(ErrorCode::unanswerable, std::move(message),
                    fmt::format("It is about: {}. Questions are read in English; use the names "
                                "that the tables and columns have.",
                                describe_contents(schema)));
}

}  // namespace

Result<Context> find_context(const std::string& question, const std::vector<std::string>& keywords,
                             const Source& source, const Bounds& bounds) {
  std::string text = question;
  for (const auto& keyword : keywords) text += ' ' + keyword;
  Context context;
  context.linked = source.linker().link(text);
  IDI_CHECK(bounds.check());
  const WordSupport support = support_of(context.linked);
  if (support.is_nothing()) return not_understood(support, source.schema());
  context.confidence = (1 + support.share()) / 2;
  if (context.linked.question_cut) {
    context.warnings.push_back(fmt::format(
        "The question is long: only its first {} words were read.", context.linked.tokens.size()));
  }
  if (!support.unknown.empty()) {
    context.warnings.push_back(
        "No table, column or value is called: " + text::join(support.unknown, ", ") + ".");
  }
  return context;
}

}  // namespace idi::engine
