#include "idi/http_client/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <thread>

#include "idi/http_client/testing/scripted_server.hpp"

namespace idi::http_client {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using testing::ScriptedServer;
using testing::Visit;

/// Well above what "at once" takes on a busy machine, well below every limit that is not tested.
constexpr milliseconds promptly{1'500};
constexpr milliseconds long_time{20'000};

class HttpClientTest : public ::testing::Test {
 protected:
  Result<Response> get(const std::string& url) {
    Request request;
    request.url = url;
    return client->send(request);
  }
  std::unique_ptr<HttpClient> client = HttpClient::make();
};

/// Keeps what came, and can refuse.
class Collector final : public Receiver {
 public:
  Status on_head(const ResponseHead& head) override {
    heads.push_back(head.status);
    return refuse_head ? Status(make_error(ErrorCode::conflict, "not this one")) : Status();
  }
  Status on_bytes(std::string_view bytes) override {
    body += bytes;
    if (on_first) std::exchange(on_first, nullptr)();
    return body.size() > accept_bytes ? Status(make_error(ErrorCode::conflict, "enough"))
                                      : Status();
  }
  std::vector<int> heads;
  std::string body;
  bool refuse_head = false;
  std::size_t accept_bytes = 1 << 30;
  std::function<void()> on_first;
};

TEST_F(HttpClientTest, SendsWhatIsAskedAndReturnsWhatCame) {
  ScriptedServer server([](Visit& visit) {
    visit.reply(418, "text/plain",
                visit.method + " " + visit.target + " " + visit.header("x-key") + " " +
                    visit.header("content-type") + " " + visit.body,
                "X-Answer:  yes \r\n");
  });
  Request request;
  request.method = "POST";
  request.url = server.url("/a?b=c");
  request.headers = {{"X-Key", "k"}, {"Content-Type", "application/json"}};
  request.body = "{}";
  const auto response = client->send(request);
  ASSERT_TRUE(response) << response.error().to_text();
  EXPECT_EQ(response->head.status, 418);
  EXPECT_EQ(response->body, "POST /a?b=c k application/json {}");
  EXPECT_EQ(response->head.header("x-answer"), "yes");
  EXPECT_EQ(response->head.content_length, 33);
}

TEST_F(HttpClientTest, SendsNoTypeOfABodyThatHasNone) {
  ScriptedServer server(
      [](Visit& visit) { visit.reply(200, "a/b", "[" + visit.header("content-type") + "]"); });
  Request request;
  request.method = "POST";
  request.url = server.url("/");
  request.body = "x";
  EXPECT_EQ(client->send(request)->body, "[]");
}

TEST_F(HttpClientTest, KeepsConnectionsOpen) {
  ScriptedServer server([](Visit& visit) { visit.reply(200, "a/b", "x"); });
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(get(server.url("/")));
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.requests(), 5);
}

TEST_F(HttpClientTest, ServesManyThreads) {
  ScriptedServer server([](Visit& visit) { visit.reply(200, "a/b", visit.target); });
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const std::string path = "/" + std::to_string(t * 100 + i);
        const auto response = get(server.url(path));
        right += response && response->body == path ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 160);
  EXPECT_LE(server.connections(), 8);
}

TEST_F(HttpClientTest, RefusesOtherSchemesAndNonsense) {
  for (const char* url : {"", "file:///etc/passwd", "ftp://a/b", "127.0.0.1", "http://",
                          "http://a b", "gopher://x", "http://a:99999/"}) {
    const auto response = get(url);
    ASSERT_FALSE(response) << url;
    EXPECT_EQ(response.error().code, ErrorCode::invalid_argument) << url;
  }
}

TEST_F(HttpClientTest, RefusesHeadersThatWouldBeTwo) {
  Request request;
  request.url = "http://127.0.0.1:1/";
  request.headers = {{"Authorization", "Bearer secret\r\nX-Other: 1"}};
  const auto response = client->send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(response.error().to_text(), Not(HasSubstr("secret")));
}

TEST_F(HttpClientTest, SaysThatNobodyListensAndShowsNoPassword) {
  const auto port = testing::unused_port();
  const auto response = get("http://me:secret@127.0.0.1:" + std::to_string(port) + "/?k=secret");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::unavailable);
  EXPECT_THAT(response.error().message, HasSubstr("http://127.0.0.1:" + std::to_string(port)));
  EXPECT_THAT(response.error().to_text(), Not(HasSubstr("secret")));
}

TEST_F(HttpClientTest, SaysThatANameIsNotKnown) {
  const auto response = get("http://nobody.invalid/");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::unavailable) << response.error().to_text();
}

TEST_F(HttpClientTest, FollowsRedirectsOnlyWhereAskedAndOnlyToHttp) {
  ScriptedServer server([](Visit& visit) {
    if (visit.target == "/file") {
      visit.reply(302, "a/b", "moved", "Location: file:///etc/passwd\r\n");
    } else if (visit.target == "/round") {
      visit.reply(302, "a/b", "moved", "Location: /round\r\n");
    } else if (visit.target == "/from") {
      visit.reply(302, "a/b", "moved", "Location: /to\r\n");
    } else {
      visit.reply(200, "a/b", "here");
    }
  });
  EXPECT_EQ(get(server.url("/from"))->head.status, 302);
  Request request;
  request.follow_redirects = true;
  request.url = server.url("/from");
  Collector collector;
  ASSERT_TRUE(client->stream(request, collector));
  EXPECT_EQ(collector.body, "here");
  EXPECT_EQ(collector.heads, std::vector{200});
  request.url = server.url("/file");
  const auto to_file = client->send(request);
  ASSERT_FALSE(to_file);
  EXPECT_EQ(to_file.error().code, ErrorCode::invalid_argument);
  request.url = server.url("/round");
  const auto round = client->send(request);
  ASSERT_FALSE(round);
  EXPECT_EQ(round.error().code, ErrorCode::limit_exceeded);
}

TEST_F(HttpClientTest, AsksForTheRest) {
  ScriptedServer server([](Visit& visit) { visit.reply(206, "a/b", visit.header("range")); });
  Request request;
  request.url = server.url("/");
  request.range_begin = 5'000'000'000;
  EXPECT_EQ(client->send(request)->body, "bytes=5000000000-");
}

TEST_F(HttpClientTest, AsksForTheHeadAlone) {
  ScriptedServer server([](Visit& visit) { visit.reply(200, "a/b", std::string(100'000, 'x')); });
  Request request;
  request.method = "HEAD";
  request.url = server.url("/");
  request.max_body_bytes = 10;
  const auto response = client->send(request);
  ASSERT_TRUE(response) << response.error().to_text();
  EXPECT_EQ(response->head.content_length, 100'000);
  EXPECT_EQ(response->body, "");
}

TEST_F(HttpClientTest, TellsOfAnAnswerThatBrokeOff) {
  ScriptedServer server([](Visit& visit) {
    visit.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    if (visit.target == "/reset") visit.reset();
    visit.close();
  });
  for (const char* path : {"/", "/reset"}) {
    const auto response = get(server.url(path));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::unavailable);
    EXPECT_THAT(response.error().message, HasSubstr("broke off"));
  }
}

TEST_F(HttpClientTest, HoldsTheLimitOfTheBody) {
  ScriptedServer server([](Visit& visit) {
    if (visit.target == "/said") {
      visit.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    } else if (visit.target == "/redirect") {
      visit.send("HTTP/1.1 302 OK\r\nLocation: /\r\nConnection: close\r\n\r\n");
    } else {
      visit.begin(200, "a/b");
    }
    while (visit.send(std::string(10'000, 'x'))) {
    }
  });
  Request request;
  request.max_body_bytes = 50'000;
  request.follow_redirects = true;
  for (const char* path : {"/said", "/endless", "/redirect"}) {
    request.url = server.url(path);
    const auto response = client->send(request);
    ASSERT_FALSE(response) << path;
    EXPECT_EQ(response.error().code, ErrorCode::limit_exceeded) << response.error().to_text();
  }
}

TEST_F(HttpClientTest, HoldsTheLimitOfTheHead) {
  ScriptedServer server([](Visit& visit) {
    const bool interim = visit.target == "/interim";
    visit.send("HTTP/1.1 200 OK\r\n");
    while (visit.send(interim ? "\r\nHTTP/1.1 100 Continue\r\n" : "X-More: more and more\r\n")) {
    }
  });
  for (const char* path : {"/headers", "/interim"}) {
    const auto response = get(server.url(path));
    ASSERT_FALSE(response) << path;
    // curl has limits of its own in some versions.
    EXPECT_THAT(response.error().code,
                ::testing::AnyOf(ErrorCode::limit_exceeded, ErrorCode::unavailable));
  }
}

TEST_F(HttpClientTest, EndsWhenTheReceiverWantsNoMore) {
  ScriptedServer server([](Visit& visit) {
    visit.begin(200, "a/b");
    while (visit.send("xxxxxxxxxx")) {
    }
  });
  Request request;
  request.url = server.url("/");
  Collector collector;
  collector.accept_bytes = 1'000;
  auto status = client->stream(request, collector);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message, "enough");
  Collector refusing;
  refusing.refuse_head = true;
  status = client->stream(request, refusing);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message, "not this one");
  EXPECT_EQ(refusing.body, "");
}

TEST_F(HttpClientTest, PutsUpWithSilenceForItsTimeOnly) {
  ScriptedServer server([](Visit& visit) {
    if (visit.target == "/late") {
      visit.begin(200, "a/b");
      visit.send("x");
    }
    visit.pause(long_time);
  });
  Request request;
  request.silence_timeout_ms = 100;
  for (const char* path : {"/never", "/late"}) {
    request.url = server.url(path);
    const auto begin = steady_clock::now();
    const auto response = client->send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::timeout);
    EXPECT_THAT(response.error().message, HasSubstr("nothing for 100 ms"));
    EXPECT_LT(steady_clock::now() - begin, promptly);
  }
}

TEST_F(HttpClientTest, SlowButSteadyIsNotSilent) {
  ScriptedServer server([](Visit& visit) {
    visit.begin(200, "a/b");
    for (int i = 0; i < 12; ++i) {
      visit.send("x");
      visit.pause(milliseconds{50});
    }
  });
  Request request;
  request.silence_timeout_ms = 400;
  request.url = server.url("/");
  const auto response = client->send(request);
  ASSERT_TRUE(response) << response.error().to_text();
  EXPECT_EQ(response->body, "xxxxxxxxxxxx");
}

TEST_F(HttpClientTest, KeepsTheDeadline) {
  ScriptedServer server([](Visit& visit) {
    visit.begin(200, "a/b");
    while (visit.send("x") && visit.pause(milliseconds{10})) {
    }
  });
  Request request;
  request.url = server.url("/");
  request.deadline = Deadline::after(milliseconds{150});
  const auto begin = steady_clock::now();
  const auto response = client->send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::timeout);
  EXPECT_LT(steady_clock::now() - begin, promptly);
}

TEST_F(HttpClientTest, AStopEndsTheCallAndTheConnection) {
  std::promise<bool> left;
  ScriptedServer server([&](Visit& visit) {
    if (visit.target == "/talking") visit.begin(200, "a/b");
    if (visit.target == "/talking") visit.send("x");
    left.set_value(visit.client_left(long_time));
  });
  for (const char* path : {"/silent", "/talking"}) {
    left = {};
    std::stop_source source;
    std::thread stopper([&] {
      std::this_thread::sleep_for(milliseconds{80});
      source.request_stop();
    });
    Request request;
    request.url = server.url(path);
    request.stop = source.get_token();
    const auto begin = steady_clock::now();
    const auto response = client->send(request);
    stopper.join();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::cancelled);
    EXPECT_TRUE(left.get_future().get());
    EXPECT_LT(steady_clock::now() - begin, promptly);
  }
}

TEST_F(HttpClientTest, AStopMayComeBeforeOrFromTheReceiver) {
  ScriptedServer server([](Visit& visit) {
    visit.begin(200, "a/b");
    while (visit.send("x") && visit.pause(milliseconds{5})) {
    }
  });
  std::stop_source source;
  Request request;
  request.url = server.url("/");
  request.stop = source.get_token();
  Collector collector;
  collector.on_first = [&] { source.request_stop(); };
  EXPECT_EQ(client->stream(request, collector).error().code, ErrorCode::cancelled);
  EXPECT_EQ(client->send(request).error().code, ErrorCode::cancelled);
  EXPECT_EQ(server.requests(), 1);
}

TEST_F(HttpClientTest, AConnectionThatWasClosedMeanwhileIsReplaced) {
  ScriptedServer server([](Visit& visit) {
    visit.reply(200, "a/b", "x");
    visit.close();  // without a word in the head
  });
  for (int i = 0; i < 5; ++i) {
    const auto response = get(server.url("/"));
    ASSERT_TRUE(response) << response.error().to_text();
  }
}

TEST_F(HttpClientTest, GoesThroughTheProxyOfTheEnvironmentButNotToThisMachine) {
  ScriptedServer proxy([](Visit& visit) { visit.reply(200, "a/b", "proxy " + visit.target); });
  ScriptedServer server([](Visit& visit) { visit.reply(200, "a/b", "direct"); });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  const auto far = get("http://far.invalid/x");
  const auto near = get(server.url("/"));
  const auto by_name = get("http://localhost:" + std::to_string(server.port()) + "/");
  ::unsetenv("http_proxy");
  ASSERT_TRUE(far) << far.error().to_text();
  EXPECT_EQ(far->body, "proxy http://far.invalid/x");
  ASSERT_TRUE(near) << near.error().to_text();
  EXPECT_EQ(near->body, "direct");
  ASSERT_TRUE(by_name) << by_name.error().to_text();
  EXPECT_EQ(by_name->body, "direct");
}

}  // namespace
}  // namespace idi::http_client
