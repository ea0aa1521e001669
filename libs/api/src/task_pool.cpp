#include "task_pool.hpp"

#include <exception>
#include <utility>

#include "idi/core/log.hpp"

namespace idi::api {

TaskPool::TaskPool(int threads, std::size_t max_waiting) : max_waiting_(max_waiting) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

TaskPool::~TaskPool() { close(); }

bool TaskPool::post(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_.size() >= max_waiting_) return false;
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void TaskPool::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  const std::lock_guard lock(joining_);
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

bool TaskPool::is_closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void TaskPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    Task task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    try {
      task();
    } catch (const std::exception& error) {
      // What the task held (an exchange) is dropped, and with it answered: 500.
      log::error("a task of the API failed: {}", error.what());
    }
    task = nullptr;
    lock.lock();
  }
}

}  // namespace idi::api
