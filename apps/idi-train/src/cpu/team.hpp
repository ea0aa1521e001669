// A fixed set of threads that run one function together.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace idi::train {

/// Runs one function on every thread at once, the caller's among them; an exception of any of them
/// is the caller's.
class Team {
 public:
  explicit Team(int threads) {
    for (int t = 1; t < threads; ++t) workers_.emplace_back([this, t] { work(t); });
  }
  ~Team() {
    run([](int) {}, true);
    for (std::thread& worker : workers_) worker.join();
  }
  void run(const std::function<void(int)>& task, bool last = false) {
    {
      const std::lock_guard lock(mutex_);
      task_ = &task;
      last_ = last;
      running_ = static_cast<int>(workers_.size());
      ++round_;
    }
    wake_.notify_all();
    attempt(task, 0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return running_ == 0; });
    if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  void attempt(const std::function<void(int)>& task, int index) {
    try {
      task(index);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
  }

  void work(int index) {
    int seen = 0;
    for (bool last = false; !last;) {
      const std::function<void(int)>* task = nullptr;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return round_ != seen; });
        seen = round_;
        task = task_;
        last = last_;
      }
      attempt(*task, index);
      const std::lock_guard lock(mutex_);
      if (--running_ == 0) done_.notify_one();
    }
  }

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  const std::function<void(int)>* task_ = nullptr;
  int running_ = 0;
  int round_ = 0;
  bool last_ = false;
  std::exception_ptr failure_;
};

}  // namespace idi::train
