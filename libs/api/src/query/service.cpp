#include "query/service.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <exception>
#include <set>
#include <utility>

#include "idi/core/log.hpp"
#include "kept_answer.hpp"
#include "query/kept_card.hpp"
#include "query/protocol.hpp"
#include "query/reporter.hpp"

namespace idi::api {
namespace {

Error too_busy() {
  return make_error(ErrorCode::limit_exceeded, "too many questions are waiting already",
                    "Ask again in a moment.");
}

Error is_stopping_error() {
  return make_error(ErrorCode::unavailable, "the server is stopping", "Ask again when it is back.");
}

Error was_cancelled() { return make_error(ErrorCode::cancelled, "the question was cancelled"); }

Error has_a_question() {
  return make_error(ErrorCode::conflict, "this session has a question that still runs",
                    "Wait for its answer, or stop it.");
}

}  // namespace

QueryService::QueryService(std::shared_ptr<session::SessionStore> sessions, Answerers answerers,
                           TaskPool& desk, EventLogs& logs, const ApiLimits& limits)
    : sessions_(std::move(sessions)),
      desk_(desk),
      logs_(logs),
      limits_(limits),
      queue_(static_cast<std::size_t>(limits.max_queued),
             [](Job& job, int position) {
               job.log->add(EventKind::queued, job.turn_id, 0, [&](std::int64_t seq) {
                 return queued_text({seq, job.turn_id}, position);
               });
             }),
      answerers_(std::move(answerers)) {
  for (auto& pipeline : answerers_.pipelines) {
    workers_.emplace_back([this, &pipeline] { work(pipeline); });
  }
}

QueryService::~QueryService() { stop(); }

void QueryService::submit(std::shared_ptr<Job> job) {
  if (stopping_) return refuse(*job, is_stopping_error(), false);
  if (!job->session_id.empty()) {
    job->log = logs_.open(job->session_id);
    if (!job->log->claim(job)) {
      job->log.reset();
      return refuse(*job, has_a_question(), false);
    }
  }
  if (!desk_.post([this, job] { take(job); })) refuse(*job, too_busy(), true);
}

void QueryService::refuse(Job& job, Error error, bool busy) {
  if (job.log) job.log->release();
  if (job.on_end) job.on_end({0, {}, std::move(error), busy});
}

Status QueryService::find_session(Job& job, const std::shared_ptr<Job>& shared) {
  if (job.log) return {};
  IDI_TRY(const auto session, sessions_->create({}, answerers_.source->get()->schema().name));
  job.session_id = session.id;
  job.log = logs_.open(session.id);
  if (!job.log->claim(shared)) return has_a_question();
  return {};
}

Status QueryService::begin(Job& job) {
  session::NewTurn given;
  given.question = job.question;
  given.sql = job.sql;
  given.written_by_person = job.is_sql();
  if (job.choice) {
    IDI_TRY(given.chosen, choose(job));
    given.question = job.question;
    given.clarifies = job.choice->turn_id;
  }
  IDI_TRY(const auto turn, sessions_->begin_turn(job.session_id, given));
  IDI_TRY(const auto session, sessions_->get(job.session_id));
  job.turn_id = turn.id;
  job.log->start(turn.id, [&](std::int64_t seq) {
    return started_text({seq, turn.id}, {job.question, job.sql, session.name, given.clarifies});
  });
  return {};
}

Result<session::Resolution> QueryService::choose(Job& job) {
  IDI_TRY(const auto turn, sessions_->turn(job.session_id, job.choice->turn_id));
  IDI_TRY(auto resolution, chosen_on_card(turn, *job.choice));
  job.question = turn.question;
  job.understood = turn.standalone_question;
  return resolution;
}

void QueryService::take(const std::shared_ptr<Job>& job) {
  if (stopping_) return refuse(*job, is_stopping_error(), false);
  // Nothing is kept of a question that cannot be taken.
  if (!queue_.reserve()) {
    return stopping_ ? refuse(*job, is_stopping_error(), false) : refuse(*job, too_busy(), true);
  }
  Status ready = find_session(*job, job);
  if (ready) ready = begin(*job);
  if (!ready) {
    queue_.give_back();
    return refuse(*job, ready.error(), false);
  }
  if (!queue_.push(job)) {
    job->interrupted = true;
    return finish(*job, was_cancelled());
  }
  // A cancel between the beginning and the queue found it in neither.
  if (job->stop.stop_requested() && queue_.remove(*job)) finish(*job, was_cancelled());
}

void QueryService::cancel(const std::shared_ptr<Job>& job) {
  job->stop.request_stop();
  if (!queue_.remove(*job)) return;
  const auto end = [this, job] { finish(*job, was_cancelled()); };
  if (!desk_.post(end)) end();
}

void QueryService::cancel(std::string_view session_id) {
  const auto log = logs_.find(session_id);
  if (!log) return;
  if (const auto job = log->current()) cancel(job);
}

void QueryService::stop() {
  const std::lock_guard stopping(stop_mutex_);
  stopping_ = true;
  for (const auto& job : queue_.close()) {
    job->interrupted = true;
    finish(*job, was_cancelled());
  }
  {
    const std::lock_guard lock(running_mutex_);
    for (const auto& job : running_) {
      job->interrupted = true;
      job->stop.request_stop();
    }
  }
  for (auto& worker : workers_) worker.join();
  workers_.clear();
}

void QueryService::follow_changes(std::unique_ptr<engine::Pipeline>& pipeline) {
  answerers_.source->look();
  auto now = answerers_.source->get();
  if (&pipeline->source() == now.get()) return;
  auto opened = engine::Pipeline::open(std::move(now), answerers_.engines);
  if (opened) pipeline = std::move(*opened);
}

void QueryService::work(std::unique_ptr<engine::Pipeline>& pipeline) {
  while (const auto job = queue_.pop()) {
    {
      const std::lock_guard lock(running_mutex_);
      running_.push_back(job);
      if (stopping_) {
        job->interrupted = true;
        job->stop.request_stop();
      }
    }
    auto answer = run(*job, pipeline);
    {
      const std::lock_guard lock(running_mutex_);
      std::erase(running_, job);
    }
    // Before anybody hears of the end: who asks then how busy the server is hears the truth.
    queue_.done();
    finish(*job, std::move(answer));
  }
}

Result<engine::Answer> QueryService::run(Job& job, std::unique_ptr<engine::Pipeline>& pipeline) {
  if (job.stop.stop_requested()) return was_cancelled();
  Reporter reporter(job);
  try {
    follow_changes(pipeline);
    if (job.is_sql()) return pipeline->run_sql(job.sql, job.limits, reporter, job.stop.get_token());
    IDI_TRY(const auto question, question_of(job));
    auto answer = pipeline->ask(question, job.limits, reporter, job.stop.get_token());
    if (answer && answer->standalone_question.empty()) answer->standalone_question = job.understood;
    return answer;
  } catch (const std::exception& error) {
    // One question must not end the server (out of memory, above all).
    return make_error(ErrorCode::internal, "the question failed for a reason of ours", {},
                      error.what());
  }
}

Result<engine::Question> QueryService::question_of(const Job& job) const {
  engine::Question question;
  question.text = job.understood.empty() ? job.question : job.understood;
  question.keywords = job.keywords;
  // A question that is asked again after a choice was read in its place already.
  question.standalone = job.standalone || job.choice;
  question.may_ask_back = job.may_ask_back;
  if (!question.standalone) {
    IDI_TRY(question.conversation, conversation(job));
  }
  IDI_TRY(const auto kept, sessions_->resolutions(job.session_id));
  for (const auto& one : kept) {
    question.resolutions.push_back({one.clarification, one.option, one.phrase, one.label});
  }
  return question;
}

Result<std::vector<engine::ConversationTurn>> QueryService::conversation(const Job& job) const {
  std::vector<engine::ConversationTurn> history;
  if (limits_.max_history_turns <= 0) return history;
  // One more, because the question itself is the last turn.
  IDI_TRY(const auto turns, sessions_->turns(job.session_id, limits_.max_history_turns + 1, false));
  std::set<std::int64_t> answered_later;
  for (const auto& turn : turns) answered_later.insert(turn.clarifies);
  for (const auto& turn : turns) {
    if (turn.id == job.turn_id || turn.state != session::TurnState::answered) continue;
    if (turn.question.empty() || answered_later.contains(turn.id)) continue;
    history.push_back(
        {turn.standalone_question.empty() ? turn.question : turn.standalone_question, turn.sql});
  }
  return history;
}

void QueryService::finish(Job& job, Result<engine::Answer> answer) {
  if (answer) {
    finish_answered(job, *answer);
  } else {
    finish_failed(job, answer.error());
  }
}

void QueryService::finish_answered(Job& job, const engine::Answer& answer) {
  AnsweredTurn turn;
  turn.session_id = job.session_id;
  turn.turn_id = job.turn_id;
  turn.question = job.question;
  turn.total_ms = ms_since(job.taken_at);
  const KeptAnswer kept = keep_answer(answer, turn, session::max_document_bytes);
  session::FinishedTurn finished;
  finished.state = session::TurnState::answered;
  finished.standalone_question = answer.standalone_question;
  // What would have run, had the question been clear, is the answer's alone: it did not.
  if (answer.kind != engine::Answer::Kind::clarification) finished.sql = answer.sql;
  finished.document = kept.document();
  if (const auto done = sessions_->finish_turn(job.turn_id, finished); !done) {
    // Deleted while it ran: whoever waits is answered all the same.
    if (done.error().code != ErrorCode::not_found) return finish_failed(job, done.error());
  }
  const std::string text = kept.answer();
  job.log->end(job.turn_id, [&](std::int64_t seq) {
    return result_text({seq, job.turn_id}, text);
  });
  if (job.on_end) job.on_end({job.turn_id, text, std::nullopt});
}

void QueryService::finish_failed(Job& job, const Error& error) {
  const bool cancelled = error.code == ErrorCode::cancelled;
  const Error told = cancelled && job.interrupted ? is_stopping_error() : error;
  session::FinishedTurn finished;
  finished.state = !cancelled        ? session::TurnState::failed
                   : job.interrupted ? session::TurnState::interrupted
                                     : session::TurnState::cancelled;
  finished.sql = job.sql;
  if (!cancelled) finished.document = json::serialize(error_json(error));
  if (const auto done = sessions_->finish_turn(job.turn_id, finished); !done) {
    // Whoever asked hears how it ended; the disk has its own reason, and a turn that was not ended
    // is found as interrupted later.
    log::warn("the end of a question could not be kept: {}", done.error().message);
  }
  job.log->end(job.turn_id, [&](std::int64_t seq) {
    const EventPlace place{seq, job.turn_id};
    return told.code == ErrorCode::cancelled ? cancelled_text(place, ms_since(job.taken_at))
                                             : error_text(place, told);
  });
  if (job.on_end) job.on_end({job.turn_id, {}, told});
}

}  // namespace idi::api
