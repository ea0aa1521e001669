#include "idi/engine/current_source.hpp"

#include <utility>

#include "idi/core/log.hpp"

namespace idi::engine {

Result<std::shared_ptr<CurrentSource>> CurrentSource::open(
    std::shared_ptr<db::Database> database, SourceOptions options, std::stop_token stop,
    std::chrono::milliseconds look_interval) {
  // Before opening: a change in between is seen at the first look.
  IDI_TRY(std::string fingerprint, database->fingerprint());
  IDI_TRY(auto source, Source::open(database, options, std::move(stop)));
  return std::shared_ptr<CurrentSource>(new CurrentSource(std::move(database), std::move(options),
                                                          std::move(source), std::move(fingerprint),
                                                          look_interval));
}

CurrentSource::CurrentSource(std::shared_ptr<db::Database> database, SourceOptions options,
                             std::shared_ptr<const Source> source, std::string fingerprint,
                             std::chrono::milliseconds look_interval)
    : database_(std::move(database)),
      options_(std::move(options)),
      look_interval_(look_interval),
      fingerprint_(std::move(fingerprint)),
      source_(std::move(source)),
      looked_at_(std::chrono::steady_clock::now()),
      thread_([this](const std::stop_token& stop) { follow(stop); }) {}

std::shared_ptr<const Source> CurrentSource::get() const {
  const std::lock_guard lock(mutex_);
  return source_;
}

void CurrentSource::look() {
  {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (wanted_ || now - looked_at_ < look_interval_) return;
    looked_at_ = now;
    wanted_ = true;
  }
  wake_.notify_one();
}

void CurrentSource::follow(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return wanted_; })) {
    lock.unlock();
    open_anew_if_changed(stop);
    lock.lock();
    wanted_ = false;
  }
}

void CurrentSource::open_anew_if_changed(const std::stop_token& stop) {
  auto now = database_->fingerprint();
  // Whoever asks a question hears of a database that cannot be read.
  if (!now || *now == fingerprint_) return;
  auto opened = Source::open(database_, options_, stop);
  // What failed is not tried again before the next change.
  fingerprint_ = std::move(*now);
  if (!opened) {
    if (opened.error().code == ErrorCode::cancelled) return;
    log::warn("the database changed, and reading it anew failed: {}", opened.error().message);
    return;
  }
  const std::lock_guard lock(mutex_);
  source_ = std::move(*opened);
}

}  // namespace idi::engine
