// WebSockets: the handshake and who may make it, messages both ways, and clients that break the
// protocol, fall silent or never read.
#include <gmock/gmock.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <fstream>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SocketTest : public ServerTest {
 protected:
  /// A client that passed the handshake.
  RawClient open(int receive_buffer_bytes = 0) {
    RawClient client(port(), receive_buffer_bytes);
    EXPECT_EQ(client.open_socket("/ws").status, 101);
    return client;
  }
  /// The close code that the client hears next; 0: none.
  static int next_close(RawClient& client) {
    const auto frame = client.frame();
    return frame ? frame->close_code() : 0;
  }
};

TEST_F(SocketTest, CarriesMessagesBothWays) {
  start();
  RawClient client = open();
  client.send_frame(text_frame, "echo one");
  client.send_frame(text_frame, "echo " + std::string(5'000, 'x'));
  EXPECT_EQ(client.frame()->payload, "one");
  EXPECT_EQ(client.frame()->payload, std::string(5'000, 'x'));
  EXPECT_EQ(application_->listener()->texts().size(), 2U);
  client.send_frame(ping_frame, "are you there");
  const auto pong = client.frame();
  EXPECT_EQ(pong->kind, pong_frame);
  EXPECT_EQ(pong->payload, "are you there");
}

TEST_F(SocketTest, JoinsFragments) {
  start();
  RawClient client = open();
  client.send_frame(text_frame, "echo a", false);
  client.send_frame(ping_frame, "");
  client.send_frame(0, "b", false);
  client.send_frame(0, "c", true);
  EXPECT_EQ(client.frame()->kind, pong_frame);
  EXPECT_EQ(client.frame()->payload, "abc");
}

TEST_F(SocketTest, SpeaksWithAnotherImplementation) {
  start();
  boost::asio::io_context context;
  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> client(context);
  client.next_layer().connect({boost::asio::ip::address_v4::loopback(), port()});
  client.handshake("127.0.0.1:" + std::to_string(port()), "/ws/query/s_1?after=3");
  client.write(boost::asio::buffer(std::string("echo héllo")));
  boost::beast::flat_buffer buffer;
  client.read(buffer);
  EXPECT_EQ(boost::beast::buffers_to_string(buffer.data()), "héllo");
  client.close(boost::beast::websocket::close_code::normal);
  EXPECT_TRUE(application_->listener()->closed.wait());
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(SocketTest, WhatIsSentBeforeTheHandshakeEndsArrives) {
  start();
  RawClient client(port());
  EXPECT_EQ(client.open_socket("/greeting").status, 101);
  EXPECT_EQ(client.frame()->payload, "hello");
}

TEST_F(SocketTest, TheApplicationMayRefuse) {
  start();
  RawClient client(port());
  const RawResponse response = client.open_socket("/missing");
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr(R"("code":"not_found")"));
  EXPECT_EQ(client.get("/x").status, 200);
}

TEST_F(SocketTest, ForeignOriginsAndHostsAreRefused) {
  start();
  for (const char* origin :
       {"Origin: http://attacker.example\r\n", "Origin: null\r\n", "Origin: https://localhost\r\n",
        "Origin: http://localhost:8081\r\n", "Sec-Fetch-Site: cross-site\r\n"}) {
    RawClient client(port());
    EXPECT_EQ(client.open_socket("/ws", origin).status, 403) << origin;
    EXPECT_EQ(client.until_close(), "");
  }
  RawClient client(port());
  EXPECT_EQ(client.open_socket("/ws", "Host: localhost\r\n").status, 400);
  EXPECT_TRUE(application_->listeners().empty());
  RawClient own(port());
  EXPECT_EQ(own.open_socket("/ws", "Origin: http://localhost\r\n").status, 101);
}

TEST_F(SocketTest, BrokenHandshakesAreRefused) {
  start();
  const std::string upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  RawClient client(port());
  EXPECT_EQ(client.get("/ws", upgrade + "Sec-WebSocket-Version: 13\r\n").status, 400);
  RawClient old(port());
  const RawResponse too_old =
      old.get("/ws", upgrade + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: eA==\r\n");
  EXPECT_EQ(too_old.status, 426);
  EXPECT_EQ(too_old.headers.at("sec-websocket-version"), "13");
  RawClient hasty(port());
  hasty.send(get_request("/ws", upgrade + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                          "dGhlIHNhbXBsZSBub25jZQ==\r\n") +
             "\x81");
  EXPECT_EQ(hasty.response().status, 400);
  EXPECT_TRUE(application_->listeners().empty());
}

TEST_F(SocketTest, OversizedMessagesClose) {
  options_.limits.max_socket_message_bytes = 1'000;
  start();
  RawClient exact = open();
  exact.send_frame(text_frame, std::string(1'000, 'a'));
  RawClient whole = open();
  whole.send_frame(text_frame, std::string(1'001, 'a'));
  EXPECT_EQ(next_close(whole), 1009);
  RawClient pieces = open();
  pieces.send_frame(text_frame, std::string(600, 'a'), false);
  pieces.send_frame(0, std::string(600, 'a'), false);
  EXPECT_EQ(next_close(pieces), 1009);
  // A frame that only claims a size: nothing may wait for, or keep room for, so much.
  RawClient claims = open();
  claims.send(std::string("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0", 14));
  EXPECT_EQ(next_close(claims), 1009);
  EXPECT_TRUE(eventually([&] { return application_->listener()->texts().size() == 1; }));
  for (int i = 1; i < 4; ++i) EXPECT_TRUE(application_->listener(i)->closed.wait());
  EXPECT_TRUE(wait_for_connections(1));  // though none of them closed its side
}

TEST_F(SocketTest, BinaryMessagesClose) {
  start();
  RawClient client = open();
  client.send_frame(binary_frame, "bytes");
  EXPECT_EQ(next_close(client), 1003);
  EXPECT_TRUE(application_->listener()->closed.wait());
  EXPECT_TRUE(application_->listener()->texts().empty());
}

TEST_F(SocketTest, BrokenUtf8Closes) {
  start();
  for (const char* text : {"\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    RawClient client = open();
    client.send_frame(text_frame, text);
    EXPECT_EQ(next_close(client), 1007);
  }
  EXPECT_TRUE(application_->listener(4)->closed.wait());
  EXPECT_TRUE(application_->listener(0)->texts().empty());
}

TEST_F(SocketTest, MalformedFramesClose) {
  start();
  const std::vector<std::string> frames = {
      std::string("\x81\x01", 2) + "a",                // not masked
      std::string("\xC1\x81\0\0\0\0", 6) + "a",        // a reserved bit
      std::string("\x83\x80\0\0\0\0", 6),              // a reserved kind
      std::string("\x89\xFE\0\x7E\0\0\0\0", 8),        // a ping that is too long
      std::string("\x09\x80\0\0\0\0", 6),              // a ping in fragments
      std::string("\x80\x80\0\0\0\0", 6),              // goes on with nothing
      std::string("\x81\xFE\0\x01\0\0\0\0", 8) + "a",  // a length not in its shortest form
      std::string("\x88\x81\0\0\0\0", 6) + "a",        // a close code of one byte
      std::string("\x88\x82\0\0\0\0\x03\xED", 8),      // a close code that may not be sent
  };
  for (const std::string& bytes : frames) {
    RawClient client = open();
    client.send(bytes);
    EXPECT_EQ(next_close(client), 1002);
  }
  EXPECT_TRUE(application_->listener(frames.size() - 1)->closed.wait());
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(SocketTest, TheListenerHearsOfEveryEnd) {
  start();
  RawClient polite = open();
  polite.send_frame(close_frame, std::string("\x03\xE8", 2));
  EXPECT_EQ(next_close(polite), 1000);
  EXPECT_TRUE(application_->listener(0)->closed.wait());
  RawClient vanished = open();
  vanished.reset();
  EXPECT_TRUE(application_->listener(1)->closed.wait());
  RawClient left = open();
  left.close();
  EXPECT_TRUE(application_->listener(2)->closed.wait());
  for (const auto& listener : application_->listeners()) {
    EXPECT_FALSE(listener->socket->send("too late"));
    listener->socket->close(1000, "too late");
  }
}

TEST_F(SocketTest, TheApplicationCloses) {
  start();
  RawClient client = open();
  const auto socket = application_->listener()->socket;
  EXPECT_TRUE(socket->send("last words"));
  socket->close(1000, std::string(122, 'a') + "é and more");
  EXPECT_FALSE(socket->send("never"));
  EXPECT_EQ(client.frame()->payload, "last words");
  const auto frame = client.frame();
  EXPECT_EQ(frame->close_code(), 1000);
  EXPECT_EQ(frame->payload.substr(2), std::string(122, 'a'));
  EXPECT_TRUE(application_->listener()->closed.wait());
}

TEST_F(SocketTest, SilentClientsArePingedThenClosed) {
  options_.limits.socket_ping_ms = 200;
  start();
  RawClient silent = open();
  const auto ping = silent.frame();
  EXPECT_EQ(ping->kind, ping_frame);
  EXPECT_TRUE(application_->listener(0)->closed.wait());

  RawClient alive = open();
  for (int i = 0; i < 5; ++i) {
    const auto next = alive.frame();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->kind, ping_frame);
    alive.send_frame(pong_frame, next->payload);
  }
  EXPECT_FALSE(application_->listener(1)->closed.raised());
}

TEST_F(SocketTest, AClientThatNeverReadsIsClosedAndBlocksNobody) {
  options_.limits.max_socket_queue_bytes = 4 << 20;
  start();
  RawClient stuck = open(4'096);
  const auto socket = application_->listener(0)->socket;
  int sent = 0;
  while (sent < 1'000 && socket->send(std::string(100'000, 'x'))) ++sent;
  EXPECT_LT(sent, 200);
  EXPECT_FALSE(socket->send("x"));
  RawClient other = open();
  other.send_frame(text_frame, "echo hi");
  EXPECT_EQ(other.frame()->payload, "hi");
  EXPECT_TRUE(application_->listener(0)->closed.wait());
  EXPECT_TRUE(wait_for_connections(1));
}

TEST_F(SocketTest, AClientThatReadsAgainHearsWhyItIsClosed) {
  options_.limits.max_socket_queue_bytes = 4 << 20;
  start();
  RawClient stuck = open(4'096);
  const auto socket = application_->listener(0)->socket;
  while (socket->send(std::string(100'000, 'x'))) {
  }
  int code = 0;
  while (const auto frame = stuck.frame()) code = frame->close_code();
  EXPECT_EQ(code, 1008);
}

TEST_F(SocketTest, AStuckWriteTimesOut) {
  options_.limits.write_timeout_ms = 300;
  start();
  RawClient stuck = open(4'096);
  for (int i = 0; i < 100; ++i) application_->listener(0)->socket->send(std::string(100'000, 'x'));
  EXPECT_TRUE(application_->listener(0)->closed.wait());
  EXPECT_TRUE(wait_for_connections(0));
}

std::int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t pages = 0;
  statm >> pages >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

TEST_F(SocketTest, AThousandIdleSocketsAreSmall) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's own memory would be measured";
#endif
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  if (descriptors.rlim_cur < 2'200) GTEST_SKIP() << "too few descriptors are allowed";
  start();
  std::vector<RawClient> clients;
  clients.reserve(1'000);
  clients.push_back(open());
  const std::int64_t before = resident_bytes();
  while (clients.size() < 1'000) clients.push_back(open());
  const std::int64_t silent = (resident_bytes() - before) / 1'000;
  for (RawClient& client : clients) client.send_frame(text_frame, std::string(60'000, 'x'));
  for (RawClient& client : clients) client.send_frame(text_frame, "echo done");
  for (RawClient& client : clients) EXPECT_EQ(client.frame()->payload, "done");
  for (const auto& listener : application_->listeners()) listener->forget();
  malloc_trim(0);
  const std::int64_t used = (resident_bytes() - before) / 1'000;
  RecordProperty("bytes_per_silent_socket", std::to_string(silent));
  RecordProperty("bytes_per_used_socket", std::to_string(used));
  EXPECT_LT(silent, 32'000);
  EXPECT_LT(used, 32'000);
}

TEST_F(SocketTest, MessagesFromManyThreadsArriveWhole) {
  start();
  RawClient client = open();
  const auto socket = application_->listener()->socket;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([socket, i] {
      for (int n = 0; n < 200; ++n) {
        EXPECT_TRUE(socket->send(std::string(500, static_cast<char>('a' + i))));
      }
    });
  }
  for (int i = 0; i < 800; ++i) {
    const auto frame = client.frame();
    ASSERT_TRUE(frame);
    ASSERT_EQ(frame->payload, std::string(500, frame->payload[0]));
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace idi::http
