// Many clients that come, misbehave and vanish at random, while workers answer from other threads.
#include <gtest/gtest.h>

#include <deque>
#include <random>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

/// Answers exchanges on threads of its own: some whole, some streamed, some not at all.
class Workers {
 public:
  explicit Workers(int count) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this, i] { work(i); });
  }
  ~Workers() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void take(std::shared_ptr<Exchange> exchange) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(exchange));
    }
    changed_.notify_one();
  }

 private:
  void work(int seed) {
    std::mt19937 random(static_cast<unsigned>(seed));
    for (;;) {
      std::shared_ptr<Exchange> exchange;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        exchange = std::move(waiting_.front());
        waiting_.pop_front();
      }
      exchange->on_gone([exchange = std::weak_ptr(exchange)] {
        if (const auto still = exchange.lock()) still->on_gone([] {});
      });
      const unsigned choice = random() % 4;
      if (choice == 0) continue;
      if (choice == 1) {
        exchange->respond({200, "text/plain", {}, std::string(random() % 100'000, 'x')});
        continue;
      }
      exchange->begin_stream({200, "text/plain", {}, ""});
      bool whole = true;
      for (int i = 0; whole && i < 20; ++i) whole = exchange->write(std::string(20'000, 'x'));
      if (choice == 2) exchange->end_stream(whole);
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Exchange>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

class StressTest : public ServerTest {
 protected:
  void misbehave(unsigned seed) const {
    std::mt19937 random(seed);
    for (int i = 0; i < 100; ++i) {
      RawClient client(port(), random() % 2 == 0 ? 4'096 : 0);
      switch (random() % 6) {
        case 0:
          client.send("GET /work HTTP/1.1\r\nHo");
          break;
        case 1:
          client.send(get_request("/work") + get_request("/x"));
          break;
        case 2:
          static_cast<void>(client.get("/work"));
          break;
        case 3:
          client.send(std::string(500, static_cast<char>(random() % 256)));
          break;
        case 4:
          static_cast<void>(client.open_socket("/ws"));
          for (int n = 0; n < 5; ++n) {
            client.send_frame(text_frame, "echo " + std::string(random() % 60'000, 'y'));
          }
          break;
        default:
          static_cast<void>(client.open_socket("/greeting"));
          client.send_frame(static_cast<std::uint8_t>(random() % 16), "?", random() % 2 == 0);
      }
      if (random() % 3 == 0) client.reset();
      if (random() % 3 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(random() % 3));
    }
  }
};

TEST_F(StressTest, TheServerOutlastsThem) {
  options_.limits.write_timeout_ms = 2'000;
  options_.limits.max_socket_queue_bytes = 1 << 20;
  Workers workers(3);
  application_->handle("/work", [&](const Request&, std::shared_ptr<Exchange> exchange) {
    workers.take(std::move(exchange));
  });
  start();
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < 4; ++i) clients.emplace_back([this, i] { misbehave(i); });
  RawClient steady(port());
  for (int i = 0; i < 50; ++i) EXPECT_EQ(steady.get("/steady").body, "GET /steady");
  for (std::thread& client : clients) client.join();
  EXPECT_TRUE(wait_for_connections(1));
  for (const auto& listener : application_->listeners()) EXPECT_TRUE(listener->closed.wait());
}

TEST_F(StressTest, EndingInTheMiddle) {
  Workers workers(3);
  application_->handle("/work", [&](const Request&, std::shared_ptr<Exchange> exchange) {
    workers.take(std::move(exchange));
  });
  for (unsigned round = 0; round < 5; ++round) {
    start();
    std::vector<RawClient> clients;
    for (int i = 0; i < 30; ++i) {
      clients.emplace_back(port());
      if (i % 3 == 0) {
        static_cast<void>(clients.back().open_socket("/greeting"));
      } else {
        clients.back().send(get_request("/work"));
      }
    }
    server_->shut_down();
    if (round % 2 == 0) server_->shut_down();
    std::thread([server = std::move(server_)]() mutable { server.reset(); }).join();
  }
}

}  // namespace
}  // namespace idi::http
