#include "dialogue_run.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::eval {

using Clock = std::chrono::steady_clock;

DialogueRun::DialogueRun(const DialogueOptions& options, Predictor& predictor,
                         const std::vector<OpenDialogue>& dialogues, Schemas& schemas,
                         ProgressSink* progress)
    : options_(options),
      predictor_(predictor),
      dialogues_(dialogues),
      schemas_(schemas),
      progress_sink_(progress),
      scored_(dialogues.size()) {}

Result<std::vector<ScoredDialogue>> DialogueRun::run(std::stop_token stop) {
  started_ = Clock::now();
  for (const auto& open : dialogues_) progress_.total += open.dialogue.turns.size();
  const std::stop_callback forward(stop, [this] { stop_.request_stop(); });
  {
    const std::size_t count =
        std::min(static_cast<std::size_t>(options_.eval.jobs), dialogues_.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
  }
  if (failure_) return *failure_;
  if (progress_.done < progress_.total) {
    return make_error(ErrorCode::cancelled, "the evaluation was stopped");
  }
  report(true);
  std::vector<ScoredDialogue> result;
  for (auto& scored : scored_) result.push_back(std::move(*scored));
  return result;
}

void DialogueRun::work() {
  Scorer scorer(options_.eval, gold_);
  while (!stop_.stop_requested()) {
    const std::size_t position = next_.fetch_add(1);
    if (position >= dialogues_.size()) return;
    auto scored = hold(dialogues_[position], scorer);
    if (scored) {
      record(position, std::move(*scored));
      continue;
    }
    stop_.request_stop();
    const std::lock_guard lock(mutex_);
    if (!failure_ && scored.error().code != ErrorCode::cancelled) failure_ = scored.error();
  }
}

Result<ScoredDialogue> DialogueRun::hold(const OpenDialogue& open, Scorer& scorer) {
  ScoredDialogue scored;
  scored.db_id = open.dialogue.db_id;
  std::vector<AskedBefore> conversation;
  for (std::size_t i = 0; i < open.dialogue.turns.size(); ++i) {
    const DialogueTurn& turn = open.dialogue.turns[i];
    IDI_TRY(Outcome outcome, answer(open, i, conversation, scorer));
    const Prediction& prediction = outcome.prediction;
    const bool gold = options_.context == DialogueContext::gold;
    const std::string& sql = gold ? turn.gold_sql : prediction.sql;
    if (options_.context != DialogueContext::none && !text::trim(sql).empty()) {
      const bool alone = prediction.standalone_question.empty();
      conversation.push_back({alone ? turn.question : prediction.standalone_question, sql});
      if (conversation.size() > max_conversation_turns) conversation.erase(conversation.begin());
    }
    scored.turns.push_back({turn.question, turn.gold_sql, std::move(outcome)});
  }
  return scored;
}

Result<Outcome> DialogueRun::answer(const OpenDialogue& open, std::size_t turn,
                                    const std::vector<AskedBefore>& conversation, Scorer& scorer) {
  const DialogueTurn& asked = open.dialogue.turns[turn];
  const Question question{open.first_index + turn, open.dialogue.db_id, asked.question,
                          asked.gold_sql, open.files};
  Outcome outcome;
  outcome.index = question.index;
  auto prediction = predictor_.predict(
      {question.index, question.db_id, question.question, question.files.front(), conversation},
      stop_.get_token());
  if (!prediction && prediction.error().code == ErrorCode::cancelled) return prediction.error();
  if (prediction) outcome.prediction = std::move(*prediction);
  IDI_CHECK(scorer.score(question, schemas_.of(question), stop_.get_token(), outcome));
  if (!prediction) {
    outcome.predicted.error = prediction.error().message;
    const bool late = prediction.error().code == ErrorCode::timeout;
    if (late && outcome.verdict == Verdict::wrong) outcome.diagnosis = {ErrorKind::timeout};
  }
  return outcome;
}

void DialogueRun::record(std::size_t position, ScoredDialogue&& scored) {
  const std::lock_guard lock(mutex_);
  for (const ScoredTurn& turn : scored.turns) {
    ++progress_.done;
    if (turn.outcome.verdict == Verdict::right) ++progress_.right;
  }
  scored_[position] = std::move(scored);
  report(false);
}

void DialogueRun::report(bool last) {
  const auto now = Clock::now();
  if (!progress_sink_ || (!last && now - last_report_ < std::chrono::milliseconds(100))) return;
  last_report_ = now;
  progress_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
  if (progress_.done > 0) {
    const double left = static_cast<double>(progress_.elapsed.count()) *
                        static_cast<double>(progress_.total - progress_.done) /
                        static_cast<double>(progress_.done);
    progress_.left = std::chrono::milliseconds(static_cast<std::int64_t>(left));
  }
  progress_sink_->on_progress(progress_);
}

}  // namespace idi::eval
