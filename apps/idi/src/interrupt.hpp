// Ctrl-C and SIGTERM as a stop request. One object for the whole program, made first of all: the
// signals are taken by a thread of its own, because a stop request runs callbacks that no signal
// handler may.
#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>
#include <stop_token>
#include <thread>

namespace idi::cli {

class Interrupt {
 public:
  /// Blocks both in the calling thread, and so in all that it starts.
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// A token for the work that begins now; an interrupt from before does not count. Work that has
  /// not ended `patience` after a stop request, or at a second signal, ends with the program (exit
  /// code 130).
  [[nodiscard]] std::stop_token begin(std::chrono::milliseconds patience);
  /// From now on Ctrl-C is ignored, until the next begin(); SIGTERM ends the program.
  void end();

 private:
  void watch();

  sigset_t signals_;
  std::mutex mutex_;  // guards the next three
  std::stop_source stop_;
  std::chrono::milliseconds patience_{0};
  bool working_ = false;
  std::atomic<bool> closing_ = false;
  std::thread thread_;
};

}  // namespace idi::cli
