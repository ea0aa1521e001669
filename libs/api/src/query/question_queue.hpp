// Questions that wait for a worker, first come, first served (each session has at most one, so that
// is fair between them). Whoever waits is told its position whenever that changes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "query/job.hpp"

namespace idi::api {

/// Thread-safe.
class QuestionQueue {
 public:
  /// Called under the queue's lock, so that no later event of the question comes before it.
  using TellPosition = std::function<void(Job&, int position)>;

  QuestionQueue(std::size_t max_waiting, TellPosition tell);

  /// A place for a question that is about to come; false: full or closed.
  [[nodiscard]] bool reserve();
  void give_back();
  /// Takes the reserved place; false: closed meanwhile.
  [[nodiscard]] bool push(std::shared_ptr<Job> job);
  /// For a worker: waits for a question; null when closed. done() follows.
  [[nodiscard]] std::shared_ptr<Job> pop();
  void done();
  /// True: it was waiting, and no longer is.
  [[nodiscard]] bool remove(const Job& job);
  /// No more questions; those that waited.
  [[nodiscard]] std::vector<std::shared_ptr<Job>> close();

  [[nodiscard]] int running() const;
  [[nodiscard]] int waiting() const;

 private:
  struct Entry {
    std::shared_ptr<Job> job;
    int told = 0;
  };
  void tell_positions();
  [[nodiscard]] std::size_t places() const { return max_waiting_ + idle_; }

  const std::size_t max_waiting_;
  const TellPosition tell_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Entry> waiting_;
  std::size_t reserved_ = 0;
  std::size_t idle_ = 0;  ///< Workers that wait in pop().
  int running_ = 0;
  bool closed_ = false;
};

}  // namespace idi::api
