// An application of closures, and a server of it on a free port.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "idi/http/server.hpp"

namespace idi::http {

/// Something that another thread says.
class Signal {
 public:
  void raise() {
    const std::lock_guard lock(mutex_);
    raised_ = true;
    changed_.notify_all();  // with the mutex: who was waiting may destroy this at once
  }
  void lower() {
    const std::lock_guard lock(mutex_);
    raised_ = false;
  }
  [[nodiscard]] bool wait(std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [this] { return raised_; });
  }
  [[nodiscard]] bool raised() {
    const std::lock_guard lock(mutex_);
    return raised_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

/// Keeps what it hears; "echo X" is answered with X.
class RecordingListener final : public SocketListener {
 public:
  explicit RecordingListener(std::shared_ptr<Socket> to) : socket(std::move(to)) {}
  void on_text(std::string text) override {
    EXPECT_FALSE(closed.raised());
    if (text.starts_with("echo ")) socket->send(text.substr(5));
    const std::lock_guard lock(mutex_);
    texts_.push_back(std::move(text));
  }
  void on_close() override {
    EXPECT_FALSE(closed.raised());
    closed.raise();
  }
  [[nodiscard]] std::vector<std::string> texts() {
    const std::lock_guard lock(mutex_);
    return texts_;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    texts_ = {};
  }

  const std::shared_ptr<Socket> socket;
  Signal closed;

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

class TestApplication final : public Application {
 public:
  using Handler = std::function<void(Request, std::shared_ptr<Exchange>)>;

  /// Before the server starts. A path without a handler echoes the request.
  void handle(std::string path, Handler handler) {
    handlers_[std::move(path)] = std::move(handler);
  }
  /// Runs on a thread of its own, joined at the end.
  void handle_in_thread(std::string path, Handler handler);

  void on_request(Request request, std::shared_ptr<Exchange> exchange) override;
  Result<std::shared_ptr<SocketListener>> on_socket(const Request& request,
                                                    std::shared_ptr<Socket> socket) override;
  ~TestApplication() override { join(); }
  void join();

  [[nodiscard]] std::vector<std::shared_ptr<RecordingListener>> listeners();
  /// In the order of the handshakes; waits for it.
  [[nodiscard]] std::shared_ptr<RecordingListener> listener(std::size_t number = 0);
  [[nodiscard]] int request_count();

 private:
  std::map<std::string, Handler> handlers_;
  std::mutex mutex_;
  std::vector<std::thread> threads_;
  std::vector<std::shared_ptr<RecordingListener>> listeners_;
  int request_count_ = 0;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() { options_.port = 0; }
  void start();
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  /// Until the server has this many connections, or ten seconds.
  [[nodiscard]] bool wait_for_connections(int count) const;

  ServerOptions options_;
  std::shared_ptr<TestApplication> application_ = std::make_shared<TestApplication>();
  std::unique_ptr<Server> server_;
};

/// Until it holds, or ten seconds.
[[nodiscard]] bool eventually(const std::function<bool()>& condition);

}  // namespace idi::http
