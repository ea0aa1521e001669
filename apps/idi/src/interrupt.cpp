#include "interrupt.hpp"

#include <pthread.h>
#include <unistd.h>

#include <chrono>

#include "exit_codes.hpp"

namespace idi::cli {
Interrupt::Interrupt() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGUSR1);  // wakes the thread at the end
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
  closing_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
}

std::stop_token Interrupt::begin(std::chrono::milliseconds patience) {
  const std::lock_guard lock(mutex_);
  patience_ = patience;
  stop_ = std::stop_source();
  working_ = true;
  return stop_.get_token();
}

void Interrupt::end() {
  const std::lock_guard lock(mutex_);
  working_ = false;
}

void Interrupt::watch() {
  while (!closing_) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0 || signal == SIGUSR1) continue;
    std::stop_source stop;
    std::chrono::milliseconds patience{0};
    {
      const std::lock_guard lock(mutex_);
      if (!working_) {
        if (signal == SIGTERM) ::_exit(128 + SIGTERM);
        continue;
      }
      stop = stop_;
      patience = patience_;
    }
    stop.request_stop();
    // What does not end itself (reading a file on a hanging network disk) is ended from here. Files
    // of ours appear by rename, so nothing is left half written.
    bool again = false;
    for (auto waited = std::chrono::milliseconds(0);; waited += std::chrono::milliseconds(5)) {
      {
        const std::lock_guard lock(mutex_);
        if (!working_ || closing_ || stop_ != stop) break;
      }
      if (again || waited >= patience) {
        constexpr char text[] = "\nidi: cancelled\n";
        [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text, sizeof text - 1);
        ::_exit(exit_cancelled);
      }
      constexpr timespec pause{0, 5'000'000};
      const int next = ::sigtimedwait(&signals_, nullptr, &pause);
      again = next == SIGINT || next == SIGTERM;
    }
  }
}

}  // namespace idi::cli
