// Questions as jobs: taken (kept as a turn, told as started), waiting, run by a worker, ended
// (kept, then told). What was told is on the disk.
//
//   submit → [taken on the desk] → waiting → running → ended
//                 |                   |         |
//              refused             cancel    cancel: within 100 ms
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "idi/api/api.hpp"
#include "query/event_logs.hpp"
#include "query/job.hpp"
#include "query/question_queue.hpp"
#include "task_pool.hpp"

namespace idi::api {

/// Who answers: a pipeline per worker, opened anew when the source is another one.
struct Answerers {
  std::shared_ptr<engine::CurrentSource> source;
  engine::Engines engines;
  std::vector<std::unique_ptr<engine::Pipeline>> pipelines;  ///< At least one.
};

/// Thread-safe.
class QueryService {
 public:
  /// One worker per pipeline. The desk and the logs must live longer.
  QueryService(std::shared_ptr<session::SessionStore> sessions, Answerers answerers, TaskPool& desk,
               EventLogs& logs, const ApiLimits& limits);
  ~QueryService();  ///< stop()
  QueryService(const QueryService&) = delete;
  QueryService& operator=(const QueryService&) = delete;

  /// Returns at once; job.on_end is called in any case.
  void submit(std::shared_ptr<Job> job);
  /// Returns at once. Does nothing for a job that ended.
  void cancel(const std::shared_ptr<Job>& job);
  /// The session's question, if there is one.
  void cancel(std::string_view session_id);
  /// Ends every question as interrupted. Idempotent. Not on the desk.
  void stop();

  [[nodiscard]] bool is_stopping() const { return stopping_; }
  [[nodiscard]] int running() const { return queue_.running(); }
  [[nodiscard]] int waiting() const { return queue_.waiting(); }

 private:
  void take(const std::shared_ptr<Job>& job);
  [[nodiscard]] Status find_session(Job& job, const std::shared_ptr<Job>& shared);
  [[nodiscard]] Status begin(Job& job);
  /// Of a job with a choice: what was chosen on the card; sets its question.
  [[nodiscard]] Result<session::Resolution> choose(Job& job);
  [[nodiscard]] Result<engine::Question> question_of(const Job& job) const;
  void refuse(Job& job, Error error, bool busy);
  void work(std::unique_ptr<engine::Pipeline>& pipeline);
  /// The pipeline stays as it is if the database cannot be opened now.
  void follow_changes(std::unique_ptr<engine::Pipeline>& pipeline);
  [[nodiscard]] Result<engine::Answer> run(Job& job, std::unique_ptr<engine::Pipeline>& pipeline);
  [[nodiscard]] Result<std::vector<engine::ConversationTurn>> conversation(const Job& job) const;
  void finish(Job& job, Result<engine::Answer> answer);
  void finish_answered(Job& job, const engine::Answer& answer);
  void finish_failed(Job& job, const Error& error);

  const std::shared_ptr<session::SessionStore> sessions_;
  TaskPool& desk_;
  EventLogs& logs_;
  const ApiLimits limits_;
  QuestionQueue queue_;
  std::atomic<bool> stopping_ = false;
  std::mutex stop_mutex_;
  std::mutex running_mutex_;
  std::vector<std::shared_ptr<Job>> running_;
  Answerers answerers_;
  std::vector<std::thread> workers_;
};

}  // namespace idi::api
