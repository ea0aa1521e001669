#include "answer_view.hpp"

#include <fmt/format.h>

#include "card_view.hpp"
#include "idi/core/text.hpp"
#include "table_view.hpp"

namespace idi::cli {
namespace {

std::string painted(const std::string& text, const char* code, const AnswerStyle& style) {
  return style.terminal.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}
std::string dim(const std::string& text, const AnswerStyle& style) {
  return painted(text, "2", style);
}

std::string confidence_in_words(double confidence) {
  const std::string_view word = confidence >= 0.8   ? "high"
                                : confidence >= 0.5 ? "fair"
                                                    : "low: check the SQL";
  return fmt::format("{:.0f} % ({})", confidence * 100, word);
}

std::string row_count(const ResultTable& table) {
  return fmt::format("{} row{}{}", table.rows.size(), table.rows.size() == 1 ? "" : "s",
                     table.truncated ? ", there are more" : "");
}

std::string times(const engine::Answer& answer) {
  std::string text = fmt::format("{:.0f} ms", answer.total_ms());
  std::string parts;
  for (int i = 0; i < engine::phase_count; ++i) {
    const double ms = answer.phase_ms[static_cast<std::size_t>(i)];
    if (ms < 0.05) continue;
    if (!parts.empty()) parts += ", ";
    parts += fmt::format("{} {:.1f}", engine::phase_name(static_cast<engine::Phase>(i)), ms);
  }
  return parts.empty() ? text : fmt::format("{} ({})", text, parts);
}

/// Nothing where the parser answered without a model beside it.
std::string engines_in_words(const engine::Authorship& authorship) {
  if (authorship.model.empty()) return {};
  switch (authorship.agreement) {
    case engine::Agreement::agree:
      return fmt::format(" · {} agrees", authorship.model);
    case engine::Agreement::differ:
      return authorship.written_by == engine::Writer::parser
                 ? fmt::format(" · {} does not agree", authorship.model)
                 : fmt::format(" · written by {}", authorship.model);
    case engine::Agreement::only_model:
      return fmt::format(" · written by {}", authorship.model);
    case engine::Agreement::only_parser:
      break;
  }
  return {};
}

std::string explanation(const engine::Answer& answer, const AnswerStyle& style) {
  const auto& why = answer.explanation;
  std::string out = safe_for_terminal(why.text, true) + '\n';
  const auto add = [&](std::string_view name, const std::vector<std::string>& items) {
    if (items.empty()) return;
    out += dim(fmt::format("{:<8} ", name), style) +
           safe_for_terminal(text::join(items, ", "), true) + '\n';
  };
  add("tables", why.tables);
  add("columns", why.columns);
  add("values", why.values);
  for (std::size_t i = 1; i < answer.candidates.size(); ++i) {
    const auto& other = answer.candidates[i];
    const char* writer = other.writer == engine::Writer::model ? ", the model's" : "";
    out += dim(fmt::format("also     {}  [{}{}]", safe_for_terminal(other.sql, true),
                           engine::trial_state_name(other.state), writer),
               style) +
           '\n';
  }
  return out;
}

}  // namespace

std::string render_answer(const engine::Answer& answer, const AnswerStyle& style) {
  const bool color = style.terminal.color;
  std::string out;
  if (!answer.standalone_question.empty()) {
    out += dim("Understood as: " + safe_for_terminal(answer.standalone_question, true), style) +
           "\n\n";
  }
  if (answer.kind == engine::Answer::Kind::clarification) {
    return out + render_card(answer, color) + dim(times(answer), style) + '\n';
  }
  if (!answer.sql.empty()) {
    out += painted(safe_for_terminal(answer.sql, false), "36", style) + "\n\n";
  }
  if (answer.result.rows.empty()) {
    if (answer.summary.empty()) out += "No row matches.\n";
  } else {
    std::vector<ColumnType> types;
    for (const auto& hint : answer.column_hints) types.push_back(hint.type);
    out += render_table(answer.result, types, {style.terminal.width, style.terminal.color}) + '\n';
  }
  if (!answer.summary.empty()) out += safe_for_terminal(answer.summary, true) + '\n';
  if (style.explain && !answer.explanation.text.empty()) out += explanation(answer, style) + '\n';
  out += render_choices_used(answer, color) + render_findings(answer, color);
  if (answer.clarification) out += render_offer(answer, color);
  for (const auto& warning : answer.warnings) {
    out += painted("Note: ", "33", style) + safe_for_terminal(warning, true) + '\n';
  }
  std::string last = row_count(answer.result);
  if (!answer.candidates.empty()) last += " · confidence " + confidence_in_words(answer.confidence);
  last += safe_for_terminal(engines_in_words(answer.authorship), true);
  out += dim(last + " · " + times(answer), style) + '\n';
  return out;
}

}  // namespace idi::cli
