#include "query/question_queue.hpp"

#include <algorithm>
#include <utility>

#include "idi/core/assert.hpp"

namespace idi::api {

QuestionQueue::QuestionQueue(std::size_t max_waiting, TellPosition tell)
    : max_waiting_(max_waiting), tell_(std::move(tell)) {}

bool QuestionQueue::reserve() {
  const std::lock_guard lock(mutex_);
  if (closed_ || waiting_.size() + reserved_ >= places()) return false;
  ++reserved_;
  return true;
}

void QuestionQueue::give_back() {
  const std::lock_guard lock(mutex_);
  IDI_ASSERT(reserved_ > 0);
  --reserved_;
}

bool QuestionQueue::push(std::shared_ptr<Job> job) {
  {
    const std::lock_guard lock(mutex_);
    IDI_ASSERT(reserved_ > 0);
    --reserved_;
    if (closed_) return false;
    waiting_.push_back({std::move(job)});
    tell_positions();
  }
  changed_.notify_one();
  return true;
}

std::shared_ptr<Job> QuestionQueue::pop() {
  std::unique_lock lock(mutex_);
  ++idle_;
  changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
  --idle_;
  if (closed_) return nullptr;
  auto job = std::move(waiting_.front().job);
  waiting_.pop_front();
  ++running_;
  tell_positions();
  return job;
}

void QuestionQueue::done() {
  const std::lock_guard lock(mutex_);
  --running_;
}

bool QuestionQueue::remove(const Job& job) {
  const std::lock_guard lock(mutex_);
  const auto place = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Entry& entry) { return entry.job.get() == &job; });
  if (place == waiting_.end()) return false;
  waiting_.erase(place);
  tell_positions();
  return true;
}

std::vector<std::shared_ptr<Job>> QuestionQueue::close() {
  std::vector<std::shared_ptr<Job>> left;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (auto& entry : waiting_) left.push_back(std::move(entry.job));
    waiting_.clear();
  }
  changed_.notify_all();
  return left;
}

void QuestionQueue::tell_positions() {
  // The first ones have a worker already, which is only waking up.
  for (std::size_t i = idle_; i < waiting_.size(); ++i) {
    const int position = static_cast<int>(i - idle_) + 1;
    if (waiting_[i].told == position) continue;
    waiting_[i].told = position;
    tell_(*waiting_[i].job, position);
  }
}

int QuestionQueue::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

int QuestionQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(waiting_.size());
}

}  // namespace idi::api
