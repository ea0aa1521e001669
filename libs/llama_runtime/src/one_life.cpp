#include "one_life.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <thread>

#include "loopback.hpp"

namespace idi::llama_runtime {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr milliseconds first_probe_pause{20};
constexpr milliseconds longest_probe_pause{250};
constexpr milliseconds probe_timeout{1'000};
constexpr milliseconds longest_health_timeout{5'000};
constexpr int max_silent_checks = 3;
constexpr milliseconds look_interval{250};
constexpr int max_last_reads = 64;

/// Wakes a poll from the thread that asks for the stop.
class Wake {
 public:
  Wake() {
    std::array<int, 2> ends{-1, -1};
    // Without a pipe (no more files can be opened) the poll wakes by itself, a little later.
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
      read_ = Descriptor(ends[0]);
      write_ = Descriptor(ends[1]);
    }
  }
  void operator()() const { (void)!::write(write_.get(), "", 1); }
  [[nodiscard]] int fd() const { return read_.get(); }

 private:
  Descriptor read_, write_;
};

class OneLife {
 public:
  OneLife(Child child, int port, const LifeTimes& times, http_client::HttpClient& http,
          ServerLog& log, std::stop_token stop)
      : child_(std::move(child)),
        port_(port),
        times_(times),
        http_(http),
        log_(log),
        stop_(std::move(stop)) {}

  Life run(const std::function<bool()>& prepare, const std::function<void()>& on_ready) {
    const std::stop_callback on_stop(stop_, [this] { wake_(); });
    for (;;) {
      if (stop_.stop_requested()) return end_politely();
      wait();
      const auto ending = child_.ended();
      log_.append(child_.read());
      if (ending) {
        read_the_rest();
        return {false, ending, ready_for()};
      }
      if (Clock::now() < next_check_) continue;
      if (ready_since_) {
        if (!still_healthy()) return {false, std::nullopt, ready_for()};
      } else if (answers(probe_timeout) && listens_on(child_.pid(), port_) && prepare()) {
        ready_since_ = Clock::now();
        next_check_ = *ready_since_ + times_.health_interval;
        on_ready();
      } else if (Clock::now() - started_ >= times_.load_timeout) {
        read_the_rest();
        return {false, std::nullopt, std::nullopt};
      } else {
        next_check_ = Clock::now() + probe_pause_;
        probe_pause_ = std::min(probe_pause_ * 2, longest_probe_pause);
      }
    }
  }

 private:
  std::optional<milliseconds> ready_for() const {
    if (!ready_since_) return std::nullopt;
    return duration_cast<milliseconds>(Clock::now() - *ready_since_);
  }

  void wait() {
    const auto until_check = duration_cast<milliseconds>(next_check_ - Clock::now());
    const auto longest = std::clamp(until_check, milliseconds{1}, look_interval);
    // poll passes over what is negative: an output that was closed.
    std::array<pollfd, 2> sources{pollfd{child_.output(), POLLIN, 0},
                                  pollfd{wake_.fd(), POLLIN, 0}};
    ::poll(sources.data(), sources.size(), static_cast<int>(longest.count()));
  }

  void read_the_rest() {
    for (int reads = 0; reads < max_last_reads; ++reads) {
      const std::string bytes = child_.read();
      if (bytes.empty()) return;
      log_.append(bytes);
    }
  }

  bool answers(milliseconds timeout) {
    http_client::Request request;
    request.url = fmt::format("http://127.0.0.1:{}/health", port_);
    request.connect_timeout_ms = timeout.count();
    request.deadline = Deadline::after(timeout);
    request.max_body_bytes = 64 << 10;
    request.stop = stop_;
    const auto response = http_.send(request);
    return response && response->head.status == 200;
  }

  bool still_healthy() {
    silent_checks_ =
        answers(std::min(times_.health_interval, longest_health_timeout)) ? 0 : silent_checks_ + 1;
    next_check_ = Clock::now() + times_.health_interval;
    return silent_checks_ < max_silent_checks || stop_.stop_requested();
  }

  Life end_politely() {
    child_.signal_group(SIGTERM);
    const auto until = Clock::now() + times_.stop_timeout;
    while (!child_.ended() && Clock::now() < until) {
      pollfd output{child_.output(), POLLIN, 0};
      ::poll(&output, 1, 10);
      log_.append(child_.read());
    }
    read_the_rest();
    return {true, child_.ended(), ready_for()};  // the child's own end kills what is left
  }

  Child child_;
  const int port_;
  const LifeTimes times_;
  http_client::HttpClient& http_;
  ServerLog& log_;
  const std::stop_token stop_;
  Wake wake_;
  const Clock::time_point started_ = Clock::now();
  Clock::time_point next_check_ = started_;
  milliseconds probe_pause_ = first_probe_pause;
  std::optional<Clock::time_point> ready_since_;
  int silent_checks_ = 0;
};

}  // namespace

Life live_one_life(Child child, int port, const LifeTimes& times, http_client::HttpClient& http,
                   ServerLog& log, const std::stop_token& stop,
                   const std::function<bool()>& prepare, const std::function<void()>& on_ready) {
  return OneLife(std::move(child), port, times, http, log, stop).run(prepare, on_ready);
}

}  // namespace idi::llama_runtime
