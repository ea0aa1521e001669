// A source that follows its database: when tables or rows change, it is opened anew in the
// background, and questions go on with the one before until that is done.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "idi/core/result.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/source.hpp"

namespace idi::engine {

/// Thread-safe. Owns one thread, which sleeps unless look() wakes it.
class CurrentSource {
 public:
  /// Errors: those of Source::open.
  [[nodiscard]] static Result<std::shared_ptr<CurrentSource>> open(
      std::shared_ptr<db::Database> database, SourceOptions options, std::stop_token stop,
      std::chrono::milliseconds look_interval = std::chrono::seconds(2));
  ~CurrentSource() = default;  ///< Ends what the thread does.
  CurrentSource(const CurrentSource&) = delete;
  CurrentSource& operator=(const CurrentSource&) = delete;

  /// The latest one; never null.
  [[nodiscard]] std::shared_ptr<const Source> get() const;

  /// Has the thread look whether the database changed, at most once in look_interval. Returns at
  /// once. A database that cannot be read now leaves the source as it is.
  void look();

 private:
  CurrentSource(std::shared_ptr<db::Database> database, SourceOptions options,
                std::shared_ptr<const Source> source, std::string fingerprint,
                std::chrono::milliseconds look_interval);
  void follow(const std::stop_token& stop);
  void open_anew_if_changed(const std::stop_token& stop);

  const std::shared_ptr<db::Database> database_;
  const SourceOptions options_;
  const std::chrono::milliseconds look_interval_;
  std::string fingerprint_;   ///< Of what source_ was made from; the thread's alone.
  mutable std::mutex mutex_;  ///< Guards the next three.
  std::shared_ptr<const Source> source_;
  bool wanted_ = false;
  std::chrono::steady_clock::time_point looked_at_;
  std::condition_variable_any wake_;
  std::jthread thread_;  ///< Last: it ends before what it uses.
};

}  // namespace idi::engine
