// Responses of unknown length: back-pressure, clients that leave, handlers that give up.
#include <gmock/gmock.h>

#include <atomic>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

class StreamTest : public ServerTest {
 protected:
  /// /stream?chunks=N: N chunks of 10 000 bytes; counts those that were taken.
  void serve_stream() {
    application_->handle_in_thread(
        "/stream", [this](const Request& request, const std::shared_ptr<Exchange>& exchange) {
          exchange->on_gone([this] { gone_.raise(); });
          exchange->begin_stream({200, "text/plain", {}, "begin\n"});
          const int chunks = std::stoi(std::string(*request.parameter("chunks")));
          for (int i = 0; i < chunks; ++i) {
            if (!exchange->write(std::string(10'000, 'x'))) {
              exchange->end_stream(false);
              stopped_.raise();
              return;
            }
            ++written_;
          }
          exchange->end_stream(true);
          ended_.raise();
        });
    start();
  }

  std::atomic<int> written_ = 0;
  Signal gone_;
  Signal stopped_;
  Signal ended_;
};

TEST_F(StreamTest, SendsChunks) {
  serve_stream();
  RawClient client(port());
  const RawResponse response = client.get("/stream?chunks=100");
  EXPECT_TRUE(response.whole);
  EXPECT_EQ(response.body, "begin\n" + std::string(1'000'000, 'x'));
  EXPECT_TRUE(ended_.wait());
  EXPECT_EQ(client.get("/x").status, 200);
  EXPECT_FALSE(gone_.raised());
}

TEST_F(StreamTest, OldClientsReadUntilTheEnd) {
  serve_stream();
  RawClient client(port());
  client.send("GET /stream?chunks=2 HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
  const RawResponse response = client.response();
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_EQ(response.body, "begin\n" + std::string(20'000, 'x'));
}

TEST_F(StreamTest, HeadStopsTheProducer) {
  serve_stream();
  RawClient client(port());
  client.send(get_request("/stream?chunks=100", "", "HEAD"));
  EXPECT_EQ(client.response(true).status, 200);
  EXPECT_TRUE(stopped_.wait());
  EXPECT_EQ(written_, 0);
  EXPECT_EQ(client.get("/x").status, 200);
}

TEST_F(StreamTest, TheProducerWaitsForASlowClient) {
  serve_stream();
  RawClient client(port(), 4'096);
  client.send(get_request("/stream?chunks=3000"));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_LT(written_, 300);
  EXPECT_FALSE(ended_.raised());
  const RawResponse response = client.response();
  EXPECT_TRUE(response.whole);
  EXPECT_EQ(response.body.size(), 30'000'006U);
}

TEST_F(StreamTest, AClientThatNeverReadsIsGivenUp) {
  options_.limits.write_timeout_ms = 300;
  serve_stream();
  RawClient stuck(port(), 4'096);
  stuck.send(get_request("/stream?chunks=100000"));
  RawClient other(port());
  EXPECT_EQ(other.get("/x").status, 200);
  EXPECT_TRUE(stopped_.wait());
  EXPECT_TRUE(gone_.wait());
  EXPECT_TRUE(wait_for_connections(1));
}

TEST_F(StreamTest, ASlowReaderIsNotGivenUp) {
  options_.limits.write_timeout_ms = 400;
  serve_stream();
  RawClient slow(port(), 4'096);
  slow.send(get_request("/stream?chunks=1000"));
  // Longer than the limit in all, never that long without reading.
  for (int i = 0; i < 60; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_TRUE(slow.read_some());
  }
  EXPECT_FALSE(ended_.raised());
  EXPECT_TRUE(slow.response().whole);
  EXPECT_FALSE(gone_.raised());
}

TEST_F(StreamTest, LeavingStopsTheProducer) {
  serve_stream();
  RawClient client(port());
  client.send(get_request("/stream?chunks=100000"));
  EXPECT_TRUE(eventually([&] { return written_ > 0; }));
  client.close();
  EXPECT_TRUE(stopped_.wait());
  EXPECT_TRUE(gone_.wait());
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(StreamTest, AStreamThatIsCutShortShowsIt) {
  application_->handle_in_thread("/broken", [](const Request&, const std::shared_ptr<Exchange>& e) {
    e->begin_stream({200, "text/plain", {}, ""});
    EXPECT_TRUE(e->write("half"));
    e->end_stream(false);
  });
  application_->handle_in_thread("/dropped", [](const Request&, std::shared_ptr<Exchange> e) {
    e->begin_stream({200, "text/plain", {}, ""});
    EXPECT_TRUE(e->write("half"));
    e.reset();
  });
  start();
  for (const char* path : {"/broken", "/dropped"}) {
    RawClient client(port());
    const RawResponse response = client.get(path);
    EXPECT_EQ(response.body, "half");
    EXPECT_FALSE(response.whole);
  }
}

TEST_F(StreamTest, OnGoneTellsOfAClientThatLeftWhileWaiting) {
  Signal gone;
  std::shared_ptr<Exchange> kept;
  application_->handle("/wait", [&](const Request&, std::shared_ptr<Exchange> exchange) {
    exchange->on_gone([&] { gone.raise(); });
    kept = std::move(exchange);
  });
  start();
  for (const bool abrupt : {false, true}) {
    RawClient client(port());
    client.send(get_request("/wait") + get_request("/next"));
    EXPECT_TRUE(eventually([&] { return application_->request_count() == (abrupt ? 2 : 1); }));
    EXPECT_FALSE(gone.wait(std::chrono::milliseconds(50))) << "gone too early";
    abrupt ? client.reset() : client.close();
    EXPECT_TRUE(gone.wait());
    // Who asks later is told at once, on the network thread.
    Signal late;
    kept->on_gone([&] { late.raise(); });
    EXPECT_TRUE(late.wait());
    kept->respond({200, "text/plain", {}, "nobody reads this"});
    kept.reset();
    EXPECT_TRUE(wait_for_connections(0));
    if (!abrupt) gone.lower();
  }
}

TEST_F(StreamTest, OnGoneIsSilentAfterTheResponse) {
  Signal gone;
  const auto captured = std::make_shared<int>(1);
  application_->handle("/x", [&](const Request&, const std::shared_ptr<Exchange>& exchange) {
    exchange->on_gone([&gone, captured] { gone.raise(); });
    exchange->respond({200, "text/plain", {}, "x"});
  });
  start();
  RawClient client(port());
  EXPECT_EQ(client.get("/x").body, "x");
  client.close();
  EXPECT_TRUE(wait_for_connections(0));
  EXPECT_FALSE(gone.raised());
  EXPECT_EQ(captured.use_count(), 1);
}

}  // namespace
}  // namespace idi::http
