// Dialogues: every turn asked in the light of the turns before it, and scored like any question.
// A turn is right or wrong by itself; a dialogue is right if all its turns are.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/eval/command.hpp"
#include "idi/eval/evaluate.hpp"
#include "idi/eval/options.hpp"
#include "idi/eval/outcome.hpp"
#include "idi/eval/predictor.hpp"

namespace idi::eval {

/// What a turn is asked in the light of.
enum class DialogueContext : std::uint8_t {
  none,  ///< Nothing: each turn alone.
  own,   ///< What the predictor understood and answered before, right or wrong: the product.
  gold   ///< The turns before with their gold queries: a bound from above.
};

inline constexpr std::array all_dialogue_contexts = {DialogueContext::none, DialogueContext::own,
                                                     DialogueContext::gold};
[[nodiscard]] std::string_view dialogue_context_name(DialogueContext context) noexcept;

/// Only so many turns before are told.
inline constexpr std::size_t max_conversation_turns = 8;
/// Limits of one file.
inline constexpr std::size_t max_dialogues = 1'000'000;
inline constexpr std::size_t max_turns = 1'000;

struct DialogueOptions {
  /// `questions` is the file of dialogues; `limit` and `sample_seed` choose dialogues. Neither
  /// `predictions`, `score_candidates` nor `start_afresh` is used.
  EvalOptions eval;
  DialogueContext context = DialogueContext::own;
};

struct ScoredTurn {
  std::string question;  ///< As it was said.
  std::string gold_sql;
  Outcome outcome;
};

struct ScoredDialogue {
  std::string db_id;
  std::vector<ScoredTurn> turns;
};

struct DialogueSummary {
  Tally turns;
  Tally dialogues;
  std::vector<Tally> by_turn;  ///< First turns, second turns, …
  std::size_t follow_ups = 0;  ///< Turns that the predictor understood in the light of others.
  std::size_t unusable = 0;
  std::map<ErrorKind, std::size_t> errors;  ///< By first kind.
};

struct DialogueEvaluation {
  DialogueSummary summary;
  std::vector<ScoredDialogue> dialogues;  ///< In the order of the file.
};

/// Reads SParC's JSON (an array of {database_id, interaction: [{utterance, query}]}) or JSON lines
/// of {db_id, turns: [{question, query}]}, asks and scores. A turn without an answer is no part of
/// the conversation that later turns see. With options.eval.report, summary.json and
/// dialogues.jsonl are written there. `progress` may be null.
/// Errors: invalid_argument, not_found (files, databases), unreadable, io_failed, cancelled.
[[nodiscard]] Result<DialogueEvaluation> evaluate_dialogues(const DialogueOptions& options,
                                                            Predictor& predictor,
                                                            ProgressSink* progress,
                                                            std::stop_token stop);

[[nodiscard]] DialogueSummary summarize(const std::vector<ScoredDialogue>& dialogues);

/// One JSON object on one line; documented in docs/evaluation.md.
[[nodiscard]] std::string summary_json(const DialogueSummary& summary,
                                       const DialogueOptions& options);
/// A few lines for a terminal.
[[nodiscard]] std::string summary_text(const DialogueSummary& summary,
                                       const DialogueOptions& options);

/// All of it for a command line: runs, shows progress, prints.
Result<DialogueEvaluation> run_dialogue_command(const DialogueOptions& options,
                                                Predictor& predictor, bool json,
                                                EvalStreams streams, std::stop_token stop);

}  // namespace idi::eval
