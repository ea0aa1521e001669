#include <fmt/format.h>

#include "idi/eval/dialogue.hpp"
#include "idi/eval/report.hpp"
#include "object_text.hpp"

namespace idi::eval {
namespace {

void count(Tally& tally, bool right) {
  ++tally.count;
  if (right) ++tally.right;
}

std::string_view context_meaning(DialogueContext context) {
  switch (context) {
    case DialogueContext::none:
      return "each turn alone";
    case DialogueContext::own:
      return "in the light of its own answers";
    case DialogueContext::gold:
      return "in the light of gold answers";
  }
  return {};
}

}  // namespace

std::string_view dialogue_context_name(DialogueContext context) noexcept {
  switch (context) {
    case DialogueContext::none:
      return "none";
    case DialogueContext::own:
      return "own";
    case DialogueContext::gold:
      return "gold";
  }
  return {};
}

DialogueSummary summarize(const std::vector<ScoredDialogue>& dialogues) {
  DialogueSummary summary;
  for (const ScoredDialogue& dialogue : dialogues) {
    bool all = true;
    for (std::size_t i = 0; i < dialogue.turns.size(); ++i) {
      const Outcome& outcome = dialogue.turns[i].outcome;
      const bool right = outcome.verdict == Verdict::right;
      if (summary.by_turn.size() <= i) summary.by_turn.resize(i + 1);
      count(summary.turns, right);
      count(summary.by_turn[i], right);
      all = all && right;
      if (!outcome.prediction.standalone_question.empty()) ++summary.follow_ups;
      if (outcome.verdict == Verdict::unusable) ++summary.unusable;
      if (!outcome.diagnosis.empty()) ++summary.errors[outcome.diagnosis.front()];
    }
    count(summary.dialogues, all);
  }
  return summary;
}

std::string summary_json(const DialogueSummary& summary, const DialogueOptions& options) {
  const bool spider = options.eval.metric == Metric::spider;
  ObjectText object;
  object.add("question_match", percent_text(summary.turns));
  object.add("interaction_match", percent_text(summary.dialogues));
  object.add("context", ObjectText::quoted(dialogue_context_name(options.context)));
  object.add("questions", tally_json(summary.turns));
  object.add("interactions", tally_json(summary.dialogues));
  std::string turns;
  for (const Tally& tally : summary.by_turn) {
    turns += (turns.empty() ? "" : ",") + tally_json(tally);
  }
  object.add("by_turn", "[" + turns + "]");
  object.add("follow_ups", summary.follow_ups);
  object.add("unusable", summary.unusable);
  object.add("errors", kinds_json(summary.errors));
  object.add("metric", spider ? R"("spider")" : R"("bird")");
  object.add("distinct", spider && !options.eval.keep_distinct ? R"("ignored")" : R"("kept")");
  return object.take();
}

std::string summary_text(const DialogueSummary& summary, const DialogueOptions& options) {
  std::string text = fmt::format(
      "question match     {:>6} %  ({} of {})\ninteraction match  {:>6} %  ({} of {})\n"
      "{}; {}\n\n",
      percent_text(summary.turns), summary.turns.right, summary.turns.count,
      percent_text(summary.dialogues), summary.dialogues.right, summary.dialogues.count,
      context_meaning(options.context), rules_text(options.eval));
  for (std::size_t i = 0; i < summary.by_turn.size(); ++i) {
    const Tally& tally = summary.by_turn[i];
    text += fmt::format("  turn {:<4}{:>8} %  {:>5} of {}\n", i + 1, percent_text(tally),
                        tally.right, tally.count);
  }
  text += fmt::format("\nunderstood as follow-ups: {}\n", summary.follow_ups);
  if (summary.unusable > 0) {
    text += fmt::format("{} gold queries did not run; they count as not right\n", summary.unusable);
  }
  if (!summary.errors.empty()) text += "\nwhat was wrong\n";
  for (const auto& [kind, number] : summary.errors) {
    text += fmt::format("  {:<12}{:>5}   {}\n", error_kind_name(kind), number,
                        error_kind_meaning(kind));
  }
  return text;
}

}  // namespace idi::eval
