// Every limit, attacked: sizes, times, numbers of connections, descriptors.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class LimitsTest : public ServerTest {};

TEST_F(LimitsTest, OversizedBodiesAreRefused) {
  options_.limits.max_body_bytes = 1'000;
  start();
  RawClient exact(port());
  exact.send(post_request("/x", std::string(1'000, 'a')));
  EXPECT_EQ(exact.response().status, 200);

  RawClient announced(port());
  announced.send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
  const RawResponse response = announced.response();
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_THAT(response.body, HasSubstr(R"("code":"limit_exceeded")"));
  EXPECT_EQ(announced.until_close(), "");

  RawClient chunked(port());
  chunked.send("POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 200; ++i) chunked.send("a\r\n0123456789\r\n");
  EXPECT_EQ(chunked.response().status, 413);

  RawClient whole(port());  // hears why, though it sends everything first
  whole.send(post_request("/x", std::string(500'000, 'a')));
  EXPECT_EQ(whole.response().status, 413);
  EXPECT_EQ(application_->request_count(), 1);
}

TEST_F(LimitsTest, OversizedHeadersAreRefused) {
  options_.limits.max_header_bytes = 2'000;
  start();
  const std::string long_text(3'000, 'a');
  for (const std::string& request : {get_request("/x", "X-Long: " + long_text + "\r\n"),
                                     get_request("/" + long_text), get_request("/x", "", long_text),
                                     "GET /" + long_text, "GET / HTTP/1.1\r\nX: " + long_text}) {
    RawClient client(port());
    client.send(request);
    const RawResponse response = client.response();
    EXPECT_TRUE(response.status == 431 || response.status == 400) << response.status;
    EXPECT_EQ(client.until_close(), "");
  }
  RawClient many(port());
  std::string headers;
  for (int i = 0; i < 300; ++i) headers += "X-H: aaaa\r\n";
  EXPECT_EQ(many.get("/x", headers).status, 431);
  EXPECT_EQ(application_->request_count(), 0);
}

TEST_F(LimitsTest, ManyFieldsAreRefused) {
  start();
  RawClient client(port());
  std::string query = "/x?";
  for (int i = 0; i < 1'001; ++i) query += "a&";
  EXPECT_EQ(client.get(query).status, 400);
}

TEST_F(LimitsTest, SlowRequestsAndIdleConnectionsEnd) {
  options_.limits.header_timeout_ms = 200;
  options_.limits.idle_timeout_ms = 400;
  start();
  RawClient silent(port());
  RawClient half_head(port());
  half_head.send("GET / HTTP/1.1\r\nHo");
  RawClient half_body(port());
  half_body.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
  RawClient idle(port());
  EXPECT_EQ(idle.get("/x").status, 200);
  EXPECT_EQ(half_head.response().status, 408);
  EXPECT_EQ(half_head.until_close(), "");
  EXPECT_THAT(half_body.response().body, HasSubstr(R"("code":"timeout")"));
  EXPECT_EQ(half_body.until_close(), "");
  EXPECT_EQ(silent.until_close(), "");
  EXPECT_EQ(idle.until_close(), "");
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(LimitsTest, DripsDoNotExtendTheTimeOfARequest) {
  options_.limits.header_timeout_ms = 300;
  start();
  RawClient dripping(port());
  dripping.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
  EXPECT_TRUE(wait_for_connections(1));
  for (int i = 0; i < 1'000 && server_->connection_count() > 0; ++i) {
    dripping.send("a");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(server_->connection_count(), 0);
}

TEST_F(LimitsTest, AnAnswerMayTakeItsTime) {
  options_.limits.header_timeout_ms = options_.limits.idle_timeout_ms = 100;
  options_.limits.write_timeout_ms = 100;
  application_->handle_in_thread("/long", [](const Request&, const std::shared_ptr<Exchange>& e) {
    std::this_thread::sleep_for(milliseconds(500));
    e->respond({200, "text/plain", {}, "done"});
  });
  start();
  RawClient client(port());
  EXPECT_EQ(client.get("/long").body, "done");
}

TEST_F(LimitsTest, FiveHundredSlowClientsKeepNobodyOut) {
  start();
  std::vector<RawClient> slow;
  for (int i = 0; i < 500; ++i) {
    slow.emplace_back(port());
    slow.back().send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  }
  for (int round = 0; round < 5; ++round) {
    for (RawClient& client : slow) EXPECT_TRUE(client.send("a"));
    RawClient other(port());
    EXPECT_EQ(other.get("/x").status, 200);
    EXPECT_EQ(other.open_socket("/ws").status, 101);
    other.send_frame(text_frame, "echo hi");
    EXPECT_EQ(other.frame()->payload, "hi");
  }
  EXPECT_GE(server_->connection_count(), 500);
  for (RawClient& client : slow) client.send("\r\n\r\n");
  for (RawClient& client : slow) EXPECT_EQ(client.response().status, 200);
}

TEST_F(LimitsTest, SlowClientsAreAllEndedInTime) {
  options_.limits.header_timeout_ms = 300;
  start();
  std::vector<RawClient> slow;
  for (int i = 0; i < 500; ++i) {
    slow.emplace_back(port());
    slow.back().send("GET");
  }
  for (RawClient& client : slow) EXPECT_EQ(client.response().status, 408);
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(LimitsTest, ConnectionsAreLimitedInAllAndPerAddress) {
  options_.limits.max_connections = 5;
  options_.limits.max_connections_per_address = 3;
  start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) clients.emplace_back(port());
  for (RawClient& client : clients) EXPECT_EQ(client.get("/x").status, 200);
  RawClient fourth(port());
  const RawResponse refused = fourth.response();
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, HasSubstr(R"("code":"unavailable")"));
  EXPECT_EQ(fourth.until_close(), "");

  clients.emplace_back(port(), 0, "127.0.0.2");
  clients.emplace_back(port(), 0, "127.0.0.2");
  EXPECT_EQ(clients.back().get("/x").status, 200);
  RawClient sixth(port(), 0, "127.0.0.3");
  EXPECT_EQ(sixth.response().status, 503);

  clients.clear();
  EXPECT_TRUE(wait_for_connections(0));
  RawClient again(port());
  EXPECT_EQ(again.get("/x").status, 200);
}

TEST_F(LimitsTest, ASocketKeepsItsPlaceInTheCount) {
  options_.limits.max_connections_per_address = 1;
  start();
  {
    RawClient client(port());
    EXPECT_EQ(client.open_socket("/ws").status, 101);
    RawClient second(port());
    EXPECT_EQ(second.response().status, 503);
    client.reset();
  }
  EXPECT_TRUE(wait_for_connections(0));
  RawClient client(port());
  EXPECT_EQ(client.get("/x").status, 200);
}

TEST_F(LimitsTest, WithoutDescriptorsItWaitsAndGoesOn) {
  start();
  RawClient before(port());
  EXPECT_EQ(before.get("/x").status, 200);
  rlimit saved{};
  getrlimit(RLIMIT_NOFILE, &saved);
  // Room for the client's own descriptor, none for the server's end of it.
  const int next = dup(0);
  close(next);
  rlimit tight = saved;
  tight.rlim_cur = static_cast<rlim_t>(next + 1);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &tight), 0);
  RawClient waiting(port());
  waiting.send(get_request("/y"));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(before.get("/x").status, 200);
  EXPECT_EQ(server_->connection_count(), 1);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &saved), 0);
  EXPECT_EQ(waiting.response().body, "GET /y");
}

TEST_F(LimitsTest, StartingWithoutDescriptorsIsAnError) {
  rlimit saved{};
  getrlimit(RLIMIT_NOFILE, &saved);
  const int next = dup(0);
  close(next);
  for (int room = 0; room < 4; ++room) {
    rlimit tight = saved;
    tight.rlim_cur = static_cast<rlim_t>(next + room);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &tight), 0);
    const auto started = Server::start(options_, application_);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &saved), 0);
    ASSERT_FALSE(started) << room;
    EXPECT_EQ(started.error().code, ErrorCode::io_failed) << room;
  }
}

TEST_F(LimitsTest, PipelinedInputIsBounded) {
  Signal go_on;
  application_->handle_in_thread("/wait", [&](const Request&, const std::shared_ptr<Exchange>& e) {
    EXPECT_TRUE(go_on.wait());
    e->respond({200, "text/plain", {}, "waited"});
  });
  start();
  RawClient client(port());
  client.send(get_request("/wait"));
  constexpr int more = 20'000;  // nearly a megabyte, that must wait in the client's system
  std::thread sender([&] {
    std::string requests;
    for (int i = 0; i < more; ++i) requests += get_request("/a");
    EXPECT_TRUE(client.send(requests));
  });
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(application_->request_count(), 1);
  go_on.raise();
  EXPECT_EQ(client.response().body, "waited");
  for (int i = 0; i < more; ++i) ASSERT_EQ(client.response().body, "GET /a") << i;
  sender.join();
}

}  // namespace
}  // namespace idi::http
