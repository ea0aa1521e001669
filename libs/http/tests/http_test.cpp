// HTTP/1.1 as clients meet it: keep-alive, pipelining, HEAD, odd but valid requests, refusals.
#include <gmock/gmock.h>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

using testing::HasSubstr;

class HttpTest : public ServerTest {
 protected:
  void SetUp() override {
    application_->handle("/page", [](Request, std::shared_ptr<Exchange> exchange) {
      Response response;
      response.content_type = "text/html";
      response.headers = {{"ETag", "\"1\""}, {"cache-control", "max-age=60"}};
      response.body = "<p>page</p>";
      exchange->respond(std::move(response));
    });
    application_->handle("/unchanged", [](Request, std::shared_ptr<Exchange> exchange) {
      exchange->respond({304, "", {{"ETag", "\"1\""}}, ""});
    });
    application_->handle("/split", [](Request, std::shared_ptr<Exchange> exchange) {
      exchange->respond({200, "text/plain", {{"X-Name", "a\r\nSet-Cookie: b"}}, "x"});
    });
    application_->handle("/dropped", [](Request, const std::shared_ptr<Exchange>&) {});
    application_->handle_in_thread("/slow", [](Request, std::shared_ptr<Exchange> exchange) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      exchange->respond({200, "text/plain", {}, "slow"});
    });
    start();
  }
};

TEST_F(HttpTest, KeepsTheConnectionForTheNextRequest) {
  RawClient client(port());
  for (int i = 0; i < 3; ++i) {
    const RawResponse response = client.get("/a?n=" + std::to_string(i));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "GET /a n=" + std::to_string(i));
    EXPECT_FALSE(response.headers.contains("connection"));
  }
  EXPECT_EQ(server_->connection_count(), 1);
}

TEST_F(HttpTest, ClosesWhenAskedTo) {
  RawClient client(port());
  const RawResponse response = client.get("/a", "Connection: close\r\n");
  EXPECT_EQ(response.body, "GET /a");
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_EQ(client.until_close(), "");
  client.close();
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(HttpTest, AnswersPipelinedRequestsInOrder) {
  RawClient client(port());
  client.send(get_request("/slow") + post_request("/b", "text") + get_request("/c") + "\r\n" +
              get_request("/d"));
  EXPECT_EQ(client.response().body, "slow");
  EXPECT_EQ(client.response().body, "POST /b body=text");
  EXPECT_EQ(client.response().body, "GET /c");
  EXPECT_EQ(client.response().body, "GET /d");
}

TEST_F(HttpTest, ARequestMayArriveByteByByte) {
  RawClient client(port());
  for (const char byte : post_request("/x?a=1", "hello")) client.send({&byte, 1});
  EXPECT_EQ(client.response().body, "POST /x a=1 body=hello");
}

TEST_F(HttpTest, ReadsChunkedBodies) {
  RawClient client(port());
  client.send(
      "POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n4;ext=1\r\ndefg\r\n0\r\n\r\n");
  EXPECT_EQ(client.response().body, "POST /x body=abcdefg");
  EXPECT_EQ(client.get("/y").body, "GET /y");
}

TEST_F(HttpTest, SaysContinueToClientsThatWaitForIt) {
  RawClient client(port());
  client.send(
      "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.response().status, 100);
  client.send("abc");
  EXPECT_EQ(client.response().body, "POST /x body=abc");
}

TEST_F(HttpTest, HeadIsGetWithoutBody) {
  RawClient client(port());
  client.send(get_request("/page", "", "HEAD"));
  const RawResponse head = client.response(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "11");
  EXPECT_EQ(client.get("/page").body, "<p>page</p>");
}

TEST_F(HttpTest, UnknownMethodsArePassedOn) {
  RawClient client(port());
  client.send(get_request("/x", "", "BREW"));
  EXPECT_EQ(client.response().body, "BREW /x");
}

TEST_F(HttpTest, OldClientsAreServed) {
  RawClient client(port());
  client.send("GET /x HTTP/1.0\r\nHost: localhost\r\n\r\n");
  const RawResponse response = client.response();
  EXPECT_EQ(response.body, "GET /x");
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_EQ(client.until_close(), "");

  RawClient keeping(port());
  keeping.send("GET /x HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(keeping.response().headers.at("connection"), "keep-alive");
  EXPECT_EQ(keeping.get("/y").body, "GET /y");
}

TEST_F(HttpTest, EveryResponseCarriesTheSecurityHeaders) {
  RawClient client(port());
  for (const char* target : {"/x", "/page", "/dropped", "/unchanged", "no-path"}) {
    const RawResponse response = client.get(target);
    EXPECT_THAT(response.headers.at("content-security-policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(response.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(response.headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(response.headers.at("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(response.headers.at("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(response.headers.at("cache-control"),
              std::string_view(target) == "/page" ? "max-age=60" : "no-store");
  }
}

TEST_F(HttpTest, NotModifiedHasNoBodyAndKeepsTheConnection) {
  RawClient client(port());
  const RawResponse response = client.get("/unchanged");
  EXPECT_EQ(response.status, 304);
  EXPECT_FALSE(response.headers.contains("content-length"));
  EXPECT_EQ(client.get("/x").body, "GET /x");
}

TEST_F(HttpTest, AHeaderCannotSmuggleAnother) {
  RawClient client(port());
  const RawResponse response = client.get("/split");
  EXPECT_EQ(response.headers.at("x-name"), "a  Set-Cookie: b");
  EXPECT_FALSE(response.headers.contains("set-cookie"));
}

TEST_F(HttpTest, ADroppedExchangeIsAnError) {
  RawClient client(port());
  const RawResponse response = client.get("/dropped");
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body,
              HasSubstr(R"({"success":false,"error":{"code":"internal","message":)"));
  EXPECT_EQ(client.get("/x").status, 200);
}

TEST_F(HttpTest, PathsAndParametersAreDecoded) {
  RawClient client(port());
  EXPECT_EQ(client.get("/caf%C3%A9/%2e%2e?q=a+b%26&empty&q=2").body,
            "GET /caf\xC3\xA9/.. q=a b& empty= q=2");
  EXPECT_EQ(client.get("http://localhost/abs?x=1").body, "GET /abs x=1");
  EXPECT_EQ(client.get("http://localhost?x=1").body, "GET / x=1");
  client.send(get_request("*", "", "OPTIONS"));
  EXPECT_EQ(client.response().body, "OPTIONS *");
}

TEST_F(HttpTest, UndecodableTargetsAreRefusedAndTheConnectionGoesOn) {
  RawClient client(port());
  for (const char* target :
       {"/%", "/%zz", "/%ff", "/%00", "/a%0d%0ab", "/x?q=%C3", "x", "http:///x", "localhost:80"}) {
    const RawResponse response = client.get(target);
    EXPECT_EQ(response.status, 400) << target;
    EXPECT_THAT(response.body, HasSubstr(R"("code":"invalid_argument")"));
  }
  EXPECT_EQ(client.get("/x").status, 200);
}

TEST_F(HttpTest, MalformedRequestsAreRefusedAndTheConnectionCloses) {
  for (const char* request :
       {"nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\r\n\r\n", "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
        "\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    RawClient client(port());
    client.send(request);
    RawResponse response = client.response();
    EXPECT_EQ(response.status, 400) << request;
    EXPECT_EQ(response.headers["connection"], "close") << request;
    EXPECT_THAT(response.body, HasSubstr(R"("code":"invalid_argument")")) << request;
    EXPECT_EQ(client.until_close(), "") << request;
  }
  EXPECT_EQ(application_->request_count(), 0);
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(HttpTest, OneUsableHostIsNeeded) {
  for (const char* headers : {"", "Host: localhost\r\nHost: localhost\r\n", "Host: a b\r\n",
                              "Host: \r\n", "Host: localhost:99999\r\n", "Host: [::1\r\n"}) {
    RawClient client(port());
    client.send(std::string("GET / HTTP/1.1\r\n") + headers + "\r\n");
    EXPECT_EQ(client.response().status, 400) << headers;
  }
}

TEST_F(HttpTest, ForeignHostsAreMisdirected) {
  RawClient client(port());
  client.send("GET / HTTP/1.1\r\nHost: attacker.example\r\n\r\n");
  const RawResponse response = client.response();
  EXPECT_EQ(response.status, 421);
  EXPECT_THAT(response.body, HasSubstr(R"("code":"refused")"));
  client.send("GET http://attacker.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.response().status, 400);
  client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
  EXPECT_EQ(client.response().status, 200);
  EXPECT_EQ(application_->request_count(), 1);
}

TEST_F(HttpTest, ChangesFromOtherSitesAreRefused) {
  RawClient client(port());
  EXPECT_EQ(client.get("/x", "Origin: http://attacker.example\r\n").status, 200);
  for (const char* header :
       {"Origin: http://attacker.example\r\n", "Origin: null\r\n", "Origin: https://localhost\r\n",
        "Origin: http://localhost:81\r\n", "Sec-Fetch-Site: cross-site\r\n"}) {
    client.send(post_request("/x", "a", header));
    const RawResponse response = client.response();
    EXPECT_EQ(response.status, 403) << header;
    EXPECT_THAT(response.body, HasSubstr(R"("code":"refused")"));
  }
  EXPECT_EQ(application_->request_count(), 1);
  client.send(
      post_request("/x", "a", "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"));
  EXPECT_EQ(client.response().status, 200);
}

TEST_F(HttpTest, AClientThatStopsSendingStillGetsItsResponse) {
  RawClient client(port());
  client.send(get_request("/slow"));
  client.finish_sending();
  EXPECT_EQ(client.response().body, "slow");
  EXPECT_EQ(client.until_close(), "");
}

}  // namespace
}  // namespace idi::http
