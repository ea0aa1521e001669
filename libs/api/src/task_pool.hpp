// A few threads that take tasks from a bounded queue, in order. For what may block (the disk, the
// database, a slow client) and is asked for on the network thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace idi::api {

/// Any thread, but the destructor and close(): never from a task.
class TaskPool {
 public:
  using Task = std::function<void()>;

  TaskPool(int threads, std::size_t max_waiting);
  ~TaskPool();  ///< close()
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// False: full or closed; the task will not run.
  [[nodiscard]] bool post(Task task);
  /// Takes no more, runs what waits, and returns when all has run. Idempotent.
  void close();
  [[nodiscard]] bool is_closed() const;

 private:
  void work();

  const std::size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  bool closed_ = false;
  std::mutex joining_;
  std::vector<std::thread> threads_;
};

}  // namespace idi::api
