#include "run.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <utility>

namespace idi::eval {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

Run::Run(const EvalOptions& options, Predictor& predictor, const std::vector<Question>& questions,
         Schemas& schemas, Journal* journal, ProgressSink* progress)
    : options_(options),
      predictor_(predictor),
      questions_(questions),
      schemas_(schemas),
      journal_(journal),
      progress_sink_(progress),
      outcomes_(questions.size()) {}

Result<std::vector<Outcome>> Run::run(std::vector<Outcome> recorded, std::stop_token stop) {
  started_ = Clock::now();
  take_over(std::move(recorded));
  const std::stop_callback forward(stop, [this] { stop_.request_stop(); });
  {
    const std::size_t thread_count =
        std::min<std::size_t>(static_cast<std::size_t>(options_.jobs), open_.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < thread_count; ++i) threads.emplace_back([this] { work(); });
  }
  if (failure_) return *failure_;
  if (progress_.done < progress_.total) {
    return make_error(ErrorCode::cancelled, "the evaluation was stopped",
                      journal_ ? "the same command goes on from here" : "");
  }
  report(true);
  std::vector<Outcome> result;
  for (auto& outcome : outcomes_) result.push_back(std::move(*outcome));
  return result;
}

void Run::take_over(std::vector<Outcome> recorded) {
  progress_.total = questions_.size();
  std::map<std::size_t, std::size_t> position_of;
  for (std::size_t i = 0; i < questions_.size(); ++i) position_of[questions_[i].index] = i;
  for (auto& outcome : recorded) {
    const auto position = position_of.find(outcome.index);
    if (position == position_of.end() || outcomes_[position->second]) continue;
    if (outcome.verdict == Verdict::right) ++progress_.right;
    ++progress_.done;
    ++progress_.resumed;
    outcomes_[position->second] = std::move(outcome);
  }
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    if (!outcomes_[i]) open_.push_back(i);
  }
}

void Run::work() {
  Scorer scorer(options_, gold_);
  while (!stop_.stop_requested()) {
    const std::size_t turn = next_.fetch_add(1);
    if (turn >= open_.size()) return;
    auto outcome = answer(questions_[open_[turn]], scorer);
    Status recorded = outcome ? record(open_[turn], std::move(*outcome)) : outcome.error();
    if (recorded) continue;
    stop_.request_stop();
    const std::lock_guard lock(mutex_);
    if (!failure_ && recorded.error().code != ErrorCode::cancelled) failure_ = recorded.error();
  }
}

Result<Outcome> Run::answer(const Question& question, Scorer& scorer) {
  Outcome outcome;
  outcome.index = question.index;
  const auto start = Clock::now();
  auto prediction = predictor_.predict(
      {question.index, question.db_id, question.question, question.files.front()},
      stop_.get_token());
  if (predictor_.is_timed()) outcome.total_ms = milliseconds_since(start);
  if (!prediction && prediction.error().code == ErrorCode::cancelled) return prediction.error();
  if (prediction) outcome.prediction = std::move(*prediction);
  IDI_CHECK(scorer.score(question, schemas_.of(question), stop_.get_token(), outcome));
  if (!prediction) {
    outcome.predicted.error = prediction.error().message;
    outcome.prediction.refused = prediction.error().code == ErrorCode::unanswerable;
    const bool late = prediction.error().code == ErrorCode::timeout;
    if (late && outcome.verdict == Verdict::wrong) outcome.diagnosis = {ErrorKind::timeout};
  }
  if (options_.score_candidates) {
    bool any = outcome.verdict == Verdict::right;
    for (const auto& candidate : outcome.prediction.candidates) {
      if (outcome.verdict == Verdict::unusable) break;
      IDI_TRY(const bool right, scorer.is_right(question, candidate, stop_.get_token()));
      outcome.candidates_right.push_back(right);
      any |= right;
    }
    outcome.candidate_right = any;
  }
  return outcome;
}

Status Run::record(std::size_t position, Outcome&& outcome) {
  const std::lock_guard lock(mutex_);
  if (journal_) IDI_CHECK(journal_->append(outcome));
  ++progress_.done;
  if (outcome.verdict == Verdict::right) ++progress_.right;
  outcomes_[position] = std::move(outcome);
  report(false);
  return {};
}

void Run::report(bool last) {
  const auto now = Clock::now();
  if (!progress_sink_ || (!last && now - last_report_ < std::chrono::milliseconds(100))) return;
  last_report_ = now;
  progress_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
  const std::size_t done_here = progress_.done - progress_.resumed;
  if (done_here > 0) {
    const double left = static_cast<double>(progress_.elapsed.count()) *
                        static_cast<double>(progress_.total - progress_.done) /
                        static_cast<double>(done_here);
    progress_.left = std::chrono::milliseconds(static_cast<std::int64_t>(left));
  }
  progress_sink_->on_progress(progress_);
}

}  // namespace idi::eval
