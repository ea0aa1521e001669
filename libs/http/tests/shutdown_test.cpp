// Starting where one cannot, and ending: in two stages, with work under way, leaving nothing.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class ShutdownTest : public ServerTest {
 protected:
  static std::size_t entries_of(const char* folder) {
    const std::filesystem::directory_iterator all(folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
};

TEST_F(ShutdownTest, IdleOnesEndRunningOnesMayFinish) {
  Signal go_on;
  application_->handle_in_thread("/work", [&](const Request&, const std::shared_ptr<Exchange>& e) {
    EXPECT_TRUE(go_on.wait());
    e->respond({200, "text/plain", {}, "finished"});
  });
  start();
  RawClient idle(port());
  EXPECT_EQ(idle.get("/x").status, 200);
  RawClient half(port());
  half.send("GET / HT");
  RawClient working(port());
  working.send(get_request("/work") + get_request("/never"));
  RawClient socket(port());
  EXPECT_EQ(socket.open_socket("/ws").status, 101);
  EXPECT_TRUE(eventually([&] { return application_->request_count() == 2; }));

  server_->shut_down();
  EXPECT_EQ(idle.until_close(), "");
  EXPECT_EQ(half.until_close(), "");
  EXPECT_EQ(socket.frame()->close_code(), 1001);
  socket.close();
  EXPECT_TRUE(application_->listener()->closed.wait());
  EXPECT_TRUE(wait_for_connections(1));
  go_on.raise();
  const RawResponse response = working.response();
  EXPECT_EQ(response.body, "finished");
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_EQ(working.until_close(), "");
  working.close();
  server_->wait();
  EXPECT_EQ(server_->connection_count(), 0);
  EXPECT_EQ(application_->request_count(), 2);
}

TEST_F(ShutdownTest, TheSecondCallEndsEverything) {
  options_.limits.shutdown_timeout_ms = 3'600'000;
  Signal gone;
  application_->handle_in_thread("/work", [&](const Request&, const std::shared_ptr<Exchange>& e) {
    e->on_gone([&] { gone.raise(); });
    EXPECT_TRUE(gone.wait());
    e->respond({200, "text/plain", {}, "too late"});
  });
  application_->handle_in_thread("/stream", [](const Request&, const std::shared_ptr<Exchange>& e) {
    e->begin_stream({200, "text/plain", {}, ""});
    while (e->write("data")) std::this_thread::sleep_for(milliseconds(1));
    e->end_stream(false);
  });
  start();
  RawClient working(port());
  working.send(get_request("/work"));
  RawClient streaming(port());
  streaming.send(get_request("/stream"));
  EXPECT_TRUE(streaming.read_some());
  EXPECT_TRUE(eventually([&] { return application_->request_count() == 2; }));
  RawClient socket(port());
  EXPECT_EQ(socket.open_socket("/ws").status, 101);
  server_->shut_down();
  EXPECT_FALSE(gone.wait(milliseconds(100)));
  server_->shut_down();
  server_->wait();
  EXPECT_TRUE(gone.raised());
  EXPECT_TRUE(application_->listener()->closed.raised());
  EXPECT_EQ(working.until_close(), "");
  EXPECT_EQ(server_->connection_count(), 0);
}

TEST_F(ShutdownTest, RunningOnesAreEndedWhenTheTimeIsUp) {
  options_.limits.shutdown_timeout_ms = 200;
  Signal gone;
  std::shared_ptr<Exchange> kept;
  application_->handle("/never", [&](const Request&, std::shared_ptr<Exchange> exchange) {
    exchange->on_gone([&] { gone.raise(); });
    kept = std::move(exchange);
  });
  start();
  RawClient client(port());
  client.send(get_request("/never"));
  EXPECT_TRUE(eventually([&] { return application_->request_count() == 1; }));
  server_->shut_down();
  server_->wait();
  EXPECT_TRUE(gone.raised());
  // What outlives the server is harmless.
  server_.reset();
  Signal late;
  kept->on_gone([&] { late.raise(); });
  EXPECT_TRUE(late.raised());
  kept->begin_stream({200, "text/plain", {}, ""});
  EXPECT_FALSE(kept->write("x"));
  kept->end_stream(false);
}

TEST_F(ShutdownTest, NothingIsLeft) {
  const std::size_t descriptors = entries_of("/proc/self/fd");
  const std::size_t threads = entries_of("/proc/self/task");
  start();
  {
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) clients.emplace_back(port());
    EXPECT_EQ(clients[0].get("/x").status, 200);
    EXPECT_EQ(clients[1].open_socket("/ws").status, 101);
    EXPECT_EQ(entries_of("/proc/self/task"), threads + 1);
    const std::uint16_t used = port();
    clients[1].send_frame(close_frame, "");
    server_.reset();
    EXPECT_EQ(entries_of("/proc/self/task"), threads);
    // The port is free at once.
    options_.port = used;
    start();
    EXPECT_EQ(port(), used);
    server_.reset();
  }
  EXPECT_EQ(entries_of("/proc/self/fd"), descriptors);
}

TEST_F(ShutdownTest, AnyNumberOfThreadsMayWait) {
  start();
  std::vector<std::thread> waiting;
  for (int i = 0; i < 3; ++i) waiting.emplace_back([this] { server_->wait(); });
  server_->shut_down();
  for (std::thread& thread : waiting) thread.join();
  server_->shut_down();
  server_->wait();
}

TEST_F(ShutdownTest, NewConnectionsAreRefusedWhileEnding) {
  options_.limits.shutdown_timeout_ms = 3'600'000;
  std::shared_ptr<Exchange> kept;
  application_->handle("/wait", [&](const Request&, std::shared_ptr<Exchange> exchange) {
    kept = std::move(exchange);
  });
  start();
  RawClient client(port());
  client.send(get_request("/wait"));
  EXPECT_TRUE(eventually([&] { return application_->request_count() == 1; }));
  RawClient idle(port());
  EXPECT_TRUE(wait_for_connections(2));
  server_->shut_down();
  EXPECT_EQ(idle.until_close(), "");
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to), -1);
  close(descriptor);
  kept->respond({200, "text/plain", {}, "still"});
  EXPECT_EQ(client.response().body, "still");
}

TEST_F(ShutdownTest, StartSaysWhyItCannot) {
  start();
  ServerOptions taken = options_;
  taken.port = port();
  const auto conflict = Server::start(taken, application_);
  ASSERT_FALSE(conflict);
  EXPECT_EQ(conflict.error().code, ErrorCode::conflict);
  EXPECT_THAT(conflict.error().message, HasSubstr(std::to_string(port())));
  EXPECT_FALSE(conflict.error().hint.empty());

  for (const char* address : {"", "nonsense", "1.2.3", "300.1.1.1", "example.org", "203.0.113.7"}) {
    ServerOptions wrong = options_;
    wrong.address = address;
    const auto started = Server::start(wrong, application_);
    ASSERT_FALSE(started) << address;
    EXPECT_EQ(started.error().code, ErrorCode::invalid_argument) << address;
  }
  if (geteuid() != 0) {
    ServerOptions low = options_;
    low.port = 1;
    const auto started = Server::start(low, application_);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::refused);
  }
}

TEST_F(ShutdownTest, TheUrlCanBeOpened) {
  for (const auto& [address, host] :
       std::vector<std::pair<std::string, std::string>>{{"127.0.0.1", "127.0.0.1"},
                                                        {"0.0.0.0", "127.0.0.1"},
                                                        {"localhost", "127.0.0.1"},
                                                        {"::1", "[::1]"},
                                                        {"::", "[::1]"}}) {
    options_.address = address;
    auto started = Server::start(options_, application_);
    if (!started && address.find(':') != std::string::npos) continue;  // no IPv6 here
    ASSERT_TRUE(started) << started.error().to_text();
    EXPECT_EQ((*started)->url(), "http://" + host + ":" + std::to_string((*started)->port()));
    if (address == "::1") continue;
    RawClient client((*started)->port());  // "::" hears IPv4 too
    EXPECT_EQ(client.get("/x").status, 200);
  }
}

TEST_F(ShutdownTest, RemoteAddressesAreWrittenAsPeopleKnowThem) {
  application_->handle("/who", [](const Request& request, const std::shared_ptr<Exchange>& e) {
    e->respond({200, "text/plain", {}, request.remote_address});
  });
  options_.address = "::";
  auto started = Server::start(options_, application_);
  if (!started) GTEST_SKIP() << "no IPv6 on this machine";
  RawClient client((*started)->port());
  EXPECT_EQ(client.get("/who").body, "127.0.0.1");
}

}  // namespace
}  // namespace idi::http
